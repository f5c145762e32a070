import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { roles } from "#server/actor.ts";
import { ownPermissions, type Permission, permissions } from "#server/auth/permissions.ts";
import { lifecycle } from "#server/environment/lifecycle.ts";
import { readPolicyFolder } from "#server/policy/load-policies.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const rowOf = (text: string, first: string) => text.split("\n").find((line) => line.startsWith(`| \`${first}\``)) ?? "";

test("README names every setting, and no other", () => {
  const known = [...read("server/config.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1] ?? "");
  const table = read("README.md").split("## Configuration")[1]?.split("\n## ")[0] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([A-Z0-9_]+)`/g)].map((m) => m[1] ?? ""),
  );
  expect(named.sort()).toEqual(known.sort());
});

test("the manual's table of states has every state with what may follow", () => {
  const page = read("docs/environments.md");
  for (const [state, events] of Object.entries(lifecycle)) {
    if (Object.keys(events).length === 0) {
      expect(page).toMatch(new RegExp(`^\\| .*\`${state}\`.*\\| nothing \\|$`, "m"));
      continue;
    }
    const row = rowOf(page, state);
    for (const [event, next] of Object.entries(events)) expect(row).toMatch(new RegExp(`${event}[^·]*→ \`${next}\``));
  }
});

test("the manual's matrix of permissions is that of the code", () => {
  const page = read("docs/people-and-spaces.md");
  for (const name of Object.keys(permissions) as Permission[]) {
    const held: readonly string[] = permissions[name];
    const own: readonly string[] = ownPermissions[name] ?? [];
    const cells = rowOf(page, name)
      .split("|")
      .slice(2, 2 + roles.length)
      .map((cell) => cell.trim());
    const wanted = roles.map((role) => (held.includes(role) ? "yes" : own.includes(role) ? "own" : ""));
    expect({ name, cells }).toEqual({ name, cells: wanted });
  }
});

test("the manual's sample policy is one the gate would take", () => {
  const source = read("docs/policies.md").split("```rego\n")[1]?.split("```")[0] ?? "";
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-manual-"));
  fs.writeFileSync(path.join(folder, "sample.rego"), source);
  try {
    expect([...readPolicyFolder(folder).keys()]).toEqual(["sample"]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("every link of README and manual leads somewhere", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ...fs.readdirSync(path.join(root, "docs")).map((n) => `docs/${n}`),
  ];
  const broken = pages
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2] ?? "")
        .filter((target) => !/^https?:/.test(target))
        .filter((target) => !fs.existsSync(path.resolve(root, path.dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
  expect(broken).toEqual([]);
});
