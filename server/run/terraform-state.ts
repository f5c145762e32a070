import { createHash } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { jobs, terraformLocks, terraformStates } from "#db/schema/run.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { Problem } from "#server/errors.ts";
import { type Lease, LeaseLost } from "#server/job/job.ts";
import { requireLease } from "#server/job/keep-lease.ts";
import { type SealedPlace, seal, unseal } from "#server/secret/seal.ts";

export type StateOwner = { environmentId: string; grain: string };
/** Who has the state in hand, as Terraform tells it. */
export type LockInfo = { ID: string; [more: string]: unknown };

const StateDocument = z.looseObject({ serial: z.number().int(), lineage: z.string() });
export const largestState = 64_000_000;

/** Where a sealed state is bound to. */
export const statePlace = (owner: StateOwner, spaceId: string, serial: number): SealedPlace => ({
  table: "terraform_states",
  rowId: `${owner.environmentId}/${owner.grain}/${serial}`,
  field: "sealed",
  spaceId,
});
const ofGrain = (owner: StateOwner) =>
  and(eq(terraformStates.environmentId, owner.environmentId), eq(terraformStates.grain, owner.grain));
const lockOf = (owner: StateOwner) =>
  and(eq(terraformLocks.environmentId, owner.environmentId), eq(terraformLocks.grain, owner.grain));

/** The latest state, or null before the first one. */
export async function readState(ctx: Pick<Context, "db">, owner: StateOwner): Promise<string | null> {
  const [row] = await ctx.db
    .select({ sealed: terraformStates.sealed, serial: terraformStates.serial, spaceId: environments.spaceId })
    .from(terraformStates)
    .innerJoin(environments, eq(environments.id, terraformStates.environmentId))
    .where(ofGrain(owner))
    .orderBy(desc(terraformStates.id))
    .limit(1);
  return row ? unseal(row.sealed, statePlace(owner, row.spaceId, row.serial)) : null;
}

/**
 * Keeps a new version. Refused without the lock, with a lease that was taken over, and for a state that does not follow
 * from the last one: two histories must not mix.
 */
export async function writeState(
  ctx: Context,
  owner: StateOwner,
  { text, lockId, lease }: { text: string; lockId: string | null; lease: Lease },
): Promise<void> {
  const document = readDocument(text);
  crashpoint("terraform.before-state-write");
  await inTransaction(ctx, async (tx) => {
    await requireJob(tx, owner, lease);
    const [lock] = await tx.db.select().from(terraformLocks).where(lockOf(owner)).for("update");
    if (!lock || lock.lockId !== lockId) throw new Problem("conflict", "The state is not locked by this run.");
    const [environment] = await tx.db
      .select({ spaceId: environments.spaceId })
      .from(environments)
      .where(eq(environments.id, owner.environmentId));
    const [last] = await tx.db
      .select({ serial: terraformStates.serial, lineage: terraformStates.lineage })
      .from(terraformStates)
      .where(ofGrain(owner))
      .orderBy(desc(terraformStates.id))
      .limit(1);
    if (last && (last.lineage !== document.lineage || last.serial > document.serial))
      throw new Problem("conflict", "The state does not follow from the last one that was kept.");
    await tx.db.insert(terraformStates).values({
      ...owner,
      serial: document.serial,
      lineage: document.lineage,
      sealed: seal(text, statePlace(owner, environment?.spaceId ?? "", document.serial)),
      digest: createHash("sha256").update(text).digest("hex"),
      createdAt: tx.clock.now(),
    });
  });
  crashpoint("terraform.after-state-write");
}

function readDocument(text: string): z.infer<typeof StateDocument> {
  if (text.length > largestState) throw new Problem("too_large", `The state has more than ${largestState} bytes.`);
  try {
    return StateDocument.parse(JSON.parse(text));
  } catch {
    throw new Problem("bad_input", "This is not a Terraform state.");
  }
}

/** Takes the lock, or says who has it. A lock whose run lost its lease is void. */
export async function lockState(
  ctx: Context,
  owner: StateOwner,
  { info, lease }: { info: LockInfo; lease: Lease },
): Promise<{ locked: true } | { locked: false; holder: Record<string, unknown> }> {
  crashpoint("terraform.before-lock");
  const taken = await inTransaction(ctx, (tx) => takeLock(tx, owner, { info, lease }));
  crashpoint("terraform.after-lock");
  return taken;
}

async function takeLock(
  tx: Context,
  owner: StateOwner,
  { info, lease }: { info: LockInfo; lease: Lease },
): ReturnType<typeof lockState> {
  await requireJob(tx, owner, lease);
  const values = { lockId: info.ID, jobToken: lease.token, holder: info, createdAt: tx.clock.now() };
  const taken = await tx.db
    .insert(terraformLocks)
    .values({ ...owner, ...values })
    .onConflictDoNothing()
    .returning({ lockId: terraformLocks.lockId });
  if (taken.length > 0) return { locked: true };
  const [held] = await tx.db.select().from(terraformLocks).where(lockOf(owner)).for("update");
  if (held && (await isHeldByLivingRun(tx, held.jobToken))) return { locked: false, holder: held.holder };
  await tx.db
    .insert(terraformLocks)
    .values({ ...owner, ...values })
    .onConflictDoUpdate({ target: [terraformLocks.environmentId, terraformLocks.grain], set: values });
  return { locked: true };
}

async function isHeldByLivingRun(tx: Context, token: string | null): Promise<boolean> {
  if (!token) return false;
  return (await tx.db.$count(jobs, and(eq(jobs.token, token), eq(jobs.state, "active")))) > 0;
}

/** Gives the lock back. One that is gone already, or was taken over, is left alone. */
export async function unlockState(
  ctx: Context,
  owner: StateOwner,
  { lockId, lease }: { lockId: string | null; lease: Lease },
): Promise<void> {
  crashpoint("terraform.before-unlock");
  await inTransaction(ctx, async (tx) => {
    await requireJob(tx, owner, lease);
    const mine = and(
      lockOf(owner),
      lockId ? eq(terraformLocks.lockId, lockId) : eq(terraformLocks.jobToken, lease.token),
    );
    await tx.db.delete(terraformLocks).where(mine);
  });
  crashpoint("terraform.after-unlock");
}

/** The lease must be good, and for this very environment. */
export async function requireJob(tx: Context, owner: StateOwner, lease: Lease): Promise<void> {
  const refusal = () =>
    new Problem("forbidden", "This run may not touch the state: its time is over, or it is another's.");
  try {
    await requireLease(tx, lease);
  } catch (error) {
    throw error instanceof LeaseLost ? refusal() : error;
  }
  const [job] = await tx.db.select({ payload: jobs.payload }).from(jobs).where(eq(jobs.id, lease.jobId));
  if (job?.payload.environmentId !== owner.environmentId) throw refusal();
}
