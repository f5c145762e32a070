import fs from "node:fs";
import path from "node:path";
import { config } from "#server/config.ts";
import { type GrainStep, StepCancelled, StepFailed } from "#server/grain/driver.ts";
import { createLineReader } from "#server/grain/process/output-lines.ts";
import { runChild } from "#server/grain/process/run-child.ts";
import { openTemporaryFolder, secretFolder } from "#server/grain/secret-folder.ts";
import { createStepRedactor } from "#server/grain/step-redactor.ts";
import { controlFolder } from "#server/grain/work-folder.ts";
import { findCliConfig } from "./cli-config.ts";
import type { TerraformCli } from "./find-terraform.ts";
import { readMessage, type TerraformMessage } from "./messages.ts";
import type { TerraformFolder } from "./terraform-folder.ts";

/** Terraform finishes what it is doing after an interrupt; only then it is killed. */
export const graceMs = 60_000;
const defaultTimeoutMinutes = 120;
const tailEveryMs = 150;

export const pidFile = (step: Pick<GrainStep, "workDir">) => path.join(controlFolder(step), "pid");
/** What the running apply says; outlives the worker, so that its heir knows what was begun. */
export const streamFile = (step: Pick<GrainStep, "workDir">) => path.join(secretFolder(step), "stream.jsonl");

const reserved = /^(TF_|GANTRY_|PATH$|HOME$|LANG$|LD_|DYLD_)/;

function environmentOf(step: GrainStep, command: string | undefined): Record<string, string> {
  const control = controlFolder(step);
  const cliConfig = findCliConfig().file;
  const own = Object.entries(step.grain.spec.envVars).filter(([name]) => !reserved.test(name));
  const { stateBackend } = step;
  const pluginCache = path.join(config().dataDir, "terraform-plugins");
  fs.mkdirSync(pluginCache, { recursive: true });
  return {
    ...Object.fromEntries(own),
    ...step.credentials,
    PATH: config().shellPath,
    LANG: "C.UTF-8",
    HOME: secretFolder(step),
    // Downloads are large and no secret; what providers put down may be one.
    TMPDIR: command === "init" ? control : openTemporaryFolder(step),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_DATA_DIR: path.join(control, "data"),
    TF_PLUGIN_CACHE_DIR: pluginCache,
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
    ...(cliConfig && { TF_CLI_CONFIG_FILE: cliConfig }),
    // The backend's address and password are known to the child only: they get into no file, plan included.
    ...(stateBackend && {
      TF_HTTP_ADDRESS: stateBackend.address,
      TF_HTTP_LOCK_ADDRESS: stateBackend.lockAddress,
      TF_HTTP_LOCK_METHOD: "LOCK",
      TF_HTTP_UNLOCK_ADDRESS: stateBackend.lockAddress,
      TF_HTTP_UNLOCK_METHOD: "UNLOCK",
      TF_HTTP_USERNAME: stateBackend.username,
      TF_HTTP_PASSWORD: stateBackend.password,
    }),
  };
}

export type TerraformRun = { code: number; stdout: string };

type Options = {
  cli: TerraformCli;
  folder: TerraformFolder;
  /** Takes the `-json` stream line by line; without it the output is returned as text and not logged. */
  follow?: (message: TerraformMessage) => void;
  /** Keep the stream in a file that outlives the worker. */
  durable?: boolean;
  /** Log plain output lines, for commands without a `-json` stream. */
  logged?: boolean;
  /** Takes the error output line by line; without it that is logged. */
  onStderr?: (line: string) => void;
};

/** Runs one command of the CLI. Throws when it was cancelled or took too long; its exit code is the caller's to judge. */
export async function runTerraform(step: GrainStep, args: readonly string[], options: Options): Promise<TerraformRun> {
  const redact = createStepRedactor(step);
  const stderr = createLineReader(redact, options.onStderr ?? ((line) => step.log("warn", line)));
  const lines = createLineReader(redact, (line) => step.log("info", line));
  const take = lineSplitter((line) => options.follow?.(readMessage(line)));
  const kept: Buffer[] = [];
  const minutes = Number(step.grain.spec.extra.timeout ?? defaultTimeoutMinutes);
  const tail = options.durable ? tailFile(streamFile(step), take) : undefined;
  const end = await runChild({
    command: options.cli.path,
    args,
    cwd: options.folder.module,
    env: environmentOf(step, args[0]),
    pidFile: pidFile(step),
    timeoutMs: (minutes > 0 ? minutes : defaultTimeoutMinutes) * 60_000,
    graceMs,
    stop: { signal: "SIGINT", to: "leader" },
    signal: step.signal,
    ...(options.durable && { stdoutFile: streamFile(step) }),
    onStdout: (chunk) => {
      if (options.follow) take(chunk);
      else if (options.logged) lines.write(chunk);
      else kept.push(chunk);
    },
    onStderr: stderr.write,
  }).finally(() => tail?.end());
  stderr.end();
  lines.end();
  if (end.stopped === "cancelled") throw new StepCancelled();
  if (end.stopped === "timed_out")
    throw new StepFailed(`terraform ${args[0]} took longer than ${minutes} minutes and was stopped.`);
  return { code: end.code ?? 1, stdout: Buffer.concat(kept).toString("utf8") };
}

/** Calls back for each complete line. JSON lines may be long, so they are not cut. */
export function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    let buffer = Buffer.concat([rest, chunk]);
    for (let at = buffer.indexOf(10); at !== -1; at = buffer.indexOf(10)) {
      const line = buffer.subarray(0, at).toString("utf8").trim();
      if (line) onLine(line);
      buffer = buffer.subarray(at + 1);
    }
    rest = buffer;
  };
}

/** Reads a growing file as it grows, and once more at the end. */
function tailFile(file: string, onChunk: (chunk: Buffer) => void): { end(): void } {
  let offset = 0;
  const read = () => {
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= offset) return;
    const chunk = Buffer.alloc(size - offset);
    const descriptor = fs.openSync(file, "r");
    offset += fs.readSync(descriptor, chunk, 0, chunk.length, offset);
    fs.closeSync(descriptor);
    onChunk(chunk);
  };
  const timer = setInterval(read, tailEveryMs);
  return {
    end() {
      clearInterval(timer);
      read();
    },
  };
}
