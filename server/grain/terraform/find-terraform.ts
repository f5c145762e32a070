import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { config } from "#server/config.ts";
import { Problem } from "#server/errors.ts";

export type TerraformKind = "terraform" | "opentofu";
export type TerraformCli = { path: string; version: string };

/** The oldest version whose plan JSON and saved plans we rely on. */
const oldest = [1, 4];
const answerMs = 20_000;
const Version = z.object({ terraform_version: z.string() });

const found = new Map<string, TerraformCli>();

/** The command line that runs such grains here, or null: then they can't be offered on this host. */
export async function findTerraform(kind: TerraformKind): Promise<TerraformCli | null> {
  const { TERRAFORM_BIN, shellPath } = config();
  const names = kind === "terraform" ? ["terraform", "tofu"] : ["tofu"];
  const candidates = TERRAFORM_BIN
    ? [TERRAFORM_BIN]
    : names.flatMap((name) => shellPath.split(path.delimiter).map((folder) => path.join(folder, name)));
  const file = candidates.find(isProgram);
  if (!file) return null;
  const known = `${file} ${fs.statSync(file).mtimeMs}`;
  const cli = found.get(known) ?? { path: file, version: await askVersion(file) };
  found.set(known, cli);
  return cli;
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

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
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
