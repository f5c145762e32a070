import fs from "node:fs";
import path from "node:path";
import type { ShellCommand } from "#server/blueprint/blueprint.ts";
import type {
  Aftermath,
  DriftFinding,
  GrainDriver,
  GrainOutputs,
  GrainStep,
  KnownResource,
  Planned,
} from "#server/grain/driver.ts";
import { StepCancelled } from "#server/grain/driver.ts";
import { endLeftBehind } from "#server/grain/process/left-behind.ts";
import {
  clearStep,
  insideOf,
  isTakenOver,
  prepareFolders,
  removeFolders,
  takeFolders,
  writeFile,
} from "#server/grain/work-folder.ts";
import { readOutputsFile } from "./read-outputs.ts";
import { pidFile, requireSuccess, runCommand } from "./run-command.ts";
import { outputsFile, sensitiveOutputsFile } from "./shell-environment.ts";
import { readSign } from "./signs.ts";

const defaultTimeoutMinutes = 15;
const checkTimeoutMs = 30_000;
/** What `check` answers when the thing is no longer there. */
const gone = 3;

const ownAddress = (step: GrainStep) => `shell.${step.grain.name}`;

function timeoutMs(step: GrainStep): number {
  const minutes = Number(step.grain.spec.extra.timeout ?? defaultTimeoutMinutes);
  return (Number.isFinite(minutes) && minutes > 0 ? minutes : defaultTimeoutMinutes) * 60_000;
}

function labelOf(command: ShellCommand, position: number, total: number): string {
  return command.name ? `Command "${command.name}"` : `Command ${position} of ${total}`;
}

/** Ends what a dead worker left running and lays out the folders. */
async function begin(step: GrainStep): Promise<void> {
  takeFolders(step);
  if (await endLeftBehind(pidFile(step)))
    step.log("warn", "A command of an earlier, interrupted attempt was still running and has been stopped.");
  const { files } = prepareFolders(step);
  for (const file of step.grain.spec.files) {
    if (file.store || step.files[file.path] === undefined) continue;
    writeFile(insideOf(files, file.name ?? path.basename(file.path)), step.files[file.path] ?? "");
  }
}

async function runAll(step: GrainStep, commands: ShellCommand[]): Promise<GrainOutputs> {
  const outputs: GrainOutputs = {};
  const secret = new Set(step.grain.spec.sensitiveOutputs);
  const pending: Promise<void>[] = [];
  for (const [index, command] of commands.entries()) {
    const label = labelOf(command, index + 1, commands.length);
    step.progress({ done: index, total: commands.length, label: command.name ?? label });
    const limit = timeoutMs(step);
    const run = await runCommand(step, command, {
      timeoutMs: limit,
      onLine: (line) => readSign(step, line, pending),
    });
    requireSuccess(run, label, limit);
    for (const [name, value] of Object.entries(run.outputs)) outputs[name] = { value, sensitive: secret.has(name) };
  }
  await Promise.all(pending);
  step.progress({ done: commands.length, total: commands.length, label: "" });
  for (const [name, value] of Object.entries(readOutputsFile(outputsFile(step))))
    outputs[name] = { value, sensitive: secret.has(name) };
  for (const [name, value] of Object.entries(readOutputsFile(sensitiveOutputsFile(step))))
    outputs[name] = { value, sensitive: true };
  return outputs;
}

async function plan(step: GrainStep): Promise<Planned> {
  const { deploy, destroy, check } = step.grain.spec.activities;
  const count = (commands: ShellCommand[]) => `${commands.length} command${commands.length === 1 ? "" : "s"}`;
  const summary = `${count(deploy)} to deploy, ${count(destroy)} to destroy, ${check.length ? "checked while it runs" : "not checked while it runs"}`;
  return { plan: null, summary };
}

async function apply(step: GrainStep): Promise<{ outputs: GrainOutputs }> {
  await begin(step);
  const address = ownAddress(step);
  try {
    fs.rmSync(outputsFile(step), { force: true });
    fs.rmSync(sensitiveOutputsFile(step), { force: true });
    await step.journal.intend({ address, type: "shell", name: step.grain.name });
    const outputs = await runAll(step, step.grain.spec.activities.deploy);
    await step.journal.confirm(address, { cloudId: step.environment.ref });
    return { outputs };
  } finally {
    await tidy(step);
  }
}

async function destroy(step: GrainStep, known: KnownResource[]): Promise<void> {
  await begin(step);
  try {
    for (const resource of known) await step.journal.destroying(resource.address);
    await runAll(step, step.grain.spec.activities.destroy);
  } finally {
    await tidy(step);
  }
}

type Health = { alive: boolean; gone: boolean; reason: string };

async function checkHealth(step: GrainStep): Promise<Health> {
  await begin(step);
  try {
    let reason = "";
    for (const command of step.grain.spec.activities.check) {
      const run = await runCommand(step, command, { timeoutMs: checkTimeoutMs, quiet: true });
      reason = run.lastLine;
      if (run.end.stopped === "cancelled") throw new StepCancelled();
      if (run.end.stopped === "timed_out") return { alive: false, gone: false, reason: "The check took too long." };
      if (run.end.code !== 0)
        return { alive: false, gone: run.end.code === gone, reason: reason || `The check ended with ${run.end.code}.` };
    }
    return { alive: true, gone: false, reason };
  } finally {
    await tidy(step);
  }
}

async function remaining(step: GrainStep, known: KnownResource[]): Promise<Aftermath> {
  if (step.grain.spec.activities.check.length === 0) return { verified: false, remaining: [] };
  const health = await checkHealth(step);
  if (health.gone) return { verified: true, remaining: [] };
  const reason = health.alive ? `It still answers. ${health.reason}` : `Can't tell that it is gone: ${health.reason}`;
  const addresses = known.length ? known.map(({ address }) => address) : [ownAddress(step)];
  return { verified: true, remaining: addresses.map((address) => ({ address, reason: reason.trim() })) };
}

async function tidy(step: GrainStep): Promise<void> {
  if (!isTakenOver(step)) clearStep(step);
}

async function clear(step: GrainStep): Promise<void> {
  if (!isTakenOver(step)) removeFolders(step);
}

async function drift(step: GrainStep, known: KnownResource[]): Promise<DriftFinding[]> {
  if (step.grain.spec.activities.check.length === 0 || known.length === 0) return [];
  const health = await checkHealth(step);
  if (health.alive) return [];
  const actual = health.reason || (health.gone ? "gone" : "unhealthy");
  return known.map(({ address }) => ({ address, field: "alive", expected: true, actual, gone: health.gone }));
}

/** Runs the commands of a reviewed blueprint on this host. */
export const shellDriver: GrainDriver = { watch: "often", plan, apply, destroy, remaining, tidy, clear, drift };
