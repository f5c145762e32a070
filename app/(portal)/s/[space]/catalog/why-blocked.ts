import type { Outputs } from "#app/_trpc/outputs.ts";

type Item = Pick<Outputs["catalog"]["list"]["items"][number], "blocked" | "missingPrograms">;

/** Why nobody can launch it here now, as a sentence; nothing when it can be. */
export function whyBlocked(item: Item): string | undefined {
  if (item.blocked) return item.blocked;
  if (item.missingPrograms.length > 0)
    return `this host lacks ${item.missingPrograms.join(" and ")}; an administrator can install it.`;
  return undefined;
}
