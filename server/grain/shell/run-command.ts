import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { ShellCommand } from "#server/blueprint/blueprint.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { type GrainStep, StepCancelled, StepFailed } from "#server/grain/driver.ts";
import { createLineReader } from "#server/grain/process/output-lines.ts";
import { type ChildEnd, runChild } from "#server/grain/process/run-child.ts";
import { secretFolder } from "#server/grain/secret-folder.ts";
import { createStepRedactor } from "#server/grain/step-redactor.ts";
import { controlFolder, filesFolder, writeFile } from "#server/grain/work-folder.ts";
import { readOutputsFile } from "./read-outputs.ts";
import { sensitiveOutputsFile, shellEnvironment } from "./shell-environment.ts";

const graceMs = 5_000;
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

export type CommandRun = { end: ChildEnd; outputs: Record<string, string>; lastLine: string };

/** Where the running command's process id is kept, for the heir of a dead worker. */
export const pidFile = (step: Pick<GrainStep, "workDir">) => path.join(controlFolder(step), "pid");

/**
 * Runs one command of a shell grain, as a script of its own that stops at the first failure. `onLine` may take a line
 * for itself by returning true; all others are logged.
 */
export async function runCommand(
  step: GrainStep,
  command: ShellCommand,
  options: { timeoutMs: number; onLine?: (line: string) => boolean; quiet?: boolean },
): Promise<CommandRun> {
  const script = path.join(controlFolder(step), "command.sh");
  const exported = path.join(secretFolder(step), "exported");
  fs.rmSync(exported, { force: true });
  writeFile(script, scriptText(command, exported));
  const redact = createStepRedactor(step, sensitiveOutputsFile(step));
  let lastLine = "";
  const reader = (level: "info" | "warn") =>
    createLineReader(redact, (line) => {
      if (line.trim() !== "") lastLine = line.trim();
      if (!options.onLine?.(line) && !options.quiet) step.log(level, line);
    });
  const stdout = reader("info");
  const stderr = reader("warn");
  crashpoint("shell.before-spawn");
  const end = await runChild({
    command: "bash",
    args: ["--noprofile", "--norc", "-euo", "pipefail", script],
    cwd: filesFolder(step),
    env: shellEnvironment(step),
    pidFile: pidFile(step),
    timeoutMs: options.timeoutMs,
    graceMs,
    stop: { signal: "SIGTERM", to: "group" },
    signal: step.signal,
    onStdout: stdout.write,
    onStderr: stderr.write,
    onStart: () => crashpoint("shell.after-spawn"),
  });
  crashpoint("shell.after-exit");
  stdout.end();
  stderr.end();
  return { end, outputs: readOutputsFile(exported), lastLine };
}

function scriptText(command: ShellCommand, exported: string): string {
  const names = command.outputs.filter((name) => identifier.test(name));
  if (names.length === 0) return `${command.command}\n`;
  const mark = `END_${randomBytes(8).toString("hex")}`;
  const dump = names.map(
    (name) => `if [ -n "\${${name}+set}" ]; then printf '%s<<${mark}\\n%s\\n${mark}\\n' ${name} "$${name}"; fi`,
  );
  return [
    "gantry_export() {",
    "  local status=$?",
    `  { ${dump.join("; ")}; } > '${exported.replaceAll("'", "'\\''")}'`,
    "  exit $status",
    "}",
    "trap gantry_export EXIT",
    command.command,
    "",
  ].join("\n");
}

/** Throws what a command's end means for the step. */
export function requireSuccess(run: CommandRun, label: string, timeoutMs: number): void {
  const { end } = run;
  if (end.stopped === "cancelled") throw new StepCancelled();
  if (end.stopped === "timed_out")
    throw new StepFailed(`${label} took longer than ${Math.round(timeoutMs / 1000)} seconds and was stopped.`);
  if (end.code === 0) return;
  const how = end.code === null ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  throw new StepFailed(`${label} ${how}${run.lastLine ? `: ${run.lastLine.slice(0, 500)}` : "."}`);
}
