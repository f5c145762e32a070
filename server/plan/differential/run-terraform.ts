import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Plan } from "#server/plan/plan.ts";
import { readPlan } from "#server/plan/read-plan.ts";
import { findProviderMirror, mirrorSettings, noProviderMirror } from "./provider-mirror.ts";

/** A Terraform CLI with the AWS provider at hand, set up once for any number of modules. */
export type TerraformBench = { plan(moduleDir: string): RealOutcome; version: string; close(): void };
export type RealOutcome = { plan: Plan } | { failure: string };

const awsVersion = "5.100.0";

/** Why there is no bench on this machine, or undefined where there is one. */
export function missingForBench(path: string): string | undefined {
  if (!findTerraform(path)) return "terraform is not on PATH";
  if (!findProviderMirror(awsVersion)) return `version ${awsVersion}: ${noProviderMirror}`;
  return undefined;
}

function findTerraform(path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, "terraform"))
    .find((file) => existsSync(file));
}

/** Initialises the provider once; later plans only install their local modules. */
export function openBench(path: string): TerraformBench {
  const binary = findTerraform(path)!;
  const folder = mkdtempSync(join(tmpdir(), "gantry-differential-"));
  const config = join(folder, "cli.tfrc");
  writeFileSync(config, mirrorSettings(findProviderMirror(awsVersion)!));
  const base = join(folder, "base");
  mkdirSync(base);
  writeFileSync(join(base, "main.tf"), requirement);
  const env: Record<string, string> = {
    PATH: path,
    HOME: folder,
    TF_CLI_CONFIG_FILE: config,
    TF_DATA_DIR: join(folder, "data"),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const run = (cwd: string, args: readonly string[]) =>
    spawnSync(binary, args, {
      cwd,
      env: env as NodeJS.ProcessEnv,
      encoding: "utf8",
      maxBuffer: 200_000_000,
      timeout: 180_000,
    });
  const started = run(base, ["init", "-input=false", "-no-color"]);
  if (started.status !== 0) throw new Error(`terraform init failed: ${started.stderr}`);
  const version = (JSON.parse(run(base, ["version", "-json"]).stdout) as { terraform_version: string })
    .terraform_version;
  return {
    version,
    plan: (moduleDir) => planReally({ moduleDir, folder, base, run }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const requirement = `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "${awsVersion}"\n    }\n  }\n}\n`;

type Run = (cwd: string, args: readonly string[]) => { status: number | null; stdout: string; stderr: string };
type Planning = { moduleDir: string; folder: string; base: string; run: Run };

function planReally({ moduleDir, folder, base, run }: Planning): RealOutcome {
  const work = join(folder, "work");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(dirname(work), { recursive: true });
  cpSync(moduleDir, work, { recursive: true });
  cpSync(join(base, ".terraform.lock.hcl"), join(work, ".terraform.lock.hcl"));
  const steps = [
    ["get", "-no-color"],
    ["plan", "-refresh=false", "-input=false", "-no-color", "-lock=false", "-out=plan.bin"],
    ["show", "-json", "plan.bin"],
  ];
  let output = "";
  for (const step of steps) {
    const done = run(work, step);
    if (done.status !== 0) return { failure: done.stderr.trim() || done.stdout.trim() };
    output = done.stdout;
  }
  return { plan: readPlan(output) };
}
