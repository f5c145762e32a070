import fs from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type GrainStep, StepFailed } from "#server/grain/driver.ts";
import { secretFolder } from "#server/grain/secret-folder.ts";
import { stateFolder, writeFile } from "#server/grain/work-folder.ts";
import type { Keyring } from "#server/secret/master-key.ts";
import { reseal, type SealedPlace, seal, unseal } from "#server/secret/seal.ts";
import { runTerraform } from "./run-terraform.ts";
import type { Tools } from "./terraform-state.ts";

/** What of a state says which one it is. */
type Numbered = { serial: number; lineage: string };
type Placed = Pick<GrainStep, "workDir">;

/** What Terraform calls a state that it could not deliver. */
const fileName = "errored.tfstate";
const caughtFile = (step: Placed) => path.join(secretFolder(step), fileName);
const sealedFile = (step: Placed) => path.join(stateFolder(step), `${fileName}.sealed`);

const placeOf = ({ workDir }: Placed): SealedPlace => ({
  table: "undelivered_state",
  rowId: `${path.basename(path.dirname(workDir))}/${path.basename(workDir)}`,
  field: "sealed",
  spaceId: "",
});

/** Terraform puts it into the folder it runs in: a link there leads it to where secrets lie. */
export function catchUndelivered(step: Placed, module: string): void {
  const link = path.join(module, fileName);
  const caught = caughtFile(step);
  const before = fs.lstatSync(link, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(link, "utf8") : null;
  if (before !== null || !fs.existsSync(caught)) writeFile(caught, before ?? "");
  fs.rmSync(link, { force: true, recursive: true });
  fs.symlinkSync(caught, link);
}

/** Seals what was not delivered until the next step: call before the step's secrets are removed. */
export function keepUndelivered(step: Placed): void {
  const text = readCaught(step);
  if (isWhole(text)) writeFile(sealedFile(step), seal(text, placeOf(step)));
}

/** Pushes the state that an interrupted run could not deliver, before anything else is done on top of an older one. */
export async function rescueState(step: GrainStep, tools: Tools): Promise<void> {
  const text = readCaught(step) || openSealed(step);
  if (text === "") return;
  const caught = caughtFile(step);
  if (!isWhole(text)) {
    step.log("warn", "An interrupted run was cut off while it kept its state; what it made is looked for instead.");
    writeFile(caught, "");
    return;
  }
  step.log("warn", "An interrupted run left its state behind; it is stored first.");
  writeFile(caught, text);
  const following = await followingState(step, tools, text);
  if (following !== null) await push(step, tools, following);
  writeFile(caught, "");
  fs.rmSync(sealedFile(step), { force: true });
}

async function push(step: GrainStep, tools: Tools, text: string): Promise<void> {
  const file = path.join(secretFolder(step), "following.tfstate");
  writeFile(file, text);
  const pushed = await runTerraform(step, ["state", "push", "-lock-timeout=60s", file], { ...tools, logged: true });
  fs.rmSync(file, { force: true });
  if (pushed.code !== 0)
    throw new StepFailed(
      "The state an interrupted run left behind could not be stored; the log says why.",
      "It is kept, sealed, and stored at the next try.",
    );
}

/**
 * The state as one that may follow the last one stored; null where that is this very state. Terraform counts on only once a
 * write was confirmed: where a worker died between storing and confirming, what it stored has the number of what Terraform
 * kept afterwards, or, if it was storing what was kept, the next one.
 */
async function followingState(step: GrainStep, tools: Tools, text: string): Promise<string | null> {
  const pulled = await runTerraform(step, ["state", "pull"], tools);
  if (pulled.code !== 0 || !isWhole(pulled.stdout)) return text;
  const stored = JSON.parse(pulled.stdout) as Numbered;
  const kept = JSON.parse(text) as Numbered;
  if (stored.lineage !== kept.lineage || stored.serial < kept.serial) return text;
  if (isDeepStrictEqual({ ...stored, serial: 0 }, { ...kept, serial: 0 })) return null;
  return stored.serial === kept.serial ? JSON.stringify({ ...kept, serial: kept.serial + 1 }) : text;
}

/** Moves what is kept under the newest key of the ring; tells how many were moved, and which do not open. */
export function resealUndelivered(
  workDirs: readonly string[],
  ring: Keyring,
): { moved: number; closed: { table: string; row: string; reason: string }[] } {
  const all = { moved: 0, closed: [] as { table: string; row: string; reason: string }[] };
  for (const step of workDirs.map((workDir) => ({ workDir }))) {
    const file = sealedFile(step);
    if (!fs.existsSync(file)) continue;
    const place = placeOf(step);
    try {
      const before = fs.readFileSync(file, "utf8");
      const after = reseal(before, place, ring);
      if (after === before) continue;
      writeFile(file, after);
      all.moved++;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      all.closed.push({ table: place.table, row: place.rowId, reason });
    }
  }
  return all;
}

function readCaught(step: Placed): string {
  const file = caughtFile(step);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

function openSealed(step: Placed): string {
  const file = sealedFile(step);
  if (!fs.existsSync(file)) return "";
  try {
    return unseal(fs.readFileSync(file, "utf8"), placeOf(step));
  } catch (error) {
    throw new StepFailed(
      `The state an interrupted run left behind does not open: ${error instanceof Error ? error.message : String(error)}`,
      `Bring the former master key back, or remove ${file} to go on without that state.`,
    );
  }
}

function isWhole(text: string): boolean {
  try {
    return JSON.parse(text) !== null;
  } catch {
    return false;
  }
}
