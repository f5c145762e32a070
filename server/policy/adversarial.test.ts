import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { type Context, createContext, inTransaction } from "#server/context.ts";
import { httpStatus, Problem } from "#server/errors.ts";
import { writeRoles } from "#server/space/membership.ts";
import { insertPerson } from "#server/space/person.ts";
import { insertSpace } from "#server/space/space.ts";
import { policyIsolation } from "./isolation.ts";
import { type DraftTrial, tryDraft } from "./try-draft.ts";

const folder = join(process.cwd(), "..", "shared", "adversarial");
const present = existsSync(folder);
const read = (file: string) => readFileSync(join(folder, file), "utf8");

type Hostile = { file: string; expect: string; code: string; input: string; want?: string };

function lines<T>(file: string): T[] {
  if (!present) return [];
  return read(file)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** The rule a refusal names, by the fault of the file. */
const rules: Readonly<Record<string, string>> = {
  REGO_UNSAFE_VAR: "rego_unsafe_var_error",
  REGO_RECURSION: "rego_recursion_error",
  REGO_TYPE: "rego_type_error",
  REGO_BUILTIN_FORBIDDEN: "rego_type_error",
  REGO_SYNTAX: "rego_parse_error",
  REGO_TOO_LARGE: "too_large",
  REGO_TOO_DEEP: "rego_parse_error",
  REGO_NO_RESULT: "no_result",
  REGO_FAIL_OPEN: "fail_open",
  REGO_PACKAGE: "package",
};

const database = openTestDatabase();
let ctx: Context;
let spaceId: string;

async function trial(file: string, input: string): Promise<DraftTrial | Problem> {
  const document = JSON.parse(read(`bad-policies/inputs/${input}.json`)) as unknown;
  return tryDraft(ctx, { spaceId, source: read(file), input: document }).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
}

describe.skipIf(!present)("hostile policies, tried in the portal", () => {
  beforeAll(async () => {
    const system = createContext({ db: database.db, actor: systemActor("command"), via: "command" });
    const person = await inTransaction(system, async (tx) => {
      const space = await insertSpace(tx, { slug: `s-${randomUUID().slice(0, 8)}`, name: "Trials", timeZone: "UTC" });
      spaceId = space.id;
      const made = await insertPerson(tx, { email: `pa-${randomUUID()}@trial.example`, name: "Pat" });
      await writeRoles(tx, { spaceId, person: made, roles: ["policy_admin"], source: "test" });
      return made;
    });
    const actor = await loadActor(database.db, person.id);
    if (!actor) throw new Error("Nobody is there.");
    ctx = createContext({ db: database.db, actor, via: "ui" });
  });
  afterAll(() => policyIsolation().close());

  test.each(lines<Hostile>("bad-policies/index.jsonl"))("$file: $expect", async (hostile) => {
    const outcome = await trial(`bad-policies/${hostile.file}`, hostile.input);
    if (hostile.expect === "contain") {
      expect(outcome).toMatchObject({ verdict: { word: hostile.want } });
      expect(((outcome as DraftTrial).verdict?.reason ?? "").length).toBeLessThan(2_400);
      return;
    }
    if (!(outcome instanceof Problem)) {
      expect(hostile.expect).toBe("reject-or-contain");
      expect(outcome.verdict?.word).not.toBe("Approved");
      return;
    }
    expect(httpStatus[outcome.code]).toBeGreaterThanOrEqual(400);
    expect(httpStatus[outcome.code]).toBeLessThan(500);
    const rule = hostile.file.startsWith("23-") ? "rego_parse_error" : rules[hostile.code];
    expect(outcome).toMatchObject({
      place: { file: "draft.rego" },
      remedy: expect.stringMatching(/\w/),
      details: { rule },
    });
  });

  const controls = lines<{ file: string; input: string; want: string }>("controls/good-policies/index.jsonl");
  test.each(controls)("$file, which only looks odd, answers $want", async ({ file, input, want }) => {
    const outcome = await trial(`controls/good-policies/${file}`, input);
    if (outcome instanceof Problem) throw outcome;
    const denials = (outcome.verdict?.findings ?? []).filter(({ effect }) => effect === "deny").length;
    expect(want.startsWith("deny:") ? `deny:${denials}` : outcome.verdict?.word).toBe(want);
  });

  test("two policies of one package do not meddle with one another", async () => {
    const strict = await trial("bad-policies/pairs/a-strict.rego", "launch");
    const meddling = await trial("bad-policies/pairs/b-meddles.rego", "launch");
    expect([strict, meddling]).toMatchObject([{ verdict: { word: "Denied" } }, { verdict: { word: "Approved" } }]);
  });
});
