import { recordEvent } from "#server/audit/record-event.ts";
import { config } from "#server/config.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { resealUndelivered } from "#server/grain/terraform/undelivered-state.ts";
import { listGrainFolders } from "#server/run/grain-step.ts";
import { addMasterKey, dropOldKeys, keyFile, keyring } from "#server/secret/master-key.ts";
import { countOld, type Resealed, resealValues } from "./reseal-values.ts";

/** `add`: a new key first. `resume`: only move what is left. `drop`: move what is left, then forget older keys. */
export type Way = "add" | "resume" | "drop";

const MOST_PASSES = 5;

/** Moves everything sealed under the newest master key. What other processes seal meanwhile is moved by a later pass. */
export async function rotateKeys(ctx: Context, way: Way): Promise<Resealed & { old: number; dropped: boolean }> {
  const isConfigured = config().GANTRY_SECRET_KEY !== undefined;
  // A configured key is changed where it is configured; the file's keys only open what they sealed.
  if (way === "add" && !isConfigured) {
    keyring();
    addMasterKey(keyFile());
  }
  const ring = keyring();
  let moved = 0;
  let last: Resealed = { moved: 0, closed: [] };
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    last = await resealValues(ctx.db, ring);
    moved += last.moved;
    if (last.moved === 0) break;
  }
  const files = resealUndelivered(listGrainFolders(), ring);
  moved += files.moved;
  const closed = [...last.closed, ...files.closed];
  const old = await countOld(ctx.db, ring);
  const dropped = way === "drop" && old === 0 && !isConfigured;
  if (dropped) dropOldKeys(keyFile());
  await inTransaction(ctx, (tx) =>
    recordEvent(tx, {
      action: "master_key.rotated",
      spaceId: null,
      object: { type: "master_key", id: ring[0].id, name: ring[0].id },
      outcome: closed.length > 0 ? "failed" : "success",
      data: { keyId: ring[0].id, resealed: moved, left: old, dropped },
    }),
  );
  return { moved, closed, old, dropped };
}
