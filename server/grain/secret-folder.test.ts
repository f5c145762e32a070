import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  clearForgotten,
  listInMemory,
  memoryRoot,
  openSecretFolder,
  secretFolder,
  whyOnDisk,
} from "./secret-folder.ts";
import { configure } from "./testing/configure.ts";
import { clearStep, controlFolder, removeFolders } from "./work-folder.ts";

/** A data folder, and a folder that stands in for the host's memory. */
function openHost(): { dataDir: string; memory: string; step: { workDir: string } } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-secret-"));
  const [dataDir, memory] = [path.join(folder, "data"), path.join(folder, "memory")];
  const workDir = path.join(dataDir, "work/e1/web");
  for (const made of [workDir, memory]) fs.mkdirSync(made, { recursive: true });
  configure({ dataDir, GANTRY_MEMORY_DIR: memory });
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return { dataDir, memory, step: { workDir } };
}

describe("what may hold secrets while a step runs", () => {
  test("lies in memory, for its user alone, and its heir finds it by the name", () => {
    const { memory, step } = openHost();
    const folder = openSecretFolder(step);
    expect(folder.startsWith(`${memory}/`)).toBe(true);
    for (const part of [folder, path.dirname(folder)]) expect(fs.statSync(part).mode & 0o777).toBe(0o700);
    fs.writeFileSync(path.join(folder, "plan"), "kept");
    expect(openSecretFolder({ ...step }), "what an interrupted attempt left stays").toBe(folder);
    expect(fs.readdirSync(secretFolder(step))).toEqual(["plan"]);
    expect(secretFolder({ workDir: `${step.workDir}-other` })).not.toBe(folder);
    expect(whyOnDisk()).toBeNull();
    clearStep(step);
    expect(fs.readdirSync(memory)).toEqual([]);
  });

  test("goes with the grain's folders", () => {
    const { step } = openHost();
    openSecretFolder(step);
    removeFolders(step);
    expect(listInMemory()).toEqual([]);
  });

  test.each([
    ["off", "off", "GANTRY_MEMORY_DIR is off."],
    ["a folder that is not there", "/nowhere", "There is no folder in memory at /nowhere. Set GANTRY_MEMORY_DIR"],
  ])("lies in the data folder, and the reason is told, where the memory is %s", (_, memory, reason) => {
    const { dataDir, step } = openHost();
    configure({ GANTRY_MEMORY_DIR: memory });
    const folder = openSecretFolder(step);
    expect(folder).toBe(path.join(dataDir, "work/e1/web/control/secret"));
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(whyOnDisk()).toContain(reason);
    clearStep(step);
    expect(fs.existsSync(controlFolder(step))).toBe(false);
  });

  test("is never put where another user could read it", () => {
    const { dataDir, step } = openHost();
    const root = memoryRoot()!;
    fs.mkdirSync(root, { mode: 0o755 });
    expect(openSecretFolder(step).startsWith(`${dataDir}/`)).toBe(true);
    fs.rmdirSync(root);
    fs.symlinkSync(dataDir, root);
    expect(memoryRoot()).toBeNull();
    expect(whyOnDisk()).toContain("open to other users");
  });

  test("of a step whose folder is gone is removed; of others nothing", () => {
    const { step } = openHost();
    const gone = { workDir: `${step.workDir}-gone` };
    for (const one of [step, gone]) openSecretFolder(one);
    clearForgotten(listInMemory(), [step.workDir]);
    expect(listInMemory()).toEqual([path.basename(secretFolder(step))]);
    const begunMeanwhile = { workDir: `${step.workDir}-new` };
    const listed = listInMemory();
    openSecretFolder(begunMeanwhile);
    clearForgotten(listed, [step.workDir]);
    expect(listInMemory()).toHaveLength(2);
  });
});
