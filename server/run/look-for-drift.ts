import { and, eq, ne } from "drizzle-orm";
import { resources } from "#db/schema/environment.ts";
import type { Grain } from "#server/blueprint/blueprint.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { DriftFinding, GrainDriver } from "#server/grain/driver.ts";
import { redactValue } from "#server/secret/redact-value.ts";
import { chooseDriver } from "./choose-driver.ts";
import { openGrainStep, templateRoots } from "./grain-step.ts";
import { listKnown } from "./resource-journal.ts";
import type { DriftReport, RunRequest } from "./run.ts";
import type { RunLog } from "./run-log.ts";
import { doStep } from "./run-step.ts";
import { loadRunSubject } from "./run-subject.ts";
import { type RunWork, type StepRow, throwIfLetGo, writeFenced } from "./run-work.ts";

/** Looks at every grain, as the steps of a run that people can follow. */
export async function lookForDrift(work: RunWork, steps: readonly StepRow[]): Promise<DriftReport> {
  const looks: Look[] = [];
  for (const step of steps) {
    const grain = work.subject.blueprint.grains.find(({ name }) => name === step.grain);
    if (!grain) continue;
    // What a step found before its worker died is not kept, so it looks again.
    const state = await doStep(work, { ...step, state: "waiting" }, async () => {
      const look = await lookAtGrain(work, grain, step);
      looks.push(look);
      for (const { address, field, expected, actual } of look.findings ?? [])
        work.log.write(
          step.id,
          "warn",
          `${address}: ${field} should be ${JSON.stringify(expected)} and is ${JSON.stringify(actual)}`,
        );
      if (!look.findings) return { state: "skipped", summary: "It can't be checked." };
      return { summary: look.findings.length === 0 ? "No drift." : `${look.findings.length} differences.` };
    });
    if (state === "failed") looks.push({ grain: grain.name, findings: null, hasFailed: true });
  }
  return record(work, looks, {});
}

/** A look without a run: for the schedule, which would fill the history with nothing. */
export async function watchEnvironment(
  ctx: Context,
  request: Pick<RunRequest, "environmentId" | "lease" | "signal" | "credentialsFor"> & {
    /** `often` looks only at what may die any minute. */
    scope: "often" | "all";
    record(tx: Context, report: DriftReport): Promise<void>;
  },
): Promise<void> {
  const subject = await loadRunSubject(ctx, request.environmentId);
  const quiet: RunLog = { write: () => {}, hide: () => {}, redact: (text) => text, flush: async () => {} };
  const work: QuietWork = {
    ctx,
    subject,
    request: { ...request, runId: "", finish: async () => {} },
    log: quiet,
    signal: request.signal,
  };
  const looks: Look[] = [];
  let isPartial = false;
  for (const grain of subject.blueprint.grains) {
    const { watch, drift } = chooseDriver(ctx, subject.environment.agent, grain.kind);
    if (request.scope === "often" && watch !== "often") {
      isPartial ||= drift !== undefined;
      continue;
    }
    looks.push(
      await lookAtGrain(work, grain, null).catch((): Look => ({ grain: grain.name, findings: null, hasFailed: true })),
    );
    throwIfLetGo(request);
  }
  if (looks.length > 0) await record(work, looks, { isPartial, also: request.record });
}

type QuietWork = Omit<RunWork, "run">;
/** Without findings it was not looked at: because nobody can, or because looking failed. */
type Look = { grain: string; findings: DriftFinding[] | null; hasFailed?: true };

async function lookAtGrain(work: QuietWork, grain: Grain, stepRow: StepRow | null): Promise<Look> {
  const driver: GrainDriver = chooseDriver(work.ctx, work.subject.environment.agent, grain.kind);
  const known = await listKnown(work, grain.name);
  if (!driver.drift || known.length === 0) return { grain: grain.name, findings: null };
  const step = await openGrainStep(work, grain, { step: stepRow, roots: await templateRoots(work), attempt: 1 });
  const findings = await driver.drift(step, known).finally(() => driver.tidy(step));
  return { grain: grain.name, findings: redactValue(findings, step.sensitiveValues) };
}

/** What another look has found and this one did not look at counts on. */
async function hasDrifted(tx: Context, { subject }: QuietWork): Promise<boolean> {
  const drifted = and(eq(resources.environmentId, subject.environment.id), eq(resources.state, "drifted"));
  return (await tx.db.$count(resources, drifted)) > 0;
}

/** Marks the resources that differ, and those that no longer do. */
async function record(
  work: QuietWork,
  looks: readonly Look[],
  { isPartial = false, also }: { isPartial?: boolean; also?: (tx: Context, report: DriftReport) => Promise<void> },
): Promise<DriftReport> {
  const checkedAt = work.ctx.clock.now();
  const findings = looks.flatMap(({ grain, findings: found }) =>
    (found ?? []).map((finding) => ({ ...finding, grain })),
  );
  const isLooked = looks.some(({ findings: found }) => found !== null);
  crashpoint("drift.before-record");
  const report = await writeFenced(work, async (tx) => {
    let changed = false;
    for (const look of looks) if (look.findings) changed = (await mark(tx, work, look, checkedAt)) || changed;
    // What could not be looked at may differ: only a whole look finds no drift.
    const isWhole = isLooked && !looks.some(({ hasFailed }) => hasFailed);
    const isDrifted = findings.length > 0 || (isPartial && (await hasDrifted(tx, work)));
    const state = isDrifted ? "drifted" : isWhole ? "clean" : "unknown";
    const made: DriftReport = { state, findings, changed, checkedAt, isPartial };
    await also?.(tx, made);
    return made;
  });
  crashpoint("drift.after-record");
  return report;
}

async function mark(tx: Context, work: QuietWork, look: Look, now: Date): Promise<boolean> {
  const ofGrain = and(
    eq(resources.environmentId, work.subject.environment.id),
    eq(resources.grain, look.grain),
    ne(resources.state, "destroyed"),
  );
  let changed = false;
  for (const row of await tx.db.select().from(resources).where(ofGrain)) {
    const found = (look.findings ?? []).filter(({ address }) => address === row.address);
    const before = row.drift?.map(({ field, actual }) => [field, actual]) ?? [];
    if (canonicalJson(before) === canonicalJson(found.map(({ field, actual }) => [field, actual]))) continue;
    changed = true;
    const seenAt = now.toISOString();
    const drift = found.map(({ field, expected, actual }) => ({ field, expected, actual, seenAt }));
    const state = drift.length > 0 ? "drifted" : row.state === "drifted" ? "created" : row.state;
    await tx.db
      .update(resources)
      .set({ state, drift: drift.length > 0 ? drift : null, updatedAt: now })
      .where(eq(resources.id, row.id));
  }
  return changed;
}
