import type { RevisionState } from "#db/schema/blueprint.ts";

type Listed = { blueprintName: string; state: RevisionState };
export type BlueprintGroup<R> = { name: string; newest: R; waiting: number };

/** Revisions, newest first, as one row a blueprint; those that wait for review stand on top. */
export function groupRevisions<R extends Listed>(revisions: readonly R[]): BlueprintGroup<R>[] {
  const groups = new Map<string, BlueprintGroup<R>>();
  for (const revision of revisions) {
    const name = revision.blueprintName;
    const group = groups.get(name) ?? { name, newest: revision, waiting: 0 };
    if (revision.state === "in_review") group.waiting++;
    groups.set(name, group);
  }
  return [...groups.values()].sort(
    (a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || a.name.localeCompare(b.name),
  );
}
