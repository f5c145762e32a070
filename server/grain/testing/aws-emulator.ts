import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { findProgram } from "#server/blueprint/catalog/find-program.ts";
import { findCliConfig } from "#server/grain/terraform/cli-config.ts";
import { findProviderMirror, mirrorSettings, noProviderMirror } from "#server/plan/differential/provider-mirror.ts";

const program = "moto_server";

/** Credentials that the emulator takes; it checks none. */
export const emulatorCredentials = { accessKeyId: "AKIAEMULATOREXAMPLE0", secretAccessKey: "emulator/secret+key/0000" };

/** Something the emulator holds, as it tells itself: service, kind of thing, and its attributes. */
export type Emulated = { service: string; model: string; attributes: Record<string, unknown> };

export type AwsEmulator = {
  /** Base address for every service, for `AWS_ENDPOINT_URL`. */
  endpoint: string;
  pid: number;
  /** Everything it holds now, its own defaults (networks, key aliases) included. */
  contents(): Promise<Emulated[]>;
  /** Forgets everything. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** What this machine lacks for Terraform against the emulator, or undefined where nothing is missing. */
export function missingForEmulator(): string | undefined {
  if (!findProgram("terraform")) return "terraform is not on the PATH";
  if (!findProgram(program)) return `${program} (Python package moto[server]) is not on the PATH`;
  if (!findProviderMirror() && !findCliConfig().file) return noProviderMirror;
  return undefined;
}

/**
 * Writes a Terraform CLI configuration that takes providers from this machine, for `TF_CLI_CONFIG_FILE`. Returns its path,
 * or that of the configuration that is there already.
 */
export function writeCliConfig(folder: string): string {
  const own = findCliConfig().file;
  if (own) return own;
  const file = path.join(folder, "terraform.tfrc");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, mirrorSettings(findProviderMirror() ?? ""));
  return file;
}

/** Starts an AWS API emulator on a free port of this machine and waits until it listens. */
export async function startAwsEmulator(): Promise<AwsEmulator> {
  // Port 0: the system gives a free one, and nobody can take it in between.
  const command = [findProgram(program) ?? program, "-H", "127.0.0.1", "-p", "0"];
  // `env` adds to this process's variables and becomes the program; AWS's own IAM policies exist as in any account.
  const running = spawn("env", ["MOTO_IAM_LOAD_MANAGED_POLICIES=true", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => running.once("close", () => resolve()));
  const endpoint = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    // It says where it listens among its warnings, and every request from then on.
    for (const stream of [running.stdout, running.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
        if (address) resolve(address);
        else if (said.length < 20) said.push(line);
      });
    running.once("error", reject);
    running.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${said.join("\n")}`)));
  });
  return {
    endpoint,
    pid: running.pid ?? 0,
    contents: () => listContents(endpoint),
    reset: async () => void (await fetch(`${endpoint}/moto-api/reset`, { method: "POST" })),
    close: async () => {
      running.kill("SIGTERM");
      await ended;
    },
  };
}

const Contents = z.record(z.string(), z.record(z.string(), z.array(z.record(z.string(), z.unknown()))));

async function listContents(endpoint: string): Promise<Emulated[]> {
  const answer = await fetch(`${endpoint}/moto-api/data.json`);
  const services = Contents.parse(await answer.json());
  return Object.entries(services).flatMap(([service, models]) =>
    Object.entries(models).flatMap(([model, things]) => things.map((attributes) => ({ service, model, attributes }))),
  );
}
