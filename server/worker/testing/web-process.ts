import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { CrashPoint } from "#server/crashpoint.ts";
import { endOf, endWithUs, type KillStage, root } from "./kill-stage.ts";

export type WebProcess = { url: string; end: Promise<"killed" | "ended">; stop(): Promise<void> };
/** What answers requests: the built portal, or its tRPC door alone. */
export type WebProgram = "portal" | "door";
type Wish = { program: WebProgram; port: number; crashAt?: CrashPoint | undefined };

function launch(stage: KillStage, { program, port, crashAt }: Wish): ChildProcess {
  const url = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    GANTRY_URL: url,
    NEXTAUTH_URL: url,
    GANTRY_DEMO: "on",
    NODE_ENV: "production" as const,
  };
  if (program === "door") return stage.run("door", { crashAt, cwd: root, env });
  const next = path.join(root, "node_modules/next/dist/bin/next");
  return spawn(process.execPath, [...endWithUs, next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: root,
    env: { ...process.env, ...stage.settings(crashAt), ...env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["pipe", "ignore", "inherit"],
  });
}

async function isReady(url: string, pid: number | undefined): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/ready`);
    return answer.ok && ((await answer.json()) as { pid: number }).pid === pid;
  } catch {
    return false;
  }
}

/** Starts a web process and waits until it, and no other on its port, answers. */
export async function startWeb(stage: KillStage, wish: Wish): Promise<WebProcess> {
  const child = launch(stage, wish);
  const end = endOf(child, wish.crashAt);
  end.catch(() => undefined);
  const url = `http://localhost:${wish.port}`;
  while (!(await isReady(url, child.pid))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error("The web process ended before it was ready.");
    await pause(20);
  }
  return {
    url,
    end,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    },
  };
}
