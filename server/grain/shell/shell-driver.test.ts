import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { command, grainOf, type ScriptedStep, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { prepareFolders, takeFolders } from "#server/grain/work-folder.ts";
import { shellDriver } from "./shell-driver.ts";

const nothing = { plan: null, summary: "" };
const deploy = (step: ScriptedStep) => shellDriver.apply(step, nothing);
const shell = (deploy: ReturnType<typeof command>[], more: { destroy?: string[]; check?: string[] } = {}) =>
  grainOf("shell", {
    activities: {
      deploy,
      destroy: (more.destroy ?? []).map((text) => command(text)),
      check: (more.check ?? []).map((text) => command(text)),
    },
  });
const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};
const written = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
const until = async (condition: () => boolean) => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
};

test("commands see inputs and nothing of the portal's own environment", async () => {
  process.env.GANTRY_TEST_CANARY = "canary";
  const step = scriptedStep(shell([command("env | sort")]), { environmentInputs: { "instance type": "t3; rm -rf /" } });
  await deploy(step);
  const log = step.lines.join("\n");
  expect(log).toContain("INPUT_INSTANCE_TYPE=t3; rm -rf /");
  expect(log).toContain("GANTRY_ENVIRONMENT_REF=env-1");
  expect(log).not.toMatch(/canary|DATABASE_URL|GANTRY_SECRET_KEY/);
});

test("variables of the blueprint can't replace the portal's own or those of the loader", async () => {
  const grain = shell([command("env")]);
  grain.spec.envVars = { LD_PRELOAD: "/tmp/x.so", GANTRY_STATE_DIR: "/etc", COLOUR: "red" };
  const step = scriptedStep(grain);
  await deploy(step);
  expect(step.lines.join("\n")).toContain("COLOUR=red");
  expect(step.lines.join("\n")).not.toMatch(/LD_PRELOAD|GANTRY_STATE_DIR=\/etc/);
});

test("outputs come from the outputs files and from exported variables; generated secrets are masked at once", async () => {
  const grain = shell([
    command('echo "url=http://localhost:1" >> "$GANTRY_OUTPUTS"; printf "cert<<E\\na\\nb\\nE\\n" >> "$GANTRY_OUTPUTS"'),
    command('echo "password=correct-horse" >> "$GANTRY_SENSITIVE_OUTPUTS"; echo "made correct-horse"'),
    command('export size=7; echo "it\'s fine"', "probe", ["size"]),
  ]);
  const step = scriptedStep(grain);
  const { outputs } = await deploy(step);
  expect(outputs).toEqual({
    url: { value: "http://localhost:1", sensitive: false },
    cert: { value: "a\nb", sensitive: false },
    size: { value: "7", sensitive: false },
    password: { value: "correct-horse", sensitive: true },
  });
  expect(step.lines).toContain("info: made [redacted]");
  expect(step.journalled).toEqual(["intend shell.web", "confirm shell.web"]);
  expect(fs.existsSync(path.join(step.workDir, "control"))).toBe(false);
});

test("the first failing command ends the step with its last line", async () => {
  const step = scriptedStep(shell([command("false | true; echo never"), command("echo never")]));
  await expect(deploy(step)).rejects.toThrow("Command 1 of 2 ended with exit code 1");
  expect(step.lines.join()).not.toContain("never");
  const named = scriptedStep(shell([command("echo 'no such bucket' >&2; exit 4", "upload")]));
  await expect(deploy(named)).rejects.toThrow('Command "upload" ended with exit code 4: no such bucket');
});

test("a command that takes too long is stopped with everything it started in its group", async () => {
  const grain = shell([command('sleep 300 & echo $! > "$GANTRY_STATE_DIR/pid"; wait')]);
  grain.spec.extra = { timeout: 0.01 };
  const step = scriptedStep(grain);
  await expect(deploy(step)).rejects.toThrow(/took longer than 1 seconds/);
  const pid = Number(fs.readFileSync(path.join(step.stateDir, "pid"), "utf8"));
  await until(() => !lives(pid));
});

test("a cancelled step stops, one that ignores the polite signal is killed after the grace", {
  timeout: 20_000,
}, async () => {
  const controller = new AbortController();
  const step = scriptedStep(shell([command('trap "" TERM; echo started; while :; do sleep 0.1; done')]), {
    signal: controller.signal,
    log: (_, text) => text === "started" && controller.abort(),
  });
  await expect(deploy(step)).rejects.toThrow("Cancelled.");
});

test("a server detached by deploy outlives the step, is checked, and is gone after destroy", async () => {
  const grain = shell([command('setsid sleep 300 > /dev/null 2>&1 < /dev/null & echo $! > "$GANTRY_STATE_DIR/pid"')], {
    destroy: ['kill "$(cat "$GANTRY_STATE_DIR/pid")"'],
    check: [
      'grep -q "^State:[^Z]*$" "/proc/$(cat "$GANTRY_STATE_DIR/pid")/status" 2> /dev/null || { echo "no process"; exit 3; }',
    ],
  });
  const step = scriptedStep(grain);
  const known = [
    {
      address: "shell.web",
      type: "shell",
      name: "web",
      cloudId: null,
      region: null,
      attributes: {},
      state: "created" as const,
    },
  ];
  await deploy(step);
  expect(await shellDriver.drift?.(step, known)).toEqual([]);
  expect(await shellDriver.remaining(step, known)).toEqual({
    verified: true,
    remaining: [{ address: "shell.web", reason: "It still answers." }],
  });
  await shellDriver.destroy(step, known);
  await until(() => !lives(Number(fs.readFileSync(path.join(step.stateDir, "pid"), "utf8"))));
  expect(await shellDriver.drift?.(step, known)).toEqual([
    { address: "shell.web", field: "alive", expected: true, actual: "no process", gone: true },
  ]);
  expect(await shellDriver.remaining(step, known)).toEqual({ verified: true, remaining: [] });
  await shellDriver.clear(step);
  expect(fs.existsSync(step.workDir)).toBe(false);
});

test("a command that a dead worker left running is ended before its work is tried again", async () => {
  const step = scriptedStep(shell([command("echo again")]));
  fs.mkdirSync(path.join(step.workDir, "control"), { recursive: true });
  const left = spawn("sh", ["-c", 'echo $$ > "$1"; sleep 300', "sh", path.join(step.workDir, "control/pid")], {
    detached: true,
    stdio: "ignore",
  });
  // The file is there before the number is in it.
  await until(() => written(path.join(step.workDir, "control/pid")).endsWith("\n"));
  await deploy(step);
  await until(() => !lives(left.pid ?? 0));
  expect(step.lines[0]).toMatch(/earlier, interrupted attempt/);
});

test("a stranger who has got the number of a dead worker's command is left alone", async () => {
  const step = scriptedStep(shell([command("echo again")]));
  fs.mkdirSync(path.join(step.workDir, "control"), { recursive: true });
  const stranger = spawn("sleep", ["300"], { detached: true, stdio: "ignore" });
  const { pid = 0 } = stranger;
  fs.writeFileSync(path.join(step.workDir, "control/pid"), String(pid));
  await deploy(step);
  expect(lives(pid)).toBe(true);
  expect(step.lines.join()).not.toMatch(/interrupted attempt/);
  stranger.kill("SIGKILL");
});

test("a worker whose step was taken over removes nothing of its heir's", async () => {
  const step = scriptedStep(shell([]));
  takeFolders({ ...step, holder: "heir" });
  const { secret } = prepareFolders(step);
  await shellDriver.tidy(step);
  await shellDriver.clear(step);
  expect([fs.existsSync(secret), fs.existsSync(step.workDir)]).toEqual([true, true]);
  await shellDriver.tidy({ ...step, holder: "heir" });
  expect(fs.existsSync(secret)).toBe(false);
});

test("commands report progress and name resources", async () => {
  const step = scriptedStep(
    shell([command('echo "::progress 2/3 copying"; echo "::resource process web-server 4711"')]),
  );
  await deploy(step);
  expect(step.progressed).toContain("2/3 copying");
  expect(step.journalled).toContain("confirm process.web-server");
  expect(step.lines.join()).not.toContain("::");
});

test("a blueprint's file can't be written outside its folder", async () => {
  const step = scriptedStep(shell([]), { files: { "../../escape": "x" } });
  await expect(deploy(step)).rejects.toThrow(/leads out of the blueprint's folder/);
});
