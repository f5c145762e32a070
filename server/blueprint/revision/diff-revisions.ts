import { createTwoFilesPatch } from "diff";
import { z } from "zod";
import type { Context } from "#server/context.ts";
import { findRevision } from "./find-revision.ts";

export const DiffRevisionsInput = z.object({ fromRevisionId: z.uuid(), toRevisionId: z.uuid() });

export type FileDiff = { path: string; change: "added" | "removed" | "changed"; patch: string };

/** Which files differ between two revisions, each as a unified diff. */
export async function diffRevisions(ctx: Context, input: z.input<typeof DiffRevisionsInput>): Promise<FileDiff[]> {
  const { fromRevisionId, toRevisionId } = DiffRevisionsInput.parse(input);
  const [from, to] = await Promise.all([
    findRevision(ctx, { revisionId: fromRevisionId }),
    findRevision(ctx, { revisionId: toRevisionId }),
  ]);
  return diffFiles(from.files, to.files);
}

export function diffFiles(from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): FileDiff[] {
  const paths = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return paths.flatMap((path): FileDiff[] => {
    const before = from[path];
    const after = to[path];
    if (before === after) return [];
    const change = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const patch = createTwoFilesPatch(path, path, before ?? "", after ?? "", "", "", { context: 3, timeout: 1_000 });
    return [{ path, change, patch: patch ?? `The two versions of ${path} differ throughout.\n` }];
  });
}
