import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Whether any process of the group still runs. In containers dead ones may never be reaped: those count as gone. */
function groupLives(leader: number): boolean {
  try {
    process.kill(-leader, 0);
  } catch {
    return false;
  }
  if (!fs.existsSync("/proc/self/stat")) return true;
  return fs.readdirSync("/proc").some((name) => {
    const [state, , group] = /^\d+$/.test(name) ? statusFields(name) : [];
    return group === String(leader) && state !== "Z" && state !== "X";
  });
}

/** The fields of a process after its name: state, parent, group, … */
function statusFields(pid: string | number): string[] {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

const shortly = { signal: "SIGTERM" as const, waitMs: 5_000 };

/**
 * Ends the child of a worker that died, before its work is tried again: two of them would do everything twice. The file
 * names the leader of its process group; it is trusted only if that process began before the file was last written and
 * bears the file's folder in its command or variables: a number may have been given to a stranger since, or be another host's.
 */
export async function endLeftBehind(
  pidFile: string,
  polite: { signal: NodeJS.Signals; waitMs: number } = shortly,
): Promise<boolean> {
  const written = fs.statSync(pidFile, { throwIfNoEntry: false });
  if (!written) return false;
  const leader = Number(fs.readFileSync(pidFile, "utf8").trim());
  const ours =
    Number.isInteger(leader) && leader > 1 && groupLives(leader) && !isStranger(leader, pidFile, written.mtimeMs);
  if (ours) {
    for (const [signal, wait] of [
      [polite.signal, polite.waitMs],
      ["SIGKILL", 2_000],
    ] as const) {
      signalQuietly(leader, signal);
      for (let waited = 0; waited < wait && groupLives(leader); waited += 50) await pause(50);
    }
  }
  fs.rmSync(pidFile, { force: true });
  return ours;
}

function signalQuietly(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // Gone already.
  }
}

function isStranger(leader: number, pidFile: string, writtenMs: number): boolean {
  return beganAfter(leader, writtenMs) || !bears(leader, folderOfStep(pidFile));
}

/** Environment, grain and folder: the way to the data folder may be another now. */
const folderOfStep = (pidFile: string) => path.dirname(pidFile).split(path.sep).slice(-3).join(path.sep);

/** Whether a folder is in the command line or the variables that a process was started with; a dead leader is not asked. */
function bears(pid: number, folder: string): boolean {
  const [state] = statusFields(pid);
  if (!state || state === "Z" || state === "X") return true;
  try {
    return ["cmdline", "environ"].some((name) => fs.readFileSync(`/proc/${pid}/${name}`, "utf8").includes(folder));
  } catch {
    // Another user's.
    return false;
  }
}

/** Linux alone can tell; elsewhere the number is trusted. */
function beganAfter(pid: number, instantMs: number): boolean {
  try {
    const ticksSinceBoot = Number(statusFields(pid)[19]);
    const upSeconds = Number(fs.readFileSync("/proc/uptime", "utf8").split(" ")[0]);
    const began = Date.now() - (upSeconds - ticksSinceBoot / 100) * 1000;
    return began > instantMs + 2_000;
  } catch {
    return false;
  }
}
