import { z } from "zod";
import { crashpoint } from "#server/crashpoint.ts";
import {
  type Aftermath,
  type DriftFinding,
  type GrainDriver,
  type GrainOutputs,
  type GrainStep,
  type KnownResource,
  type Planned,
  StepCancelled,
  StepFailed,
} from "#server/grain/driver.ts";
import { endLeftBehind } from "#server/grain/process/left-behind.ts";
import { clearStep, isTakenOver, removeFolders, takeFolders } from "#server/grain/work-folder.ts";
import type { Plan } from "#server/plan/plan.ts";
import { readPlan } from "#server/plan/read-plan.ts";
import { summarizePlan } from "#server/plan/summarize-plan.ts";
import { adoptSuspects, interrupted } from "./adopt-suspects.ts";
import { driftIn, findingsIn } from "./drift-findings.ts";
import { requireTerraform, type TerraformKind } from "./find-terraform.ts";
import { withImports } from "./import-resource.ts";
import { initialise } from "./initialise.ts";
import { intentionsOf } from "./intentions.ts";
import { lookForRemains } from "./look-for-remains.ts";
import { followMessages } from "./messages.ts";
import { intendAll, replay } from "./replay.ts";
import { requireTags } from "./require-tags.ts";
import { graceMs, pidFile, runTerraform } from "./run-terraform.ts";
import { settle } from "./settle.ts";
import { folderOf, prepareTerraform } from "./terraform-folder.ts";
import { listHeld, suspects, type Tools } from "./terraform-state.ts";
import { catchUndelivered, keepUndelivered, rescueState } from "./undelivered-state.ts";

const lock = "-lock-timeout=60s";
const Outputs = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }));

/** Ends what a dead worker left running, hears what it did, and readies the folder. */
async function begin(
  step: GrainStep,
  before: readonly KnownResource[],
  kind: TerraformKind,
): Promise<{ tools: Tools; known: KnownResource[] }> {
  const cli = await requireTerraform(kind);
  takeFolders(step);
  if (await endLeftBehind(pidFile(step), { signal: "SIGINT", waitMs: graceMs }))
    step.log("warn", "Terraform of an earlier, interrupted attempt was still running and has been stopped.");
  const known = await replay(step, before);
  const tools = { cli, folder: await prepareTerraform(step) };
  catchUndelivered(step, tools.folder.module);
  crashpoint("terraform.before-init");
  await initialise(step, tools);
  await rescueState(step, tools);
  return { tools, known };
}

/**
 * What an interrupted attempt may have made and nobody has found may exist beside the one that is made now under the same
 * address: it is kept under a name of its own, to be looked for at the end.
 */
async function setSuspectsAside(step: GrainStep, tools: Tools, known: readonly KnownResource[]): Promise<void> {
  const before = known.filter(({ address }) => !address.endsWith(interrupted));
  if (before.length === 0) return;
  for (const { address, type, name, attributes, cloudId } of suspects(before, await listHeld(step, tools))) {
    step.log("warn", `${address}: an interrupted attempt may have made it without the state knowing.`);
    const aside = { address: `${address}${interrupted}`, type, name, attributes };
    await step.journal.intend({ ...aside, ...(cloudId && { cloudId }) });
    await step.journal.destroyed(address);
  }
}

const variableFlags = ({ folder }: Tools) => folder.variableFiles.map((file) => `-var-file=${file}`);

async function makePlan(step: GrainStep, known: KnownResource[], kind: TerraformKind): Promise<Planned> {
  const { tools, known: before } = await begin(step, known, kind);
  const { imports, left } = await adoptSuspects(step, tools, { known: before, into: "plan" });
  await setSuspectsAside(step, tools, left);
  const { planFile } = tools.folder;
  const follower = followMessages(step, 0);
  const flags = ["-input=false", "-no-color", "-json", lock, `-out=${planFile}`];
  const made = await withImports(tools, imports, () =>
    runTerraform(step, ["plan", ...flags, ...variableFlags(tools)], { ...tools, follow: follower.follow }),
  );
  if (made.code !== 0) throw new StepFailed(follower.errors[0] ?? "terraform plan failed; the log says why.");
  const shown = await runTerraform(step, ["show", "-json", planFile], tools);
  const plan = readPlan(shown.stdout);
  requireTags(step, plan);
  crashpoint("terraform.after-plan");
  return { plan, summary: summaryOf(plan), file: planFile };
}

function summaryOf(plan: Plan): string {
  const { create, update, replace, destroy } = summarizePlan(plan).counts;
  const replaced = replace > 0 ? `, ${replace} to replace` : "";
  return `${create} to create, ${update} to change${replaced}, ${destroy} to destroy`;
}

async function apply(step: GrainStep, planned: Planned, kind: TerraformKind): Promise<{ outputs: GrainOutputs }> {
  const tools = { cli: await requireTerraform(kind), folder: folderOf(step) };
  const changes = planned.plan?.resource_changes ?? [];
  const total = changes.filter(({ change, mode }) => mode === "managed" && !change.actions.includes("no-op")).length;
  const intentions = planned.plan ? intentionsOf(planned.plan, step.sensitiveValues) : [];
  const intended = await intendAll(step, intentions);
  crashpoint("terraform.before-apply");
  // The very file that was planned and judged; Terraform refuses it when the state has moved since.
  const command = ["apply", "-input=false", "-no-color", "-json", lock, tools.folder.planFile];
  await change(step, tools, { command, total, intended });
  await confirmImported(step, tools, planned);
  crashpoint("terraform.after-apply");
  const shown = await runTerraform(step, ["output", "-json", "-no-color"], tools);
  if (shown.code !== 0) throw new StepFailed("The outputs could not be read; the log says why.");
  return { outputs: readOutputs(shown.stdout) };
}

async function applyAndSettle(step: GrainStep, planned: Planned, kind: TerraformKind) {
  const applied = await apply(step, planned, kind);
  await settle(step, { cli: await requireTerraform(kind), folder: folderOf(step) }, planned);
  return applied;
}

/** Terraform says nothing of what it only imports. */
async function confirmImported(step: GrainStep, tools: Tools, { plan }: Planned): Promise<void> {
  const imported = (plan?.resource_changes ?? []).filter(({ change }) => change.importing);
  if (imported.length === 0) return;
  const held = await listHeld(step, tools);
  for (const { address, type, name } of imported) {
    const here = held.find((candidate) => candidate.address === address);
    if (!here) continue;
    await step.journal.intend({ address, type, name });
    await step.journal.confirm(address, { cloudId: here.id ?? "" });
  }
}

function readOutputs(text: string): GrainOutputs {
  return Object.fromEntries(
    Object.entries(Outputs.parse(JSON.parse(text))).map(([name, { value, sensitive }]) => [
      name,
      { value: typeof value === "string" ? value : JSON.stringify(value), sensitive },
    ]),
  );
}

/** Runs an apply and says what it deleted; whatever its end, the journal agrees with the state afterwards. */
async function change(
  step: GrainStep,
  tools: Tools,
  { command, total, intended }: { command: string[]; total: number; intended?: ReadonlySet<string> },
): Promise<ReadonlySet<string>> {
  const follower = followMessages(step, total, intended);
  const follow: typeof follower.follow = (message) => {
    follower.follow(message);
    if (message.type === "apply_start") crashpoint("terraform.during-apply");
    if (message.type === "apply_complete") crashpoint("terraform.after-resource");
  };
  const run = await runTerraform(step, command, { ...tools, follow, durable: true }).catch((error: unknown) => {
    if (error instanceof StepCancelled || error instanceof StepFailed) return error;
    throw error;
  });
  await follower.written();
  if (!(run instanceof Error) && run.code === 0) return follower.gone;
  const certain = run instanceof Error ? new Set<string>() : follower.failedCreates;
  await reconcile({ ...step, signal: new AbortController().signal }, tools, certain);
  if (run instanceof Error) throw run;
  throw new StepFailed(follower.errors[0] ?? "Terraform failed; the log says why.");
}

/**
 * After a failure: stores a state that could not be delivered, and strikes what was not begun and what the provider refused
 * to create. What was cut off by a stop may have been made all the same.
 */
async function reconcile(step: GrainStep, tools: Tools, failedCreates: ReadonlySet<string>): Promise<void> {
  await rescueState(step, tools);
  const held = await listHeld(step, tools);
  const made = held.map(({ address, type, id }) => ({
    ...{ address, type, name: address, cloudId: id, region: null, attributes: {} },
    state: "created" as const,
  }));
  await replay(step, made);
  const addresses = new Set(held.map(({ address }) => address));
  for (const address of failedCreates) if (!addresses.has(address)) await step.journal.destroyed(address);
}

async function destroy(step: GrainStep, before: KnownResource[], kind: TerraformKind): Promise<void> {
  const { tools, known } = await begin(step, before, kind);
  await adoptSuspects(step, tools, { known, into: "state" });
  const held = await listHeld(step, tools);
  crashpoint("terraform.before-destroy");
  const command = [
    "apply",
    "-destroy",
    "-auto-approve",
    "-input=false",
    "-no-color",
    "-json",
    lock,
    ...variableFlags(tools),
  ];
  const gone = await change(step, tools, { command, total: held.length });
  // What was gone already, because an interrupted attempt had destroyed it, is not told again.
  for (const { address } of held) if (!gone.has(address)) await step.journal.destroyed(address);
  crashpoint("terraform.after-destroy");
}

async function remaining(
  step: GrainStep,
  found: { known: readonly KnownResource[]; gone: readonly KnownResource[] },
  kind: TerraformKind,
): Promise<Aftermath> {
  const { tools, known } = await begin(step, found.known, kind);
  return { verified: true, remaining: await lookForRemains(step, tools, { known, gone: found.gone }) };
}

async function drift(step: GrainStep, known: KnownResource[], kind: TerraformKind): Promise<DriftFinding[]> {
  return findingsIn(await planRefresh(step, (await begin(step, known, kind)).tools));
}

/** What drifted, as changes that the policies can judge, in a plan that changes the state alone. */
async function planAccept(step: GrainStep, known: KnownResource[], kind: TerraformKind) {
  const { tools } = await begin(step, known, kind);
  const plan = await planRefresh(step, tools);
  const found = { ...plan, resource_changes: driftIn(plan) };
  requireTags(step, found);
  const count = found.resource_changes.length;
  const summary = `${count} ${count === 1 ? "resource" : "resources"} taken over as found`;
  return { plan: found, summary, file: tools.folder.planFile, findings: findingsIn(plan) };
}

async function applyAccept(step: GrainStep, planned: Planned & { findings: DriftFinding[] }, kind: TerraformKind) {
  const applied = await apply(step, planned, kind);
  for (const { address, gone } of planned.findings) if (gone) await step.journal.destroyed(address);
  return applied;
}

async function planRefresh(step: GrainStep, tools: Tools): Promise<Plan> {
  const follower = followMessages(step, 0);
  const flags = ["-refresh-only", "-input=false", "-no-color", "-json", lock, `-out=${tools.folder.planFile}`];
  const made = await runTerraform(step, ["plan", ...flags, ...variableFlags(tools)], {
    ...tools,
    follow: follower.follow,
  });
  if (made.code !== 0) throw new StepFailed(follower.errors[0] ?? "Drift could not be checked; the log says why.");
  const shown = await runTerraform(step, ["show", "-json", tools.folder.planFile], tools);
  return readPlan(shown.stdout);
}

function driverFor(kind: TerraformKind): GrainDriver {
  return {
    watch: "rarely",
    plan: (step, known) => makePlan(step, known, kind),
    apply: (step, planned) => applyAndSettle(step, planned, kind),
    destroy: (step, known) => destroy(step, known, kind),
    remaining: (step, known, gone = []) => remaining(step, { known, gone }, kind),
    drift: (step, known) => drift(step, known, kind),
    accept: {
      plan: (step, known) => planAccept(step, known, kind),
      apply: (step, planned) => applyAccept(step, planned, kind),
    },
    tidy: async (step) => {
      if (isTakenOver(step)) return;
      keepUndelivered(step);
      clearStep(step);
    },
    clear: async (step) => {
      if (!isTakenOver(step)) removeFolders(step);
    },
  };
}

/** Drives the Terraform command line: plan, the very same plan applied, outputs, destroy, drift. */
export const terraformDriver = driverFor("terraform");
export const opentofuDriver = driverFor("opentofu");
