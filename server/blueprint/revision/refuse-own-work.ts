import { type Actor, type ActorRecord, recordActor } from "#server/actor.ts";
import { Problem } from "#server/errors.ts";
import { handsOf } from "./revision.ts";

/** Four eyes: who had a hand in a change neither reviews nor publishes it, in whatever role. */
export function refuseOwnWork(actor: Actor, author: ActorRecord, act: "review" | "publish"): void {
  const authors = handsOf(author);
  if (!handsOf(recordActor(actor)).some((id) => authors.includes(id))) return;
  throw new Problem("forbidden", `You wrote this change, so somebody else has to ${act} it.`, {
    remedy: "Ask another designer of the space.",
  });
}
