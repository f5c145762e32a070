import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { embeddedEvaluator } from "./embedded-evaluator.ts";
import type { PolicyEvaluator } from "./evaluator.ts";
import { isolatedEvaluator } from "./isolated-evaluator.ts";
import { policyIsolation } from "./isolation.ts";
import { judge } from "./judge.ts";
import { findBundledPolicy, readPolicy } from "./load-policies.ts";
import { createOpaEvaluator } from "./opa-evaluator.ts";
import type { Policy } from "./policy.ts";
import { type FakeOpa, startFakeOpa } from "./testing/fake-opa.ts";
import type { DecisionWord } from "./verdict.ts";

const now = new Date("2026-03-02T10:00:00Z");

function written(body: string, packageName = "torque.environment"): Policy {
  return readPolicy("policies/trial.rego", `# METADATA\n# title: Trial\npackage ${packageName}\n\n${body}\n`, null);
}

const planOf = (type: string, after: object) => ({
  resource_changes: [{ address: "x", type, change: { actions: ["create"], after } }],
});
const nothing = { data: {}, input: {} };

type Row = {
  what: string;
  policy: Policy;
  data: Record<string, unknown>;
  input: unknown;
  word: DecisionWord;
  says?: RegExp;
};

const table: Row[] = [
  {
    what: "within the limit",
    policy: findBundledPolicy("maximum-duration"),
    data: { max_minutes: 600, approval_minutes: 500 },
    input: { duration_minutes: 60 },
    word: "Approved",
  },
  {
    what: "above the limit",
    policy: findBundledPolicy("maximum-duration"),
    data: { max_minutes: 600, approval_minutes: 500 },
    input: { duration_minutes: 700 },
    word: "Denied",
  },
  {
    what: "another space's limit",
    policy: findBundledPolicy("maximum-duration"),
    data: { max_minutes: 900, approval_minutes: 800 },
    input: { duration_minutes: 700 },
    word: "Approved",
  },
  {
    what: "a plan with nothing to refuse",
    policy: findBundledPolicy("aws-databases"),
    data: {},
    input: planOf("aws_db_instance", { publicly_accessible: false }),
    word: "Approved",
  },
  {
    what: "a plan to refuse",
    policy: findBundledPolicy("aws-databases"),
    data: {},
    input: planOf("aws_db_instance", { publicly_accessible: true }),
    word: "Denied",
    says: /internet/,
  },
  {
    what: "limits of a plan policy",
    policy: findBundledPolicy("required-tags"),
    data: { required: ["owner"] },
    input: planOf("aws_instance", { tags: {} }),
    word: "Denied",
    says: /owner/,
  },
  {
    what: "its own package by its full name",
    policy: written(
      'limit := 3\n\nresult := {"decision": "Manual", "reason": "three"} if data.torque.environment.limit == 3',
    ),
    data: {},
    input: {},
    word: "Manual",
  },
  { what: "no result", policy: written("other := 1"), ...nothing, word: "Denied" },
  {
    what: "an undefined result",
    policy: written('result := {"decision": "Approved"} if input.missing'),
    ...nothing,
    word: "Denied",
  },
  {
    what: "a failing built-in",
    policy: written('deny contains "never" if to_number("eighty") > 1', "torque.terraform_plan"),
    ...nothing,
    word: "Denied",
  },
  {
    what: "two results",
    policy: written('result := {"decision": "Approved"}\n\nresult := {"decision": "Manual"}'),
    ...nothing,
    word: "Denied",
  },
  { what: "broken source", policy: written("result := {"), ...nothing, word: "Denied" },
];

function contract(evaluator: () => PolicyEvaluator) {
  test.each(table)("$what: $word", async ({ policy, data, input, word, says }) => {
    const verdict = await judge(evaluator(), { policy, data, input, now });
    expect(verdict.word, verdict.reason).toBe(word);
    if (says) expect(verdict.reason).toMatch(says);
  });

  test("a limit given for one question is gone with the next", async () => {
    const policy = written('result := {"decision": "Approved"} if data.secret_limit == 7');
    const ask = (data: Record<string, unknown>) => judge(evaluator(), { policy, data, input: {}, now });
    expect((await ask({ secret_limit: 7 })).word).toBe("Approved");
    expect((await ask({})).word).toBe("Denied");
    expect((await ask({ secret_limit: 8 })).word).toBe("Denied");
  });
}

describe("the embedded engine", () => contract(() => embeddedEvaluator));

describe("the engine in threads of its own", () => {
  afterAll(() => policyIsolation().close());
  contract(() => isolatedEvaluator);
});

describe("a remote OPA", () => {
  let opa: FakeOpa;
  let evaluator: ReturnType<typeof createOpaEvaluator>;
  beforeAll(async () => {
    opa = await startFakeOpa();
  });
  beforeEach(() => {
    opa.fault = "none";
    opa.token = undefined;
    opa.modules.clear();
    evaluator = createOpaEvaluator({ url: opa.url, timeoutMs: 20_000 });
  });
  afterAll(() => opa.close());

  contract(() => evaluator);

  const approving = { policy: written('result := {"decision": "Approved"}'), data: {}, input: {}, now };

  test("its version and bundles are stored with decisions, its address is not", async () => {
    expect(await judge(evaluator, approving)).toMatchObject({ decisionId: expect.stringMatching(/^decision-/) });
    expect(evaluator.engine).toBe("opa 1.9.9 (limits@r7)");
  });

  test("failing built-ins are asked for as errors, and named with their row", async () => {
    const failing = written('result := {"decision": "Approved"} if to_number("eighty") > 1');
    const verdict = await judge(evaluator, { policy: failing, data: {}, input: {}, now });
    expect(opa.parameters.at(-1)).toContain("strict-builtin-errors=true");
    expect(verdict).toMatchObject({
      word: "Denied",
      error: expect.stringMatching(/\(500\): eval_builtin_error: .*row 5/),
    });
  });

  test("an OPA that wants another token lets nothing pass, and says what to check", async () => {
    opa.token = "right";
    expect(await judge(evaluator, approving)).toMatchObject({
      word: "Denied",
      error: expect.stringMatching(/OPA_TOKEN/),
    });
    const known = createOpaEvaluator({ url: opa.url, token: "right", timeoutMs: 20_000 });
    expect((await judge(known, approving)).word).toBe("Approved");
  });

  test("an OPA that falls ill later is noticed", async () => {
    expect((await judge(evaluator, approving)).word).toBe("Approved");
    opa.fault = "unhealthy";
    expect(await evaluator.health()).toMatchObject({ isHealthy: false, message: expect.stringMatching(/bundles/) });
    expect((await judge(evaluator, approving)).word).toBe("Denied");
    opa.fault = "none";
    expect((await judge(evaluator, approving)).word).toBe("Approved");
  });

  test("policies are put under names of their own", async () => {
    opa.modules.set("mine", 'package torque.environment\n\nresult := {"decision": "Denied"}\n');
    expect((await judge(evaluator, approving)).word).toBe("Approved");
    expect([...opa.modules.keys()].filter((id) => id !== "mine").every((id) => id.startsWith("gantry_"))).toBe(true);
  });

  test("an OPA that was restarted gets the policies again", async () => {
    await judge(evaluator, approving);
    opa.modules.clear();
    expect((await judge(evaluator, approving)).word).toBe("Approved");
  });

  test.each(["silent", "broken", "unhealthy", "proxied"] as const)(
    "an OPA that is %s lets nothing pass",
    async (fault) => {
      const hasty = createOpaEvaluator({ url: opa.url, timeoutMs: fault === "silent" ? 2000 : 20_000 });
      opa.fault = fault;
      const verdict = await judge(hasty, approving);
      expect(verdict).toMatchObject({ word: "Denied", error: expect.any(String) });
      expect(verdict.reason).not.toContain("127.0.0.1");
      opa.fault = "none";
      expect((await judge(hasty, approving)).word).toBe("Approved");
    },
  );

  test("no OPA at all lets nothing pass", async () => {
    const nobody = createOpaEvaluator({ url: "http://127.0.0.1:9", timeoutMs: 20_000 });
    expect(await judge(nobody, approving)).toMatchObject({ word: "Denied", error: "OPA cannot be reached." });
    expect(await nobody.health()).toMatchObject({ isHealthy: false });
  });
});

function hasOpa(): boolean {
  try {
    execFileSync("opa", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

describe.skipIf(!hasOpa())("the real OPA (skipped: no opa on PATH)", () => {
  let process: ChildProcess;
  let evaluator: ReturnType<typeof createOpaEvaluator>;
  beforeAll(async () => {
    const port = await freePort();
    process = spawn("opa", ["run", "--server", "--addr", `127.0.0.1:${port}`], { stdio: "ignore" });
    evaluator = createOpaEvaluator({ url: `http://127.0.0.1:${port}`, timeoutMs: 20_000 });
    await expect.poll(async () => (await evaluator.health()).isHealthy, { timeout: 15_000 }).toBe(true);
  });
  afterAll(() => {
    process.kill();
  });
  contract(() => evaluator);
});
