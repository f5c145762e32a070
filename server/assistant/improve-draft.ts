import type { Context } from "#server/context.ts";
import type { DraftRow } from "#server/decision/draft.ts";
import { type Attempt, mostAttempts } from "./attempt.ts";
import { applyCorrections, judgeDraft } from "./judge-draft.ts";

/**
 * The bounded loop: a denial's own structured answer corrects what the assistant filled, at most three times, and stops when
 * nothing changes. What the user set himself is only offered to him.
 */
export async function improveDraft(ctx: Context, start: DraftRow): Promise<{ draft: DraftRow; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  let draft = start;
  for (let number = 1, lastKey = ""; number <= mostAttempts; number++) {
    const judged = await judgeDraft(ctx, draft);
    if (!judged) break;
    const { attempt, corrections, key } = judged;
    const own = corrections.filter((correction) => !correction.isUsers);
    const isStuck = key === lastKey || own.length === 0 || number === mostAttempts;
    const outcome =
      attempt.word !== "Denied" ? "passed" : !isStuck ? "applied" : corrections.length > 0 ? "offered" : "none";
    attempts.push({ ...attempt, number, corrections: outcome === "applied" ? own : corrections, outcome });
    if (outcome !== "applied") break;
    draft = { ...draft, ...applyCorrections(draft, own) };
    lastKey = key;
  }
  return { draft, attempts };
}
