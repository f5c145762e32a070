// Finds and stops the processes of one preview by the path of the server file on their command line. A process id alone
// proves nothing: it may have been given to another program since.
import { execFileSync } from "node:child_process";
import fs from "node:fs";

function commandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
  } catch {
    return "";
  }
}

function everyProcess() {
  if (fs.existsSync("/proc/self/cmdline"))
    return fs
      .readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), command: commandLine(name) }));
  const listed = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const found = /^\s*(\d+)\s+(.*)$/.exec(line);
    return found ? [{ pid: Number(found[1]), command: found[2] }] : [];
  });
}

/** Process ids of living servers started from `marker`. A zombie has no command line and does not count. */
export function findServers(marker) {
  return everyProcess()
    .filter(({ pid, command }) => pid !== process.pid && command.includes(` ${marker} `))
    .map(({ pid }) => pid);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends the process if it is still the one that was started from `marker`; insists after five seconds. */
export async function stopProcess(pid, marker) {
  for (const [signal, patience] of [
    ["SIGTERM", 100],
    ["SIGKILL", 40],
  ]) {
    if (!findServers(marker).includes(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let tries = 0; tries < patience && findServers(marker).includes(pid); tries++) await pause(50);
  }
}
