import fs from "node:fs";
import path from "node:path";
import { Problem } from "#server/errors.ts";
import type { GrainStep } from "./driver.ts";
import { clearSecretFolder, memoryRoot, openSecretFolder, secretFolder } from "./secret-folder.ts";

/** The folder grains run in, with the blueprint's files. */
export const filesFolder = (step: Pick<GrainStep, "workDir">) => path.join(step.workDir, "files");
/** What lives as long as the environment does. */
export const stateFolder = (step: Pick<GrainStep, "workDir">) => path.join(step.workDir, "state");
/** The driver's own short-lived files that hold no secrets: process ids, scripts, modules. Removed when the step is over. */
export const controlFolder = (step: Pick<GrainStep, "workDir">) => path.join(step.workDir, "control");

/** A path inside `root`, or a Problem: a blueprint may not reach out of its folder. */
export function insideOf(root: string, relative: string): string {
  const target = path.resolve(root, relative);
  if (target !== root && !target.startsWith(root + path.sep)) {
    throw new Problem("bad_input", `The path ${JSON.stringify(relative)} leads out of the blueprint's folder.`, {
      place: { path: relative },
      remedy: "Use a path inside the blueprint's own folder.",
    });
  }
  return target;
}

/**
 * Writes the blueprint's files and makes the folders. Nothing that is there is removed: a server started by an earlier
 * attempt may live in it.
 */
export function prepareFolders(step: GrainStep): { files: string; secret: string } {
  const files = filesFolder(step);
  for (const folder of [files, controlFolder(step), step.stateDir, path.join(files, "tmp")])
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = openSecretFolder(step);
  if (memoryRoot() && secret.startsWith(step.workDir))
    step.log(
      "warn",
      "The folder in memory is nearly full: what may hold secrets lies on the disk while this step runs.",
    );
  for (const [name, content] of Object.entries(step.files)) {
    const target = insideOf(files, name);
    // Checks come every minute; what is as it should be is left alone, under the feet of whatever reads it.
    if (!holds(target, content)) writeFile(target, content);
  }
  return { files, secret };
}

function holds(target: string, content: string): boolean {
  const there = fs.lstatSync(target, { throwIfNoEntry: false });
  return there?.isFile() === true && fs.readFileSync(target, "utf8") === content;
}

export function writeFile(target: string, content: string): void {
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  // A link planted by an earlier command must not be written through.
  fs.rmSync(target, { force: true, recursive: true });
  fs.writeFileSync(target, content, { mode: content.startsWith("#!") ? 0o700 : 0o600 });
}

/** Whether a step is at work, or was when its worker died. */
export function isUnderWay(step: Pick<GrainStep, "workDir">): boolean {
  return [controlFolder(step), secretFolder(step)].some((folder) => fs.existsSync(folder));
}

const holderFile = (step: Pick<GrainStep, "workDir">) => path.join(controlFolder(step), "holder");

/** Takes the folders over, before anything else is done in them: from now on whoever had them removes nothing. */
export function takeFolders(step: Pick<GrainStep, "workDir" | "holder">): void {
  fs.mkdirSync(controlFolder(step), { recursive: true, mode: 0o700 });
  fs.writeFileSync(holderFile(step), step.holder, { mode: 0o600 });
}

/** Whether another has taken the folders over. */
export function isTakenOver(step: Pick<GrainStep, "workDir" | "holder">): boolean {
  try {
    return fs.readFileSync(holderFile(step), "utf8") !== step.holder;
  } catch {
    return false;
  }
}

/** Removes the driver's own files, and all that may hold secrets, once a step is over. */
export function clearStep(step: Pick<GrainStep, "workDir">): void {
  clearSecretFolder(step);
  fs.rmSync(controlFolder(step), { recursive: true, force: true });
}

/** Removes everything of a grain of which nothing is left. */
export function removeFolders(step: Pick<GrainStep, "workDir">): void {
  clearSecretFolder(step);
  fs.rmSync(step.workDir, { recursive: true, force: true });
}
