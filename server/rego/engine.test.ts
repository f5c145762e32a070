import { describe, expect, test } from "vitest";
import { compile, type EvaluateOptions, evaluate, evaluateRule } from "./engine.ts";
import { type RegoError, RegoErrors } from "./errors.ts";

function policy(body: string, file = "policy.rego"): { file: string; source: string } {
  return { file, source: `package p\n\nimport rego.v1\n\n${body}\n` };
}

function run(body: string, options: EvaluateOptions = {}): unknown {
  return evaluateRule(compile([policy(body)]), "data.p.result", options);
}

function errorsOf(work: () => unknown): readonly RegoError[] {
  try {
    work();
  } catch (error) {
    if (error instanceof RegoErrors) return error.errors;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("compiling", () => {
  test("a source without a stated version is tried as v1, then as v0, and the result says which", () => {
    const old = { file: "old.rego", source: "package old\n\nallow { input.x }\n" };
    const { modules } = compile([policy("result := 1"), old]);
    expect(modules.map(({ file, version }) => [file, version])).toEqual([
      ["policy.rego", "v1"],
      ["old.rego", "v0"],
    ]);
  });

  test("an error names file, row and column", () => {
    const [error] = errorsOf(() => compile([policy("result if {\n\tinput.x > limit\n}", "limits.rego")]));
    expect(error).toEqual({
      code: "rego_unsafe_var_error",
      message: "var limit is unsafe",
      file: "limits.rego",
      row: 6,
      col: 2,
    });
  });

  test("all errors of a stage are told, and none of later ones", () => {
    const errors = errorsOf(() => compile([policy("result if x > 1\n\nother if y > 1\n\nthird if count(5) > 1")]));
    expect(errors.map(({ message }) => message)).toEqual(["var x is unsafe", "var y is unsafe"]);
  });

  test("a built-in whose answer may differ is refused, unless the caller grants it", () => {
    const sources = [policy("result := time.now_ns()")];
    expect(errorsOf(() => compile(sources))[0]?.message).toContain(
      "unsafe built-in function calls in expression: time.now_ns",
    );
    const granted = compile(sources, { capabilities: { allow: ["time.now_ns"] } });
    const now = new Date("2026-01-02T03:04:05Z");
    expect(evaluateRule(granted, "data.p.result", { now })).toBe(now.getTime() * 1e6);
  });

  test("annotations of a module are kept", () => {
    const source = "# METADATA\n# title: Limits\n# custom:\n#   severity: high\npackage p\n\nresult := 1\n";
    const [module] = compile([{ file: "a.rego", source }]).modules;
    expect(module?.annotations).toEqual([{ title: "Limits", custom: { severity: "high" }, row: 1, endRow: 4 }]);
  });

  test("a policy that is a list is refused: lists belong in data", () => {
    const list = Array.from({ length: 60_000 }, (_, i) => `"user${i}"`).join(", ");
    expect(errorsOf(() => compile([policy(`result := {${list}}`)]))[0]?.message).toContain("policy is larger than");
  });
});

describe("evaluating", () => {
  test("a query gives its bindings, a solution at a time", () => {
    const prepared = compile([policy("result := {1, 2}")]);
    expect(evaluate(prepared, "data.p.result[x]; y = x * 10").results.map(({ bindings }) => bindings)).toEqual([
      { x: 1, y: 10 },
      { x: 2, y: 20 },
    ]);
  });

  test("a lone expression is captured even if it is false", () => {
    expect(evaluate(compile([policy("result := false")]), "data.p.result").results).toEqual([
      { bindings: {}, expressions: [false] },
    ]);
  });

  test("an evaluation leaves nothing behind for the next", () => {
    const prepared = compile([policy("result := input.x")]);
    expect([1, 2, undefined].map((x) => evaluateRule(prepared, "data.p.result", { input: { x } }))).toEqual([
      1,
      2,
      null,
    ]);
  });

  test("a failing built-in is undefined, or with strict errors the end of the query", () => {
    expect(run("default result := 0\n\nresult := to_number(input.n)", { input: { n: "many" } })).toBe(0);
    const [error] = errorsOf(() =>
      run("result := to_number(input.n)", { input: { n: "many" }, strictBuiltinErrors: true }),
    );
    expect(error?.code).toBe("eval_builtin_error");
  });

  test("randomness comes from the seed alone", () => {
    const prepared = compile([policy('result := rand.intn("x", 1000000)')], { capabilities: { allow: ["rand.intn"] } });
    const draw = (seed: number) => evaluateRule(prepared, "data.p.result", { seed });
    expect(draw(7)).toBe(draw(7));
    expect(draw(7)).not.toBe(draw(8));
  });

  test("what a policy prints is handed to the caller with its place", () => {
    const { prints } = evaluate(
      compile([policy('result if print("seen", input.x, input.y)')]),
      { path: "data.p.result" },
      { input: { x: [1] } },
    );
    expect(prints).toEqual([{ text: "seen [1] <undefined>", file: "policy.rego", row: 5 }]);
  });
});

describe("bounds", () => {
  const cancelled = (body: string, budget: EvaluateOptions["budget"]): string => {
    const [error] = errorsOf(() => run(body, { budget: budget ?? {} }));
    expect(error?.code).toBe("eval_cancel_error");
    return error?.message ?? "";
  };

  test("steps", () => {
    const loop = "result := count([1 | some i in numbers.range(1, 500); some j in numbers.range(1, 500); i == j])";
    expect(cancelled(loop, { steps: 10_000 })).toBe("the budget of 10000 steps is spent");
  });

  test("wall time", () => {
    const loop =
      "result := count([1 | some i in numbers.range(1, 5000); some j in numbers.range(1, 5000); i + j == 0])";
    expect(cancelled(loop, { wallMs: 20 })).toBe("evaluation took longer than 20 ms");
  });

  test("members of a collection", () => {
    expect(cancelled("result := [i | some i in numbers.range(1, 200)]", { collection: 100 })).toContain(
      "more than 100 members",
    );
  });

  test("rules inside rules", () => {
    const chain = Array.from({ length: 50 }, (_, i) => `r${i} := r${i + 1}`).join("\n");
    expect(cancelled(`result := r0\n${chain}\nr50 := 1`, { depth: 20 })).toContain("nested more than 20 deep");
  });
});

describe("explaining", () => {
  const prepared = compile([
    policy(`default result := "Approved"

result := "Denied" if {
	some grain in input.grains
	grain.kind in data.forbidden
}

result := "Manual" if input.minutes > 100`),
  ]);
  const { explain } = evaluate(
    prepared,
    { path: "data.p.result" },
    {
      explain: true,
      input: { minutes: 30, grains: [{ kind: "helm" }, { kind: "shell" }] },
      data: { forbidden: ["shell"] },
    },
  );

  test("tells which rules held and which did not, with file and row", () => {
    expect(explain?.rules).toEqual([
      { file: "policy.rego", row: 7, rule: "result", held: true },
      { file: "policy.rego", row: 12, rule: "result", held: false },
    ]);
  });

  test("tells the facts that were read, of a searched collection those that led somewhere", () => {
    expect(explain?.reads).toEqual([
      { path: "input.grains[1].kind", value: "shell" },
      { path: "data.forbidden", value: ["shell"] },
      { path: "input.minutes", value: 30 },
    ]);
  });
});

test("what object.get finds in the documents is a fact at its own path", () => {
  const source = `package p

result := slot.value if {
	some slot in object.get(input.slots, ["region", "asked"], [])
	slot.value != data.allowed
}
`;
  const prepared = compile([{ file: "p.rego", source }]);
  const input = { slots: { region: { asked: [{ value: "us-east-1" }] } } };
  const { explain } = evaluate(prepared, { path: "data.p.result" }, { input, data: { allowed: "eu" }, explain: true });
  expect(explain?.reads).toEqual([
    { path: "input.slots.region.asked[0].value", value: "us-east-1" },
    { path: "data.allowed", value: "eu" },
  ]);
});
