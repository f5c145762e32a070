import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import type { ShellCommand } from "./blueprint.ts";
import { parseBlueprint } from "./parse-blueprint.ts";
import { renderGrain } from "./render.ts";
import { readFolder } from "./revision/read-folder.ts";

const root = path.resolve(import.meta.dirname, "../..");
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

/** One environment's grain, run by hand the way the shell driver runs it. */
function stage(name: string, inputs: Record<string, string>) {
  const files = readFolder(path.join(root, "blueprints", name));
  const { blueprint } = parseBlueprint(files, { name });
  const [grain] = blueprint?.grains ?? [];
  if (!blueprint || !grain) throw new Error("no grain");
  const values = Object.fromEntries(blueprint.inputs.map((input) => [input.name, input.default ?? ""]));
  const { spec } = renderGrain(grain, { inputs: { ...values, ...inputs } });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  const stateDir = path.join(folder, "state");
  const workDir = path.join(folder, "work");
  fs.cpSync(path.join(root, "blueprints", name), workDir, { recursive: true });
  fs.mkdirSync(stateDir);
  const env = {
    ...spec.envVars,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: workDir,
    GANTRY_STATE_DIR: stateDir,
    GANTRY_NODE: process.execPath,
    GANTRY_HOME: root,
    GANTRY_ENVIRONMENT_NAME: "<b>demo</b>",
    GANTRY_OUTPUTS: path.join(folder, "outputs"),
    GANTRY_SENSITIVE_OUTPUTS: path.join(folder, "sensitive"),
  };
  const run = (commands: ShellCommand[]) => {
    fs.writeFileSync(env.GANTRY_OUTPUTS, "");
    fs.writeFileSync(env.GANTRY_SENSITIVE_OUTPUTS, "");
    const text = commands.map(({ command }) => command).join("\n");
    const options = { cwd: workDir, env: env as unknown as NodeJS.ProcessEnv, encoding: "utf8" as const };
    return spawnSync("bash", ["-euo", "pipefail", "-c", text], options);
  };
  const read = (file: string) =>
    Object.fromEntries(
      fs
        .readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  const { deploy, destroy, check } = spec.activities;
  undo.push(() => {
    run(destroy);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return {
    stateDir,
    deploy: () => {
      const { status, stdout, stderr } = run(deploy);
      const [outputs, secrets] = [read(env.GANTRY_OUTPUTS), read(env.GANTRY_SENSITIVE_OUTPUTS)];
      return { status, printed: stdout + stderr, outputs, secrets };
    },
    destroy: () => run(destroy).status,
    check: () => run(check).status,
    /** Kills as a crash would, and returns once nothing is left. */
    killServer: () => {
      const servers = () => {
        const lines = execFileSync("ps", ["-axo", "pid=,stat=,command="], { encoding: "utf8" }).split("\n");
        return lines.filter((line) => line.includes(stateDir) && !/^\s*\d+\s+Z/.test(line)).map(Number.parseFloat);
      };
      const killed = servers();
      for (const pid of killed) process.kill(pid, "SIGKILL");
      while (servers().length > 0);
      return killed.length;
    },
  };
}

describe("web preview", { timeout: 120_000 }, () => {
  test("serves its page as text, outlives the command, is adopted, noticed when dead, and leaves nothing", async () => {
    const preview = stage("web-preview", { title: "<script>alert(1)</script>", message: "a\nb", theme: "dark" });
    const first = preview.deploy();
    expect(first.status, first.printed).toBe(0);
    const page = await (await fetch(first.outputs.url ?? "")).text();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain("<b>demo");
    expect(preview.check()).toBe(0);
    expect(preview.deploy().outputs.instance).toBe(first.outputs.instance);
    expect(preview.killServer()).toBe(1);
    expect(preview.check()).toBe(3);
    expect(preview.deploy().status).toBe(0);
    expect(preview.check()).toBe(0);
    expect(preview.destroy()).toBe(0);
    expect(preview.check()).toBe(3);
    expect(preview.killServer()).toBe(0);
  });

  test("does not take another program on its port for the server", async () => {
    const preview = stage("web-preview", {});
    const port = Number(preview.deploy().outputs.port);
    preview.killServer();
    const other = http.createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    undo.push(() => other.close());
    expect(preview.check()).toBe(3);
    expect(preview.destroy()).toBe(0);
    expect(other.listening).toBe(true);
  });

  test("serves nothing from outside its folder", async () => {
    const preview = stage("web-preview", {});
    const { port } = preview.deploy().outputs;
    const ask = (target: string) =>
      new Promise<number>((resolve) => {
        http.get({ host: "127.0.0.1", port, path: target }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
      });
    for (const target of ["/../server.json", "/..%2fserver.json", "/%2e%2e/server.json", "//etc/passwd"])
      expect(await ask(target)).toBe(404);
  });
});

describe("PostgreSQL database", { timeout: 120_000 }, () => {
  test("gives credentials that work and are never printed, keeps data over a repair, and deletes all at the end", async () => {
    const database = stage("postgres-database", { database: "shop" });
    const first = database.deploy();
    expect(first.status, first.printed).toBe(0);
    expect(first.printed).not.toContain(first.secrets.password);
    const ask = async (dsn: string | undefined, statement: string) => {
      const client = new pg.Client({ connectionString: dsn });
      await client.connect();
      return client.query(statement).finally(() => client.end());
    };
    await ask(first.secrets.dsn, "create table kept (id int)");
    const rights = await ask(first.secrets.dsn, "select rolsuper, rolcreatedb from pg_roles where rolname = 'shop'");
    expect(rights.rows).toEqual([{ rolsuper: false, rolcreatedb: false }]);
    const wrong = (first.secrets.dsn ?? "").replace(/:[^:@]+@/, ":wrong@");
    await expect(ask(wrong, "select 1")).rejects.toThrow("authentication failed");
    await expect(ask((first.secrets.dsn ?? "").replace(/shop$/, "postgres"), "select 1")).rejects.toThrow("denied");
    expect(database.check()).toBe(0);
    expect(database.killServer()).toBeGreaterThan(0);
    expect(database.check()).toBe(3);
    const again = database.deploy();
    expect(again.secrets.password).toBe(first.secrets.password);
    expect((await ask(again.secrets.dsn, "select * from kept")).rowCount).toBe(0);
    expect(database.destroy()).toBe(0);
    expect(database.check()).toBe(3);
    expect(fs.readdirSync(database.stateDir)).toEqual([]);
  });
});
