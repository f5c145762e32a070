import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "#db/schema/space.ts";
import { digestOf } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

type Request = { key: string; body: unknown };

/**
 * Runs `work` once for each key of an actor: a repeat with the same body gets the stored answer, with another body a
 * conflict. The key is written in the work's own transaction, so a repeat that comes while the first is under way waits
 * for it, and a crash leaves neither key nor work.
 */
export async function answerOnce<T>(tx: Context, request: Request, work: () => Promise<T>): Promise<T> {
  if (!tx.inTransaction) throw new Error("answerOnce runs inside a transaction.");
  const mine = and(eq(idempotencyKeys.actorId, tx.actor.id), eq(idempotencyKeys.key, request.key));
  const bodyHash = digestOf(request.body);
  const inserted = await tx.db
    .insert(idempotencyKeys)
    .values({ actorId: tx.actor.id, key: request.key, bodyHash, createdAt: tx.clock.now() })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (inserted.length === 0) {
    const [stored] = await tx.db.select().from(idempotencyKeys).where(mine);
    if (stored?.bodyHash !== bodyHash)
      throw new Problem("conflict", "This idempotency key was used for another request.", {
        remedy: "Use a new key for a new request.",
      });
    return stored.answer as T;
  }
  const answer = await work();
  await tx.db.update(idempotencyKeys).set({ answer }).where(mine);
  return answer;
}
