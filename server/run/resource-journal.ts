import { and, asc, eq, inArray, isNotNull, ne, notInArray, type SQL, sql } from "drizzle-orm";
import { resources } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { KnownResource, ResourceJournal } from "#server/grain/driver.ts";
import { type RunWork, writeFenced } from "./run-work.ts";

const at = (environmentId: string, grain: string, address?: string) =>
  and(
    eq(resources.environmentId, environmentId),
    eq(resources.grain, grain),
    address === undefined ? undefined : eq(resources.address, address),
  );

const isThere = sql`${resources.state} in ('created', 'drifted')`;

/** The journal of one grain: each entry is on disk before the driver goes on. */
export function openJournal(
  work: Omit<RunWork, "run"> & Partial<Pick<RunWork, "run">>,
  grain: string,
): ResourceJournal {
  const { id: environmentId, simulated } = work.subject.environment;
  const now = () => work.ctx.clock.now();
  const set = (address: string, change: Partial<typeof resources.$inferInsert>) =>
    writeFenced(work, async (tx) => {
      await tx.db
        .update(resources)
        .set({ ...change, updatedAt: now() })
        .where(at(environmentId, grain, address));
    });
  return {
    async intend({ address, type, name, attributes, cloudId }) {
      crashpoint("resource.before-intend");
      await writeFenced(work, async (tx) => {
        const created = { createdAt: now(), updatedAt: now(), attempt: work.run?.attempt ?? 1 };
        await tx.db
          .insert(resources)
          .values({
            environmentId,
            grain,
            address,
            type,
            name,
            simulated,
            state: "intended",
            cloudId: cloudId ?? null,
            attributes: attributes ?? {},
            ...created,
          })
          .onConflictDoUpdate({
            target: [resources.environmentId, resources.grain, resources.address],
            // What exists stays known to exist while it is changed; what is made anew has not the id it had.
            set: {
              state: sql`case when ${isThere} then ${resources.state} else 'intended' end`,
              cloudId: sql`case when ${isThere} then ${resources.cloudId}
                when ${resources.state} = 'intended' then coalesce(excluded.cloud_id, ${resources.cloudId})
                else excluded.cloud_id end`,
              ...(attributes && { attributes }),
              type,
              updatedAt: now(),
            },
          });
      });
      crashpoint("resource.after-intend");
    },
    async confirm(address, { cloudId, region, attributes }) {
      crashpoint("resource.before-confirm");
      await writeFenced(work, async (tx) => {
        await keepReplaced(tx, at(environmentId, grain, address), cloudId);
        const made = { cloudId, ...(region && { region }), ...(attributes && { attributes }) };
        await tx.db
          .update(resources)
          .set({ state: "created", drift: null, updatedAt: now(), ...made })
          .where(at(environmentId, grain, address));
      });
      crashpoint("resource.after-confirm");
    },
    destroying: (address) => set(address, { state: "destroying" }),
    async destroyed(address) {
      crashpoint("resource.before-destroyed");
      await set(address, { state: "destroyed", drift: null });
      crashpoint("resource.after-destroyed");
    },
    leftover: (address, reason) => set(address, { state: "leftover", attributes: { leftover_reason: reason } }),
  };
}

/**
 * What was destroyed to be made anew under the same address is kept on record: a cloud goes on listing it for a while, and at
 * the end it must be known that it was seen to go.
 */
async function keepReplaced(tx: Context, row: SQL | undefined, cloudId: string): Promise<void> {
  const [before] = await tx.db
    .select()
    .from(resources)
    .where(and(row, eq(resources.state, "destroyed")));
  if (!before?.cloudId || before.cloudId === cloudId) return;
  const { id: _, ...former } = before;
  const address = `${former.address} (replaced ${former.cloudId})`;
  await tx.db
    .insert(resources)
    .values({ ...former, address })
    .onConflictDoNothing();
}

/** What the portal believes to exist of a grain, what was intended and never confirmed included. */
export function listKnown(work: Pick<RunWork, "ctx" | "subject">, grain: string): Promise<KnownResource[]> {
  return listWhere(work, grain, ne(resources.state, "destroyed"));
}

/** What was seen to go. */
export function listGone(work: Pick<RunWork, "ctx" | "subject">, grain: string): Promise<KnownResource[]> {
  return listWhere(work, grain, and(eq(resources.state, "destroyed"), isNotNull(resources.cloudId)));
}

function listWhere(
  work: Pick<RunWork, "ctx" | "subject">,
  grain: string,
  condition: SQL | undefined,
): Promise<KnownResource[]> {
  return work.ctx.db
    .select({
      address: resources.address,
      state: resources.state,
      type: resources.type,
      name: resources.name,
      cloudId: resources.cloudId,
      region: resources.region,
      attributes: resources.attributes,
      changedAt: resources.updatedAt,
    })
    .from(resources)
    .where(and(at(work.subject.environment.id, grain), condition))
    .orderBy(asc(resources.createdAt), asc(resources.address));
}

/** Writes down what a fresh read after destroy found. */
export async function settleAftermath(
  work: RunWork,
  grain: string,
  remaining: readonly { address: string; reason: string }[],
): Promise<void> {
  const { id: environmentId, simulated } = work.subject.environment;
  const updatedAt = work.ctx.clock.now();
  const left = remaining.map(({ address }) => address);
  await writeFenced(work, async (tx) => {
    const gone = and(at(environmentId, grain), left.length ? notInArray(resources.address, left) : undefined);
    await tx.db.update(resources).set({ state: "destroyed", drift: null, updatedAt }).where(gone);
    if (left.length === 0) return;
    await tx.db
      .insert(resources)
      .values(
        left.map((address) => ({
          environmentId,
          grain,
          address,
          type: address.split(".").at(-2) ?? "unknown",
          name: address.split(".").at(-1) ?? address,
          simulated,
          state: "leftover" as const,
          createdAt: updatedAt,
          updatedAt,
        })),
      )
      .onConflictDoNothing();
    await tx.db
      .update(resources)
      .set({ state: "leftover", updatedAt })
      .where(and(at(environmentId, grain), inArray(resources.address, left)));
  });
}
