import { lt } from "drizzle-orm";
import { endedSessions } from "#db/schema/person.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { actingAs, type Context, inTransaction } from "#server/context.ts";
import { objectOf } from "#server/space/person.ts";
import { loadActor } from "./load-actor.ts";
import type { SessionToken } from "./session-token.ts";

/** Ends one session on the server, so that a copy of its cookie is worth nothing from now on. */
export async function signOut(ctx: Context, session: SessionToken): Promise<void> {
  const { personId, sessionId, sessionVersion } = session;
  const actor = await loadActor(ctx.db, personId, { sessionVersion, sessionId });
  if (!actor) return;
  await inTransaction(actingAs(ctx, actor), async (tx) => {
    const now = tx.clock.now();
    await tx.db.delete(endedSessions).where(lt(endedSessions.expiresAt, now));
    const ended = await tx.db
      .insert(endedSessions)
      .values({ sessionId, personId, expiresAt: new Date(session.endsAt) })
      .onConflictDoNothing()
      .returning();
    if (ended.length === 0) return;
    const object = objectOf(actor);
    await recordEvent(tx, { action: "session.signed_out", spaceId: null, object, data: { sessionId } });
  });
}
