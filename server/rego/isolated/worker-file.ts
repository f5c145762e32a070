import { existsSync } from "node:fs";
import { join } from "node:path";

/** The bundled worker where there is one; in a source tree the worker itself, through tsx. */
export function findWorkerFile(root: string): string {
  const bundled = join(root, "dist", "rego-worker.mjs");
  if (existsSync(bundled)) return bundled;
  const source = join(root, "server", "rego", "isolated", "source-worker.mjs");
  if (existsSync(source)) return source;
  throw new Error(`Neither ${bundled} nor ${source} exists: run \`npm run build:rego-worker\`.`);
}
