import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Who may import whom: a file imports its own folder, or one of strictly lower rank. */
const ranks: Record<string, number> = {
  app: 9,
  "server/api": 8,
  "server/rest": 8,
  "server/mcp": 8,
  "server/worker": 8,
  "server/command": 8,
  "server/environment": 7,
  "server/assistant": 7,
  "server/evidence": 7,
  "server/report": 7,
  "server/decision": 6,
  "server/run": 6,
  "server/approval": 6,
  "server/notification": 6,
  "server/cost": 5,
  "server/policy": 5,
  "server/agent": 5,
  "server/grain": 5,
  "server/plan": 4,
  "server/blueprint": 3,
  "server/rego": 2,
  "server/audit": 2,
  "server/auth": 2,
  "server/space": 2,
  "server/secret": 2,
  "server/job": 2,
  "server/context.ts": 1,
  "server/crashpoint.ts": 1,
  "server/log.ts": 1,
  "server/with-deadline.ts": 0,
  "server/canonical-json.ts": 0,
  "server/environment-ref.ts": 0,
  db: 0,
  "server/errors.ts": 0,
  "server/actor.ts": 0,
  "server/config.ts": 0,
};

/**
 * Imports between equals that are meant: the ground services of one transaction, and the driver contract that agents and
 * drivers share. Each says why.
 */
const meant: Record<string, string> = {
  "server/space > server/audit": "making a space is an audit event",
  "server/space > server/auth": "people are members, and verbs ask a permission",
  "server/auth > server/audit": "signing in is an audit event",
  "server/auth > server/secret": "the session's key is derived from the master key",
  "server/auth > server/space": "who signs in is a person of a space",
  "server/audit > server/auth": "reading the trail asks a permission",
  "server/audit > server/secret": "the checkpoint key is a secret file",
  "server/audit > server/space": "events name spaces",
  "server/space > server/job": "open pages hear of a change",
  "server/job > server/audit": "a job that is given up is an audit event",
  "server/space > server/secret": "the set-up link is a secret",
  "server/agent > server/grain": "agents choose among drivers",
  "db > server/config.ts": "the client reads where the database is",
  "db > server/actor.ts": "rows record actors",
};

function folderOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  if (first !== "server") return first;
  return `${first}/${second.replace(".test.ts", ".ts")}`;
}

function sources(): string[] {
  const files = ["app", "server", "db"].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => path.posix.join(folder, name.split(path.sep).join("/"))),
  );
  return files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts"));
}

type Import = { from: string; to: string; typeOnly: boolean };

const importLine = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?["']([^"']+)["']/gm;

function importsOf(file: string): Import[] {
  const source = fs.readFileSync(path.join(root, file), "utf8");
  return [...source.matchAll(importLine)].map((match) => ({
    from: file,
    to: match[2] ?? "",
    typeOnly: match[1] !== undefined,
  }));
}

const files = sources();
const imports = files.flatMap(importsOf);
const isTest = (file: string) => /\.(test|campaign)\.tsx?$|\/testing\//.test(file);

describe("the ranks of the house", () => {
  test("every folder has a rank", () => {
    const unknown = [...new Set(files.map(folderOf))].filter(
      (folder) => ranks[folder] === undefined && folder !== "server/import-rules.ts",
    );
    expect(unknown).toEqual([]);
  });

  test("nothing imports upward or sideways", () => {
    const wrong = imports
      .filter(({ from, to }) => /^#(app|server|db)\//.test(to) && !isTest(from))
      .map(({ from, to }) => ({ from, folder: folderOf(from), target: folderOf(to.slice(1)) }))
      .filter(({ folder, target }) => folder !== target && !(`${folder} > ${target}` in meant))
      .filter(({ folder, target }) => (ranks[folder] ?? 0) <= (ranks[target] ?? 0))
      .map(({ from, target }) => `${from} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test("the policy engine imports nothing of ours", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith("server/rego/") && to.startsWith("#") && !to.startsWith("#server/rego/") && !isTest(from),
    );
    expect(wrong).toEqual([]);
  });
});

test("no import climbs with ../", () => {
  expect(imports.filter(({ to }) => to.startsWith("../"))).toEqual([]);
});

test("client components import only types from the server", () => {
  const wrong = imports.filter(({ from, to, typeOnly }) => {
    if (!from.startsWith("app/") || !/^#(server|db)\//.test(to) || typeOnly || isTest(from)) return false;
    return fs.readFileSync(path.join(root, from), "utf8").startsWith('"use client"') && !isTypeOnlyList(from, to);
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

/** `import { type A, type B } from …` is erased as well. */
function isTypeOnlyList(from: string, to: string): boolean {
  const source = fs.readFileSync(path.join(root, from), "utf8");
  const list = new RegExp(`import \\{([^}]*)\\} from ["']${to.replace(/[.*+?^$()|[\]\\/]/g, "\\$&")}["']`).exec(
    source,
  )?.[1];
  return list?.split(",").every((item) => item.trim() === "" || item.trim().startsWith("type ")) ?? false;
}

/** Longer than 300 lines, and why that reads better than a cut. */
const longFiles: Record<string, string> = {
  "server/run/perform-run.test.ts": "one table of what a run does, told with one rehearsal",
};

test("no file is over 300 lines without a reason", () => {
  const long = files.filter((file) => fs.readFileSync(path.join(root, file), "utf8").split("\n").length > 301);
  expect(long.filter((file) => !(file in longFiles))).toEqual([]);
});
