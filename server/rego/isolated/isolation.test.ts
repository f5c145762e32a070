import { afterAll, expect, test } from "vitest";
import { RegoErrors } from "#server/rego/errors.ts";
import { Isolation } from "./isolation.ts";

const isolation = new Isolation({ size: 2, heapMb: 64, compileMs: 15_000 });
afterAll(() => isolation.close());

function policy(body: string): { file: string; source: string }[] {
  return [{ file: "policy.rego", source: `package p\n\nimport rego.v1\n\n${body}\n` }];
}

async function failure(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RegoErrors)) throw new Error(`expected RegoErrors, got ${String(error)}`);
  return error.message;
}

test("a policy is evaluated in a thread of its own", async () => {
  const { modules, evaluation } = await isolation.run({
    sources: policy("allow if input.x == 1"),
    query: { path: "data.p.allow" },
    evaluate: { input: { x: 1 } },
  });
  expect(modules.map((module) => module.version)).toEqual(["v1"]);
  expect(evaluation?.results).toEqual([{ bindings: {}, expressions: [true] }]);
});

test("a policy that does not compile is refused with its place", async () => {
  expect(await failure(isolation.run({ sources: policy("allow if x") }))).toBe(
    "policy.rego:5: rego_unsafe_var_error: var x is unsafe",
  );
});

test("it tells what a policy defines, and runs the tests that stand among the sources", async () => {
  const sources = policy(
    "allow if input.x == data.limit\n\ntest_allowed if allow with input.x as 1 with data.limit as 1",
  );
  const { outline } = await isolation.run({ sources, outline: { data: {} } });
  expect(outline?.rules[0]).toMatchObject({ name: "allow", absent: ["data.limit"], canHold: false });
  const { tests } = await isolation.run({ sources, tests: { coverage: true } });
  expect(tests?.results).toMatchObject([{ name: "test_allowed", status: "pass" }]);
  expect(tests?.coverage?.coverage).toBe(100);
});

test("more than may wait are refused at once", async () => {
  const busy = new Isolation({ size: 1, mostWaiting: 1, compileMs: 15_000 });
  const ask = () => busy.run({ sources: policy("allow := 1"), query: { path: "data.p.allow" } });
  const asked = [ask(), ask(), ask()];
  expect(await failure(asked[2] as Promise<unknown>)).toContain("too many evaluations are waiting");
  await Promise.all(asked.slice(0, 2));
  await busy.close();
});

test("a policy that wants more memory than its thread has is ended, and the next one is served", async () => {
  const greedy = isolation.run({
    sources: policy(
      "all := [[i, j, k] | some i in numbers.range(1, 200); some j in numbers.range(1, 200); some k in numbers.range(1, 200)]",
    ),
    query: { path: "data.p.all" },
    evaluate: { budget: { wallMs: 20_000, steps: 1e9, collection: 1e9 } },
  });
  expect(await failure(greedy)).toContain("eval_cancel_error");
  const { evaluation } = await isolation.run({ sources: policy("allow := 1"), query: { path: "data.p.allow" } });
  expect(evaluation?.results[0]?.expressions).toEqual([1]);
});

test("a policy that never ends is ended, while the caller goes on", async () => {
  const impatient = new Isolation({ size: 1, compileMs: 8_000, graceMs: 100 });
  let beats = 0;
  const heart = setInterval(() => beats++, 20);
  const endless = impatient.run({
    sources: policy(
      "n := count([1 | some i in numbers.range(1, 2000); some j in numbers.range(1, 2000); some k in numbers.range(1, 2000); i + j + k == 0])",
    ),
    query: { path: "data.p.n" },
    evaluate: { budget: { wallMs: 300, steps: 1e12 } },
  });
  expect(await failure(endless)).toContain("eval_cancel_error: evaluation took longer than");
  clearInterval(heart);
  expect(beats).toBeGreaterThan(0);
  await impatient.close();
});
