import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "./fixtures.ts";

/** The verifier at the shell, as an auditor runs it: its exit code and what it says. */
function verify(file: string): { code: number; said: string } {
  try {
    return {
      code: 0,
      said: execFileSync(process.execPath, ["--import", "tsx", "server/command/verify-audit.ts", file], {
        encoding: "utf8",
        stdio: "pipe",
      }),
    };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, said: stdout + stderr };
  }
}

test("the trail is found by search, exported, verified offline, and a flipped byte is named", async ({
  visit,
}, info) => {
  const audrey = await visit();
  await audrey.signIn("audrey");
  await audrey.open(`audit?q=${encodeURIComponent("action:approval.*")}`);
  await expect(audrey.page.getByRole("row").nth(1)).toBeVisible();

  const download = audrey.page.waitForEvent("download");
  await audrey.page.getByRole("link", { name: /JSON/ }).click();
  const file = info.outputPath("export.jsonl");
  await (await download).saveAs(file);
  const good = verify(file);
  expect(good.said).toContain("consistent");
  expect(good.code).toBe(0);

  const bytes = fs.readFileSync(file);
  const lines = bytes.toString("utf8").split("\n");
  const middle = Math.floor(lines.length / 2);
  const at = lines.slice(0, middle).join("\n").length + 40;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const broken = path.join(path.dirname(file), "broken.jsonl");
  fs.writeFileSync(broken, bytes);
  const bad = verify(broken);
  expect(bad.code).not.toBe(0);
  expect(bad.said).toMatch(/#?\d+/);
});
