import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Fault } from "./chain-walk.ts";

/** How far the chain was found good, kept outside the database so that who rewrites that cannot rewrite this. */
export type Progress = { seq: number; hash: string; time: string | null; at: string; fault: Fault | null };

/** What the last verification of the whole trail, from its first event, came to. */
export type Whole = { seq: number; at: string; fault: Fault | null };

const progressName = "audit-verified.json";
const wholeName = "audit-verified-whole.json";

export const readProgress = (dataDir: string) => readJson<Progress>(dataDir, progressName);
export const readWhole = (dataDir: string) => readJson<Whole>(dataDir, wholeName);
export const writeProgress = (dataDir: string, progress: Progress) => writeJson(dataDir, progressName, progress);
export const writeWhole = (dataDir: string, whole: Whole) => writeJson(dataDir, wholeName, whole);

function readJson<T>(dataDir: string, name: string): T | null {
  try {
    return JSON.parse(fs.readFileSync(path.join(dataDir, name), "utf8")) as T;
  } catch {
    return null;
  }
}

function writeJson(dataDir: string, name: string, value: Progress | Whole): void {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, name);
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
  fs.renameSync(draft, file);
}
