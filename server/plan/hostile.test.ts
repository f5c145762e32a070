import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildStaticPlan } from "./plan.ts";
import { PlanError } from "./plan-error.ts";

const plan = (text: string, more: Record<string, string> = {}) =>
  buildStaticPlan({ files: new Map(Object.entries({ "main.tf": text, ...more })), limits: { maxMilliseconds: 5_000 } });

const doubling = Array.from(
  { length: 40 },
  (_, index) => `  v${index + 1} = concat(local.v${index}, local.v${index})`,
).join("\n");
const growing = Array.from(
  { length: 60 },
  (_, index) => `  s${index + 1} = "\${local.s${index}}\${local.s${index}}"`,
).join("\n");
const chain = Array.from({ length: 5_000 }, (_, index) => `  c${index} = local.c${index + 1}`).join("\n");

describe("hostile HCL ends in a message, soon", () => {
  test.each([
    ["lists that double", `locals {\n  v0 = ["a"]\n${doubling}\n}\noutput "o" { value = local.v40 }`],
    ["strings that double", `locals {\n  s0 = "aaaaaaaa"\n${growing}\n}\noutput "o" { value = local.s60 }`],
    [
      "a product of everything",
      'locals { r = range(1000) }\noutput "o" { value = setproduct(local.r, local.r, local.r, local.r) }',
    ],
    [
      "nested loops",
      `output "o" { value = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]] }`,
    ],
    ["a million resources", 'resource "terraform_data" "a" { count = 1000000 }'],
    ["deep parentheses", `output "o" { value = ${"(".repeat(100_000)}1${")".repeat(100_000)} }`],
    ["deep lists", `output "o" { value = ${"[".repeat(50_000)}${"]".repeat(50_000)} }`],
    ["deep blocks", "a {\n".repeat(20_000)],
    ["deep templates", `output "o" { value = ${'"${'.repeat(20_000)}1${'}"'.repeat(20_000)} }`],
    ["a long chain of minus signs", `output "o" { value = ${"-".repeat(100_000)}1 }`],
    ["a chain of locals", `locals {\n  c5000 = 1\n${chain}\n}\noutput "o" { value = local.c0 }`],
    ["a huge padding", 'output "o" { value = format("%999999999d", 1) }'],
    ["a huge power", 'output "o" { value = pow(10, 400) }'],
    ["a huge number", `output "o" { value = 1e99999 }`],
    [
      "an alias bomb",
      `output "o" { value = yamldecode(<<E\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\nE\n) }`,
    ],
    ["deep JSON", 'output "o" { value = jsondecode(join("", [for i in range(1000) : "["])) }'],
    ["a recursive template", 'output "o" { value = templatefile("t.tftpl", {}) }'],
    ["a module that calls itself", 'module "m" { source = "./" }'],
    ["a file outside of the source", 'output "o" { value = file("/etc/passwd") }'],
    ["a path that climbs out", 'output "o" { value = file("../../../../etc/passwd") }'],
    ["a module outside of the source", 'module "m" { source = "../../other" }'],
  ])("%s", async (_, text) => {
    const began = performance.now();
    await expect(plan(text, { "t.tftpl": '${templatefile("t.tftpl", {})}' })).rejects.toBeInstanceOf(PlanError);
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  test("a pattern that would take for ever elsewhere takes no time", async () => {
    const made = await plan(
      'output "o" { value = can(regex("^(a+)+$", join("", [for i in range(1000) : i == 999 ? "b" : "a"]))) }',
    );
    expect(made.output_changes?.o?.after).toBe(false);
  });

  test("a key named __proto__ stays an ordinary key", async () => {
    const made = await plan('output "o" { value = { __proto__ = { polluted = true }, constructor = 1 } }');
    expect(Object.keys(made.output_changes?.o?.after as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("try() does not swallow a limit", async () => {
    await expect(
      plan('output "o" { value = try([for a in range(1000) : setproduct(range(1000), range(1000))], "fallback") }'),
    ).rejects.toThrow(/stopped/);
  });

  test("a symbolic link that leads out of the folder is not read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gantry-plan-"));
    try {
      writeFileSync(join(folder, "main.tf"), 'output "o" { value = fileexists("secret.txt") }');
      symlinkSync("/etc/hostname", join(folder, "secret.txt"));
      const made = await buildStaticPlan({ sourceDir: folder });
      expect(made.output_changes?.o?.after).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("errors name the place and the remedy", () => {
  test.each([
    'timeadd(var.s, "1h")',
    "{ a = 1 }[var.s]",
    "jsondecode(var.s)",
    "tonumber(var.s)",
    'regex("^[0-9]+$", var.s)',
  ])("but never a secret: %s", async (expression) => {
    const text = `variable "s" {\n  sensitive = true\n  default = "hunter22-secret"\n}\noutput "o" {\n  sensitive = true\n  value = ${expression}\n}`;
    const error = await plan(text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PlanError);
    expect(JSON.stringify([(error as PlanError).located, error])).not.toContain("hunter22");
  });

  test.each([
    ["a missing brace", 'resource "a" "b" {\n  x = 1\n', /never closed/, 1, 19],
    ["a typo in a reference", 'locals { a = 1 }\noutput "o" {\n  value = local.b\n}', /no local value "b"/, 3, 16],
    ["a wrong argument", 'output "o" {\n  value = upper([])\n}', /upper\(\): argument 1/, 2, 11],
    [
      "an attribute that is missing",
      'locals { o = { a = 1 } }\noutput "x" { value = local.o.b }',
      /no attribute "b"/,
      2,
      29,
    ],
    ["a string that runs on", 'output "o" { value = "abc\n" }', /cannot continue on the next line/, 1, 26],
  ])("%s", async (_, text, message, line, column) => {
    const error = await plan(text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PlanError);
    expect(error).toMatchObject({
      file: "main.tf",
      line,
      column,
      code: "bad_input",
      message: expect.stringMatching(message),
    });
  });
});
