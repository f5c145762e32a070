import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { config } from "#server/config.ts";
import type { GrainStep } from "./driver.ts";

type Placed = Pick<GrainStep, "workDir">;

const memoryFileSystems = [0x0102_1994, 0x8584_58f6];
/** Of the folders that hosts have in memory this one alone outlives a user's session. */
const usualMemory = "/dev/shm";
/** A step is not begun in memory that is nearly full: a plan that can't be written would fail it. */
const leastRoom = 32_000_000;

/**
 * Where the files that may hold secrets lie while a step runs: plan, variables, outputs, what an apply says, temporary files.
 * In memory where the host has a folder for that, so that they never get onto a disk. The name follows from the data folder
 * and the step, so that the heir of a killed worker finds them, and removes them.
 */
export function secretFolder(step: Placed): string {
  const inMemory = memoryFolder(step);
  return inMemory && fs.existsSync(inMemory) ? inMemory : onDisk(step);
}

/** Makes the folder. What an interrupted attempt left in it stays. */
export function openSecretFolder(step: Placed): string {
  const base = memoryBase();
  const inMemory = memoryFolder(step);
  if (base && inMemory && (fs.existsSync(inMemory) || roomIn(base) >= leastRoom)) makePrivate(inMemory);
  const folder = secretFolder(step);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Where that can't be done the folder is not there afterwards, and another place is taken. */
function makePrivate(folder: string): void {
  // Twice: the last of other steps may take the root along while the first try is under way.
  for (let tries = 0; tries < 2 && !fs.existsSync(folder); tries++)
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch {
      // Read-only, full, or not ours to write in.
    }
}

/** Why secrets lie on the disk while steps run, and what to do about it; null where they don't. */
export function whyOnDisk(): string | null {
  const remedy = "Set GANTRY_MEMORY_DIR to a folder in memory that belongs to the portal's user";
  const { GANTRY_MEMORY_DIR: chosen } = config();
  if (chosen === "off") return "GANTRY_MEMORY_DIR is off.";
  const base = memoryBase();
  if (!base) return `There is no folder in memory at ${chosen ?? usualMemory}. ${remedy}.`;
  if (!isWritable(base) || !privateFolderIn(base))
    return `${base} can't be written, or what lies there under Gantry's name is open to other users. ${remedy}.`;
  return roomIn(base) < leastRoom ? `${base} has less than ${leastRoom / 1e6} MB left. Make it larger.` : null;
}

const onDisk = ({ workDir }: Placed) => path.join(workDir, "control", "secret");

/** The step's folder in memory, whether it is there or not; null where the host has no memory for it. */
function memoryFolder(step: Placed): string | null {
  const root = memoryRoot();
  return root && path.join(root, nameOf(step.workDir));
}

/** The folder in memory of all steps of this data folder; made by the first of them, gone with the last. */
export function memoryRoot(): string | null {
  const base = memoryBase();
  return base && privateFolderIn(base);
}

function memoryBase(): string | null {
  const { GANTRY_MEMORY_DIR: chosen } = config();
  if (chosen === "off") return null;
  if (chosen) return fs.statSync(chosen, { throwIfNoEntry: false })?.isDirectory() ? chosen : null;
  try {
    return memoryFileSystems.includes(fs.statfsSync(usualMemory).type) ? usualMemory : null;
  } catch {
    return null;
  }
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function roomIn(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}

/** A folder of this user's alone; null where somebody else has made one under its name. */
function privateFolderIn(base: string): string | null {
  const user = process.getuid?.() ?? 0;
  const { dataDir } = config();
  fs.mkdirSync(dataDir, { recursive: true });
  const { dev, ino } = fs.statSync(dataDir);
  const folder = path.join(base, `gantry-${user}-${nameOf(`${dataDir} ${dev} ${ino}`)}`);
  const there = fs.lstatSync(folder, { throwIfNoEntry: false });
  const isOurs = !there || (there.isDirectory() && there.uid === user && (there.mode & 0o077) === 0);
  return isOurs ? folder : null;
}

const nameOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A socket's path holds 104 bytes on some systems, and a provider's socket adds `/plugin` and a number. */
const longestForSockets = 80;

/** Where programs of a step put temporary files and sockets, whose paths must be short wherever the data folder is. */
export function openTemporaryFolder(step: Placed): string {
  const secret = secretFolder(step);
  if (Buffer.byteLength(secret) <= longestForSockets) return secret;
  const folder = shortFolder(step);
  if (!folder) return secret;
  makePrivate(folder);
  return fs.existsSync(folder) && shortFolder(step) ? folder : secret;
}

function shortFolder({ workDir }: Placed): string | null {
  const root = privateFolderIn(os.tmpdir());
  return root && path.join(root, nameOf(workDir));
}

/** Removes the step's secrets, wherever they lie. */
export function clearSecretFolder(step: Placed): void {
  fs.rmSync(onDisk(step), { recursive: true, force: true });
  for (const folder of [memoryFolder(step), shortFolder(step)]) if (folder) removeWithRoot(folder);
}

function removeWithRoot(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    fs.rmdirSync(path.dirname(folder));
  } catch {
    // Other steps are in it, or it was gone.
  }
}

/** Names of the folders in memory at this moment, for `clearForgotten`. */
export function listInMemory(): string[] {
  const root = memoryRoot();
  return root && fs.existsSync(root) ? fs.readdirSync(root) : [];
}

/** Of the folders that were listed, removes those that belong to none of the working folders. */
export function clearForgotten(listed: readonly string[], workDirs: readonly string[]): void {
  const root = memoryRoot();
  const known = new Set(workDirs.map(nameOf));
  for (const name of listed) if (root && !known.has(name)) removeWithRoot(path.join(root, name));
}
