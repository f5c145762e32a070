import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export type Child = {
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  env: Record<string, string>;
  /** The child writes its process id here before it does anything, so that a heir of a dead worker can end it. */
  pidFile: string;
  timeoutMs: number;
  /** How long it may take to end by itself after the first signal. */
  graceMs: number;
  /** The polite signal, and whether the child alone gets it or its whole process group. */
  stop: { signal: "SIGTERM" | "SIGINT"; to: "leader" | "group" };
  signal: AbortSignal;
  /** Standard output goes to this file instead, so that it is not lost with the worker. */
  stdoutFile?: string;
  onStdout(chunk: Buffer): void;
  onStderr(chunk: Buffer): void;
  /** Called once it runs. */
  onStart?(pid: number): void;
};

export type ChildEnd = {
  code: number | null;
  /** Why we ended it, null when it ended by itself. */
  stopped: "cancelled" | "timed_out" | null;
  signal: NodeJS.Signals | null;
};

/** Output of detached grandchildren may never end; after the child's exit only what is already there is read. */
const drainMs = 300;

/**
 * Runs a program in a process group of its own and waits until it exits. A stop goes politely first and to the whole
 * group with SIGKILL after the grace; processes that made a session of their own live on.
 */
export function runChild(child: Child): Promise<ChildEnd> {
  if (child.signal.aborted) return Promise.resolve({ code: null, stopped: "cancelled", signal: null });
  fs.mkdirSync(path.dirname(child.pidFile), { recursive: true, mode: 0o700 });
  const output = child.stdoutFile ? fs.openSync(child.stdoutFile, "w", 0o600) : undefined;
  return new Promise((resolve, reject) => {
    const running = spawn(
      "/bin/sh",
      ["-c", 'echo $$ > "$1"; shift; exec "$@"', "sh", child.pidFile, child.command, ...child.args],
      {
        cwd: child.cwd,
        env: child.env as NodeJS.ProcessEnv,
        detached: true,
        stdio: ["ignore", output ?? "pipe", "pipe"],
      },
    );
    if (running.pid) child.onStart?.(running.pid);
    let stopped: ChildEnd["stopped"] = null;
    let killer: NodeJS.Timeout | undefined;
    const stop = (why: NonNullable<ChildEnd["stopped"]>) => {
      if (stopped || running.exitCode !== null) return;
      stopped = why;
      signalGroup(running, child.stop.signal, child.stop.to);
      killer = setTimeout(() => signalGroup(running, "SIGKILL", "group"), child.graceMs);
    };
    const cancel = () => stop("cancelled");
    const timer = setTimeout(() => stop("timed_out"), child.timeoutMs);
    child.signal.addEventListener("abort", cancel);
    if (output !== undefined) fs.closeSync(output);
    running.stdout?.on("data", child.onStdout);
    running.stderr?.on("data", child.onStderr);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      clearTimeout(killer);
      child.signal.removeEventListener("abort", cancel);
      act();
    };
    running.on("error", (error) => settle(() => reject(error)));
    running.on("exit", (code, signal) =>
      settle(() => {
        if (stopped) signalGroup(running, "SIGKILL", "group");
        drained(running).then(() => {
          fs.rmSync(child.pidFile, { force: true });
          resolve({ code, stopped, signal });
        });
      }),
    );
  });
}

function signalGroup(running: ChildProcess, signal: NodeJS.Signals, to: "leader" | "group"): void {
  if (!running.pid) return;
  try {
    process.kill(to === "group" ? -running.pid : running.pid, signal);
  } catch {
    // Gone already.
  }
}

function drained(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      running.stdout?.destroy();
      running.stderr?.destroy();
      resolve();
    }, drainMs);
    running.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
