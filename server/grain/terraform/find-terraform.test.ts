import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { configure } from "#server/grain/testing/configure.ts";
import { findTerraform, requireTerraform, showTerraform } from "./find-terraform.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-find-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A host whose PATH holds programs that answer with these versions; `TERRAFORM_BIN` as given. */
function host(name: string, programs: Record<string, string>, bin?: string): string {
  const place = path.join(folder, name);
  fs.mkdirSync(place, { recursive: true });
  for (const [program, answer] of Object.entries(programs))
    fs.writeFileSync(path.join(place, program), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  configure({ shellPath: place, TERRAFORM_BIN: bin });
  return place;
}
const version = (text: string) => JSON.stringify({ terraform_version: text, platform: "linux_amd64" });

describe("the program of a terraform grain", () => {
  test("is terraform, and tofu where there is no terraform", async () => {
    const both = host("both", { terraform: version("1.11.4"), tofu: version("1.9.0") });
    expect(await findTerraform("terraform")).toEqual({ path: path.join(both, "terraform"), version: "1.11.4" });
    const one = host("tofu-only", { tofu: version("1.9.0") });
    expect(await findTerraform("terraform")).toEqual({ path: path.join(one, "tofu"), version: "1.9.0" });
  });

  test("is the configured one, by path or by name", async () => {
    const place = host("chosen", { terraform: version("1.11.4"), tofu: version("1.9.0") }, "tofu");
    expect(await findTerraform("terraform")).toMatchObject({ path: path.join(place, "tofu") });
    host("chosen", {}, path.join(place, "terraform"));
    expect(await findTerraform("terraform")).toMatchObject({ version: "1.11.4" });
  });
});

describe("the program of an opentofu grain", () => {
  test("is tofu, never terraform, whatever is configured", async () => {
    const place = host("for-tofu", { terraform: version("1.11.4"), tofu: version("1.9.0") }, "terraform");
    expect(await findTerraform("opentofu")).toMatchObject({ path: path.join(place, "tofu") });
    host("no-tofu", { terraform: version("1.11.4") }, "terraform");
    await expect(requireTerraform("opentofu")).rejects.toMatchObject({
      code: "unavailable",
      remedy: expect.stringContaining("Install OpenTofu (`tofu`) 1.4 or later"),
    });
  });
});

describe("what can't be used says what to install", () => {
  test("none", async () => {
    host("empty", {});
    expect(await showTerraform("terraform")).toEqual({
      kind: "terraform",
      path: null,
      version: null,
      problem: expect.stringMatching(/finds no program for terraform grains\. Install Terraform .* TERRAFORM_BIN/),
    });
  });
  test.each([
    ["an old one", version("1.3.9"), /version 1\.3\.9, which is too old\. Install/],
    ["one that answers something else", "hello", /does not answer as Terraform does/],
  ])("%s", async (name, answer, problem) => {
    host(name.replaceAll(" ", "-"), { terraform: answer });
    expect((await showTerraform("terraform")).problem).toMatch(problem);
  });
});
