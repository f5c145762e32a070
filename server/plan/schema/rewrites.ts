import type { Rewrite } from "./schema.ts";

const rewrites: Readonly<Record<string, Rewrite>> = {
  "aws_instance.user_data": "sha1",
  "aws_launch_configuration.user_data": "sha1",
};

export function rewriteOf(path: string): Rewrite | undefined {
  return rewrites[path];
}
