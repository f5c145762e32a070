import fs from "node:fs";
import path from "node:path";
import { and, eq, inArray, isNull, notExists, or } from "drizzle-orm";
import { type EnvironmentState, environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";
import { destroySimulated } from "#server/agent/simulator/simulated-cloud.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { clearForgotten, listInMemory } from "#server/grain/secret-folder.ts";
import { keepUndelivered } from "#server/grain/terraform/undelivered-state.ts";
import { clearStep, isUnderWay } from "#server/grain/work-folder.ts";
import { listGrainFolders, workRoot } from "./grain-step.ts";

/** In these states nothing of an environment may exist any more. */
const over: readonly EnvironmentState[] = ["ended", "denied", "rejected", "withdrawn"];
const mostAtOnce = 500;

export type Orphan = { environmentId: string; grain: string; address: string; id: string; where: "simulator" | "host" };

/**
 * Compares what exists with what may: resources of the simulator and work folders on this host whose environment is over
 * or unknown. Each is named once as a suspect; with `destroy`, those in the simulator are removed.
 */
export async function sweepOrphans(ctx: Context, wish: { destroy?: boolean } = {}): Promise<Orphan[]> {
  const orphans = [...(await simulatedOrphans(ctx)), ...(await folderOrphans(ctx))];
  await clearForsaken(ctx);
  for (const orphan of orphans) {
    await reportOrphan(ctx, orphan);
    if (wish.destroy && orphan.where === "simulator") await destroyOrphan(ctx, orphan);
  }
  return orphans;
}

async function simulatedOrphans(ctx: Context): Promise<Orphan[]> {
  const rows = await ctx.db
    .select({
      environmentId: simulatedResources.environmentId,
      grain: simulatedResources.grain,
      address: simulatedResources.address,
      id: simulatedResources.id,
    })
    .from(simulatedResources)
    .leftJoin(environments, eq(environments.id, simulatedResources.environmentId))
    .where(or(isNull(environments.id), inArray(environments.state, [...over])))
    .orderBy(simulatedResources.id)
    .limit(mostAtOnce);
  return rows.map((row) => ({ ...row, where: "simulator" as const }));
}

async function folderOrphans(ctx: Context): Promise<Orphan[]> {
  const root = workRoot();
  const names = fs.existsSync(root) ? fs.readdirSync(root).filter((name) => /^[0-9a-f-]{36}$/.test(name)) : [];
  const orphans: Orphan[] = [];
  for (let start = 0; start < names.length; start += mostAtOnce) {
    const some = names.slice(start, start + mostAtOnce);
    const known = await ctx.db
      .select({ id: environments.id, state: environments.state })
      .from(environments)
      .where(inArray(environments.id, some));
    for (const environmentId of some) {
      const state = known.find(({ id }) => id === environmentId)?.state;
      if (state && !over.includes(state)) continue;
      for (const grain of fs.readdirSync(path.join(root, environmentId)))
        orphans.push({
          environmentId,
          grain: decodeURIComponent(grain),
          address: "work-folder",
          id: `${environmentId}/${grain}`,
          where: "host",
        });
      if (fs.readdirSync(path.join(root, environmentId)).length === 0) fs.rmdirSync(path.join(root, environmentId));
    }
  }
  return orphans;
}

/** Removes what a killed worker left of its work in hand, where nobody goes on with it: plans, scripts, outputs. */
async function clearForsaken(ctx: Context): Promise<void> {
  // In this order: what is begun meanwhile has its working folder first.
  const inMemory = listInMemory();
  const workDirs = listGrainFolders();
  for (const workDir of workDirs) {
    const step = { workDir };
    if (!isUnderWay(step) || (await isBusy(ctx, path.basename(path.dirname(workDir))))) continue;
    keepUndelivered(step);
    clearStep(step);
  }
  clearForgotten(inMemory, workDirs);
}

async function isBusy({ db }: Context, environmentId: string): Promise<boolean> {
  const mine = and(eq(jobs.key, `environment:${environmentId}`), inArray(jobs.state, ["ready", "active"]));
  return (await db.$count(jobs, mine)) > 0;
}

/** Writes a suspect down; a second look at the same one adds nothing. */
async function reportOrphan(ctx: Context, orphan: Orphan): Promise<void> {
  const { environmentId, grain, address, id, where } = orphan;
  await inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const same = and(
      eq(resources.environmentId, environmentId),
      eq(resources.grain, grain),
      eq(resources.address, address),
    );
    const common = { state: "suspect" as const, cloudId: id, updatedAt: now };
    const [marked] = await tx.db
      .insert(resources)
      .values({
        environmentId,
        grain,
        address,
        type: where,
        name: address,
        simulated: where === "simulator",
        createdAt: now,
        ...common,
      })
      .onConflictDoUpdate({
        target: [resources.environmentId, resources.grain, resources.address],
        set: common,
        setWhere: notExists(
          tx.db
            .select()
            .from(resources)
            .where(and(same, eq(resources.state, "suspect"))),
        ),
      })
      .returning({ id: resources.id });
    if (!marked) return;
    const [environment] = await tx.db
      .select({ spaceId: environments.spaceId })
      .from(environments)
      .where(eq(environments.id, environmentId));
    await recordEvent(tx, {
      action: "orphan.found",
      spaceId: environment?.spaceId ?? null,
      object: { type: "orphan", id, name: `${grain}: ${address}` },
      outcome: "failed",
      data: { address, grain, environmentId, where },
    });
  });
}

async function destroyOrphan(ctx: Context, orphan: Orphan): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { environmentId, grain, address, id } = orphan;
    await destroySimulated(tx, orphan);
    await tx.db
      .update(resources)
      .set({ state: "destroyed", updatedAt: tx.clock.now() })
      .where(
        and(eq(resources.environmentId, environmentId), eq(resources.grain, grain), eq(resources.address, address)),
      );
    await recordEvent(tx, {
      action: "orphan.destroyed",
      spaceId: null,
      object: { type: "orphan", id, name: `${grain}: ${address}` },
      data: { address, grain, environmentId },
    });
  });
}
