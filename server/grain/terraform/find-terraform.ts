import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { findFirst } from "#server/blueprint/catalog/find-program.ts";
import { config } from "#server/config.ts";
import { Problem } from "#server/errors.ts";

export type TerraformKind = "terraform" | "opentofu";
export type TerraformCli = { path: string; version: string };

/** The oldest version whose plan JSON and saved plans we rely on. */
const oldest = [1, 4];
const answerMs = 20_000;
const Version = z.object({ terraform_version: z.string() });

const found = new Map<string, TerraformCli>();

/** The names a program goes by, best first: a configured one before what is on the PATH. */
function namesFor(kind: TerraformKind): string[] {
  const { TERRAFORM_BIN: own } = config();
  if (kind === "terraform") return own ? [own] : ["terraform", "tofu"];
  // Terraform does not read all that is written for OpenTofu.
  return own && path.basename(own).includes("tofu") ? [own] : ["tofu"];
}

/** The command line that runs such grains here, or null: then they can't be offered on this host. */
export async function findTerraform(kind: TerraformKind): Promise<TerraformCli | null> {
  const file = findFirst(namesFor(kind));
  if (!file) return null;
  const known = `${file} ${fs.statSync(file).mtimeMs}`;
  const cli = found.get(known) ?? { path: file, version: await askVersion(file) };
  found.set(known, cli);
  return cli;
}

export type TerraformStatus = {
  kind: TerraformKind;
  path: string | null;
  version: string | null;
  problem: string | null;
};

/** What this host has for either kind of grain, and what to do where it is not enough. */
export async function showTerraform(kind: TerraformKind): Promise<TerraformStatus> {
  try {
    const { path: file, version } = await requireTerraform(kind);
    return { kind, path: file, version, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const remedy = error.remedy ? ` ${error.remedy}` : "";
    return { kind, path: null, version: null, problem: `${error.message}${remedy}` };
  }
}

/** The same, or a Problem that names what to install. */
export async function requireTerraform(kind: TerraformKind): Promise<TerraformCli> {
  const cli = await findTerraform(kind);
  const program = kind === "terraform" ? "Terraform (`terraform`) or OpenTofu (`tofu`)" : "OpenTofu (`tofu`)";
  const remedy = `Install ${program} ${oldest.join(".")} or later on the worker's PATH, or set TERRAFORM_BIN to its path.`;
  if (!cli) throw new Problem("unavailable", `The worker finds no program for ${kind} grains.`, { remedy });
  const [major = 0, minor = 0] = cli.version.split(".").map(Number);
  if (major < oldest[0]! || (major === oldest[0] && minor < oldest[1]!))
    throw new Problem("unavailable", `${cli.path} is version ${cli.version}, which is too old.`, { remedy });
  return cli;
}

async function askVersion(file: string): Promise<string> {
  const env = { PATH: config().shellPath, CHECKPOINT_DISABLE: "1" } as unknown as NodeJS.ProcessEnv;
  try {
    const { stdout } = await promisify(execFile)(file, ["version", "-json"], { env, timeout: answerMs });
    return Version.parse(JSON.parse(stdout)).terraform_version;
  } catch (cause) {
    const text = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
    throw new Problem("unavailable", `${file} does not answer as Terraform does: ${text}`, {
      remedy: "Set TERRAFORM_BIN to the path of a working terraform or tofu program.",
    });
  }
}
