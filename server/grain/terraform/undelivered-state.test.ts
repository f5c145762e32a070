import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { configure } from "#server/grain/testing/configure.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { stateFolder } from "#server/grain/work-folder.ts";
import { addMasterKey, dropOldKeys, keyFile, keyring } from "#server/secret/master-key.ts";
import { findTerraform } from "./find-terraform.ts";
import { terraformDriver } from "./terraform-driver.ts";
import { resealUndelivered } from "./undelivered-state.ts";

const cli = await findTerraform("terraform");
if (!cli) console.warn("Skipped: no terraform or tofu on the PATH; install one to run these tests.");

/** A state backend that may be away: it takes no state then. Or unheard: it stores something, and never says so. */
async function openBackend() {
  const backend = { isAway: false, unheard: [] as ((state: string) => string)[], states: [] as string[] };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const last = backend.states.at(-1);
    if (request.method === "GET") return void response.writeHead(last ? 200 : 204).end(last);
    // 400 and not 500: Terraform would try again for half a minute.
    if (request.method === "POST" && backend.isAway) return void response.writeHead(400).end();
    if (request.method !== "POST") return void response.writeHead(200).end();
    const state = Buffer.concat(chunks).toString("utf8");
    const unheard = backend.unheard.shift();
    backend.states.push(unheard ? unheard(state) : state);
    response.writeHead(unheard ? 400 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/state`;
  const stateBackend = { address: base, lockAddress: `${base}/lock`, username: "1", password: "of-the-run" };
  return { backend, stateBackend };
}

function makeDataDir(): string {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-undelivered-"));
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** Files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.lstatSync(path.join(folder, name)).isFile())
    .filter((name) => fs.readFileSync(path.join(folder, name), "utf8").includes(text));
}

describe.skipIf(!cli)("a state that can't be delivered", { timeout: 240_000 }, () => {
  test("is kept sealed when the step is over, and stored by the next one before anything else", async () => {
    configure({ dataDir: makeDataDir() });
    const { backend, stateBackend } = await openBackend();
    const files = {
      "main.tf": 'variable "word" {}\nresource "terraform_data" "kept" { input = "made of $' + '{var.word}" }',
    };
    const step = scriptedStep(grainOf("terraform", { inputs: { word: "Zq81planted" } }), { files, stateBackend });
    const planned = await terraformDriver.plan(step, []);
    backend.isAway = true;
    await expect(terraformDriver.apply(step, planned)).rejects.toMatchObject({
      message: expect.stringContaining("could not be stored"),
      remedy: "It is kept, sealed, and stored at the next try.",
    });
    await terraformDriver.tidy(step);
    expect(fs.readdirSync(stateFolder(step))).toEqual(["errored.tfstate.sealed"]);
    expect(filesWith(step.workDir, "Zq81planted")).toEqual([]);

    addMasterKey(keyFile());
    expect(resealUndelivered([step.workDir], keyring())).toEqual({ moved: 1, closed: [] });
    expect(resealUndelivered([step.workDir], keyring())).toEqual({ moved: 0, closed: [] });
    dropOldKeys(keyFile());

    backend.isAway = false;
    const again = await terraformDriver.plan(step, []);
    expect(backend.states.at(-1)).toContain("made of Zq81planted");
    expect(again.summary).toBe("0 to create, 0 to change, 0 to destroy");
    await terraformDriver.tidy(step);
    expect(fs.readdirSync(stateFolder(step))).toEqual([]);
  });

  const asItWas = (state: string) => state;
  const midway = (state: string) => state.replaceAll('"made"', '"half made"');
  test.each([
    ["one that was stored midway, of the same number", [midway]],
    ["one that was stored midway, when its own storing was not confirmed either", [midway, asItWas]],
    ["itself, stored before", [asItWas]],
  ])("follows %s", async (_name, unheard) => {
    configure({ dataDir: makeDataDir() });
    const { backend, stateBackend } = await openBackend();
    const files = { "main.tf": 'resource "terraform_data" "kept" { input = "made" }' };
    const step = scriptedStep(grainOf("terraform", {}), { files, stateBackend });
    const planned = await terraformDriver.plan(step, []);
    backend.unheard = [...unheard];
    await expect(terraformDriver.apply(step, planned)).rejects.toThrow("state");
    await terraformDriver.tidy(step);

    const again = await terraformDriver.plan(step, []);
    expect(backend.unheard).toEqual([]);
    expect(backend.states.at(-1)).toContain('"made"');
    expect(again.summary).toBe("0 to create, 0 to change, 0 to destroy");
    await terraformDriver.tidy(step);
    expect(fs.readdirSync(stateFolder(step))).toEqual([]);
  });
});
