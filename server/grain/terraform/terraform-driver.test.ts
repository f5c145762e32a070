import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { config } from "#server/config.ts";
import { drivers } from "#server/grain/drivers.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { findTerraform } from "./find-terraform.ts";
import { streamFile } from "./run-terraform.ts";
import { terraformDriver } from "./terraform-driver.ts";
import { prepareTerraform } from "./terraform-folder.ts";

const cli = await findTerraform("terraform");
if (!cli) console.warn("Skipped: no terraform or tofu on the PATH; install one to run these tests.");

const module = `
variable "label" { type = string }
variable "items" { type = list(string) }
variable "secret" {
  type      = string
  sensitive = true
  default   = "none"
}
resource "terraform_data" "item" {
  for_each = toset(var.items)
  input    = "\${var.label}-\${each.key}"
}
output "names" { value = [for item in terraform_data.item : item.output] }
output "label" { value = var.label }
output "token" {
  value     = var.secret
  sensitive = true
}
`;
const grain = (inputs: Record<string, string> = {}) =>
  grainOf("terraform", {
    source: { store: null, path: "terraform", ref: null, resourceType: null, name: null },
    inputs: { label: "x", items: '["a","b"]', ...inputs },
  });
const stepOf = (inputs: Record<string, string> = {}, files: Record<string, string> = { "terraform/main.tf": module }) =>
  scriptedStep(grain(inputs), { files, tags: { "gantry-environment": "e1" } });

afterEach(() => vi.restoreAllMocks());

describe.skipIf(!cli)("terraform on this host", () => {
  test("plans, applies that very plan, gives outputs, journals each resource, destroys and verifies", async () => {
    const step = stepOf({ secret: "tOpSeCrEt" });
    const planned = await terraformDriver.plan(step, []);
    expect(planned.summary).toBe("2 to create, 0 to change, 0 to destroy");
    expect(planned.plan).toMatchObject({ format_version: "1.2", gantry: { source: "real" } });
    const { outputs } = await terraformDriver.apply(step, planned);
    expect(outputs).toEqual({
      names: { value: '["x-a","x-b"]', sensitive: false },
      label: { value: "x", sensitive: false },
      token: { value: "tOpSeCrEt", sensitive: true },
    });
    expect([...step.journalled].sort()).toEqual([
      'confirm terraform_data.item["a"]',
      'confirm terraform_data.item["b"]',
      'intend terraform_data.item["a"]',
      'intend terraform_data.item["b"]',
    ]);
    expect(step.progressed.at(-1)).toMatch(/^2\/2 /);
    await terraformDriver.tidy(step);
    expect(fs.existsSync(path.join(step.workDir, "control"))).toBe(false);
    expect(await terraformDriver.drift?.(step, [])).toEqual([]);
    expect((await terraformDriver.remaining(step, [])).remaining.map(({ address }) => address).sort()).toEqual([
      'terraform_data.item["a"]',
      'terraform_data.item["b"]',
    ]);
    await terraformDriver.destroy(step, []);
    expect(step.journalled).toContain('destroyed terraform_data.item["b"]');
    expect(await terraformDriver.remaining(step, [])).toEqual({ verified: true, remaining: [] });
    await terraformDriver.clear(step);
    expect(fs.existsSync(step.workDir)).toBe(false);
  });

  test("an error of the author is said with file and line", async () => {
    const step = stepOf({}, { "terraform/main.tf": 'output "x" { value = var.missing }' });
    await expect(terraformDriver.plan(step, [])).rejects.toThrow("Reference to undeclared input variable");
    expect(step.lines.join("\n")).toContain("(main.tf:1:");
  });

  test("a plan is refused once the state has moved", async () => {
    const step = stepOf();
    const planned = await terraformDriver.plan(step, []);
    fs.copyFileSync(planned.file!, `${planned.file}.kept`);
    await terraformDriver.apply(step, planned);
    fs.copyFileSync(`${planned.file}.kept`, planned.file!);
    await expect(terraformDriver.apply(step, planned)).rejects.toThrow("Saved plan is stale");
  });

  test("cancelled while it applies, it stops politely and what was done is kept", async () => {
    const controller = new AbortController();
    const slow = `
resource "terraform_data" "fast" {}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.fast]
  provisioner "local-exec" { command = "sleep 60" }
}`;
    const step = scriptedStep(grainOf("terraform", {}), { files: { "main.tf": slow }, signal: controller.signal });
    const log = step.log;
    step.log = (level, text) => {
      log(level, text);
      if (text.includes("slow: Provisioning")) controller.abort();
    };
    const planned = await terraformDriver.plan(step, []);
    await expect(terraformDriver.apply(step, planned)).rejects.toThrow("Cancelled.");
    const after = { ...step, signal: new AbortController().signal };
    await terraformDriver.destroy(after, []);
    expect(await terraformDriver.remaining(after, [])).toEqual({ verified: true, remaining: [] });
  });

  test("what a plan takes into the state is on record like what it makes", async () => {
    const imported = `
import {
  to = terraform_data.there
  id = "there-1"
}
resource "terraform_data" "there" {}`;
    const step = stepOf({ items: "[]" }, { "terraform/main.tf": module + imported });
    await terraformDriver.apply(step, await terraformDriver.plan(step, []));
    expect(step.journalled).toEqual(["intend terraform_data.there", "confirm terraform_data.there"]);
  });

  test("what a killed run had begun is known to its heir", async () => {
    const step = stepOf();
    await terraformDriver.plan(step, []);
    const hook = (type: string, action = "create") =>
      JSON.stringify({
        type,
        hook: {
          resource: { addr: "aws_s3_bucket.logs", resource_type: "aws_s3_bucket", resource_name: "logs" },
          action,
        },
      });
    fs.writeFileSync(streamFile(step), `${hook("apply_start")}\n`);
    await terraformDriver.plan(step, []);
    const aside = ["intend aws_s3_bucket.logs (interrupted)", "destroyed aws_s3_bucket.logs"];
    expect(step.journalled).toEqual(["intend aws_s3_bucket.logs", ...aside]);
    const known = [
      {
        address: "aws_s3_bucket.logs",
        state: "intended" as const,
        type: "aws_s3_bucket",
        name: "logs",
        cloudId: null,
        region: null,
        attributes: {},
      },
    ];
    expect((await terraformDriver.remaining(step, known)).remaining).toMatchObject([
      { address: "aws_s3_bucket.logs", reason: expect.stringContaining("does not know it") },
    ]);
    await terraformDriver.plan(step, known);
    expect(step.journalled.slice(3)).toEqual(aside);
  });
});

describe("what Gantry adds to a module", () => {
  const overrides = async (files: Record<string, string>) => {
    const step = scriptedStep(grainOf("terraform", {}), {
      files,
      tags: { "gantry-environment": "e1", owner: `\${nobody}` },
      stateBackend: {
        address: "http://127.0.0.1:1/s",
        lockAddress: "http://127.0.0.1:1/l",
        username: "1",
        password: "pw-of-the-run",
      },
    });
    const { module: folder } = await prepareTerraform(step);
    const read = (name: string) =>
      fs.existsSync(path.join(folder, name)) ? JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) : null;
    return { override: read("~gantry_override.tf.json"), added: read("gantry_providers.tf.json"), folder };
  };

  test("state goes to the portal, and no secret of it gets into a file", async () => {
    const { override, folder } = await overrides({ "main.tf": "" });
    expect(override).toEqual({ terraform: { backend: { http: {} } } });
    expect(
      fs
        .readdirSync(folder)
        .map((name) => (name === "tmp" ? "" : fs.readFileSync(path.join(folder, name), "utf8")))
        .join(),
    ).not.toContain("pw-of");
  });

  test("tags are merged into every AWS provider over the author's, which stay", async () => {
    const { override, added } = await overrides({
      "main.tf": `
provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { team = "a" } }
}
provider "aws" {
  alias = "us"
  default_tags { tags = merge(local.tags, { b = "c" }) }
}`,
    });
    expect(override.provider.aws).toEqual([
      { default_tags: [{ tags: { team: "a", "gantry-environment": "e1", owner: `$\${nobody}` } }] },
      {
        alias: "us",
        default_tags: [
          { tags: expect.stringMatching(/^\$\{merge\(try\(\{ for .* in merge\(local\.tags, .*jsondecode\(.*\)\)\}$/) },
        ],
      },
    ]);
    expect(added).toBeNull();
  });

  test("a module without a provider block gets one", async () => {
    const { added } = await overrides({ "main.tf": 'resource "aws_s3_bucket" "b" {}' });
    expect(added.provider.aws).toEqual([
      { default_tags: [{ tags: { "gantry-environment": "e1", owner: `$\${nobody}` } }] },
    ]);
  });

  test("an author's file can't come after ours", async () => {
    await expect(overrides({ "~z_override.tf": "" })).rejects.toThrow(/would override what Gantry sets/);
  });
});

describe("without the command line", () => {
  beforeEach(() => {
    vi.spyOn(config(), "shellPath", "get").mockReturnValue("/nowhere");
  });

  test.each(["terraform", "opentofu"] as const)("a %s grain says what to install", async (kind) => {
    const step = scriptedStep(grainOf(kind, {}), { files: { "main.tf": "" } });
    await expect(drivers[kind].plan(step, [])).rejects.toMatchObject({
      code: "unavailable",
      remedy: expect.stringMatching(/^Install .*tofu/),
    });
  });
});
