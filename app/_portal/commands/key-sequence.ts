import type { Command } from "./command-store.ts";

export type Pressed = { run: Command | undefined; pending: string };

const startsAgain = 1000;

/** Follows keys pressed one after the other; a second key counts within a second of the first. */
export function createKeySequence(): (key: string, atMs: number, commands: readonly Command[]) => Pressed {
  let pending = "";
  let lastMs = 0;
  return (key, atMs, commands) => {
    const prefix = atMs - lastMs <= startsAgain ? pending : "";
    lastMs = atMs;
    const tried = prefix ? [`${prefix} ${key}`, key] : [key];
    for (const keys of tried) {
      const run = commands.find((command) => command.keys === keys);
      if (run) {
        pending = "";
        return { run, pending };
      }
    }
    pending = commands.some((command) => command.keys?.startsWith(`${key} `)) ? key : "";
    return { run: undefined, pending };
  };
}
