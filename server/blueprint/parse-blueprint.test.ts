import { describe, expect, test } from "vitest";
import type { Blueprint, BlueprintProblem } from "./blueprint.ts";
import { parseBlueprint } from "./parse-blueprint.ts";

const shell = "{kind: shell, spec: {activities: {deploy: {commands: ['true']}}}}";

function parse(text: string, files: Record<string, string> = {}) {
  return parseBlueprint({ "blueprint.yaml": `spec_version: 2\n${text}`, ...files }, { name: "demo" });
}

function accept(text: string, files?: Record<string, string>): Blueprint {
  const { blueprint, problems } = parse(text, files);
  expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
  if (!blueprint) throw new Error("no blueprint");
  return blueprint;
}

function refuse(text: string): BlueprintProblem {
  const { blueprint, problems } = parse(text);
  expect(blueprint).toBeUndefined();
  const [first] = problems.filter((problem) => problem.severity === "error");
  if (!first) throw new Error("no problem");
  return first;
}

describe("reading", () => {
  test("gives inputs as they are written, without changing a scalar", () => {
    const { inputs } = accept(
      `inputs:
  version: {allowed-values: [1.10, 012, 1e3, no], default: 1.10}
  Node Size: {type: string, default: "small | t3.small", allowed-values: ["small | t3.small"]}
  empty: {default: ""}
  asked: {description: Who?}
grains: {a: ${shell}}`,
    );
    expect(inputs.map(({ name, default: value, required }) => [name, value, required])).toEqual([
      ["version", "1.10", false],
      ["Node Size", "small | t3.small", false],
      ["empty", "", false],
      ["asked", undefined, true],
    ]);
    expect(inputs[0]?.allowedValues.map(({ value }) => value)).toEqual(["1.10", "012", "1e3", "no"]);
  });

  test("takes values of a grain as a list of one-key maps or as one map", () => {
    const { grains } = accept(`grains:
  a: {kind: terraform, spec: {source: {path: tf}, inputs: [{x: 1.0}, {list: [a, 1, true]}], outputs: [id]}}
  b: {kind: helm, depends-on: a, spec: {source: {path: c}, inputs: {db.host: '{{ .grains.a.outputs.id }}'}}}`);
    expect(grains[0]?.spec.inputs).toEqual({ x: "1.0", list: '["a",1,true]' });
    expect(grains[1]?.spec.inputs).toEqual({ "db.host": "{{ .grains.a.outputs.id }}" });
    expect(grains[1]?.dependsOn).toEqual(["a"]);
  });

  test("accepts both spellings of what Torque's documentation and schema disagree on", () => {
    const { grains } = accept(`launch-form: {categories: [{name: A, inputs: [{name: tier}]}]}
inputs: {tier: {default: x, quick: false, display-style: normal}, host: {type: execution-host}}
grains:
  a:
    kind: terraform
    tf-version: 1.5.5
    condition: [{type: approval, message: Go, channels: [{type: account_channels, names: [cab]}]}]
    env-labels: {on-success: [{perf: done}], on-failure: [failed]}
    spec: {source: {store: iac, path: a, path-in-archive: x}, host: {name: '{{ .inputs.host }}'}, mode: '{{ .inputs.tier }}'}
  b: {kind: cloudformation, spec: {source: {path: b}, region: eu-west-1, stack-name-prefix: acme-}}`);
    expect(grains[0]).toMatchObject({ spec: { version: "1.5.5", mode: "{{ .inputs.tier }}" } });
    expect(grains[0]?.approvals[0]?.channels).toEqual([{ type: "account_channels", names: ["cab"] }]);
    expect(grains[1]?.spec.extra).toEqual({ "stack-name-prefix": "acme-" });
  });

  test("reads Gantry's additions from metadata.gantry, and completes inputs, outputs and grains with them", () => {
    const blueprint = accept(`metadata:
  display-name: Demo
  gantry:
    icon: IconDatabase
    cloud: host
    owner: {team: Data}
    duration: {default: 90m, max: P2D}
    costs: [{name: Licence, amount: "0.50", per: hour, times: count}]
    inputs: {count: {type: number, kind: count, min: 1, max: 9, unit: seats, values: {"2": [pair]}}}
    outputs: {Secret: {sensitive: true}}
    grains: {main: {check: ['test -f x'], outputs: [key], sensitive-outputs: [key]}}
    prompts: [{title: T, text: 'Give me {count} for {duration}', example: {count: "2", duration: 1 hour}}]
inputs: {count: {default: "2"}}
outputs: {Secret: {value: '{{ .grains.main.outputs.key }}'}}
grains: {main: {kind: shell, spec: {env-vars: [{N: '{{ .inputs.count }}'}], activities: {deploy: {commands: ['true']}}}}}`);
    expect(blueprint).toMatchObject({ title: "Demo", agent: "local", cloud: "host", owner: { team: "Data" } });
    expect(blueprint.duration).toEqual({ defaultMinutes: 90, maxMinutes: 2880, alwaysOn: false });
    expect(blueprint.inputs[0]).toMatchObject({ type: "number", kind: "count", valueSynonyms: { "2": ["pair"] } });
    expect(blueprint.outputs[0]?.sensitive).toBe(true);
    expect(blueprint.grains[0]?.spec.activities.check[0]?.command).toBe("test -f x");
    expect(blueprint.prompts[0]?.slots).toEqual(["count", "duration"]);
    expect(blueprint.declaredCosts[0]).toMatchObject({ amount: "0.50", currency: "USD", times: "count" });
  });

  test("takes instructions from the folder and says who blocked it", () => {
    const text = `metadata: {blueprint-labels: [{key: blocked, value: Use v2}]}
instructions: {source: {store: x, path: instructions/how.md}}
grains: {a: ${shell}}`;
    const blueprint = accept(text, { "instructions/how.md": "# How", "README.md": "# Demo" });
    expect(blueprint).toMatchObject({ instructions: "# How", readme: "# Demo", blocked: "Use v2" });
  });
});

describe("refusing", () => {
  test("names file, row, column, path and remedy", () => {
    expect(refuse(`grains:\n  a:\n    kind: terrafrom\n    spec: {}\n`)).toMatchObject({
      file: "blueprint.yaml",
      row: 4,
      column: 11,
      path: "grains.a.kind",
      code: "BP_UNKNOWN_KIND",
      remedy: expect.stringContaining("Did you mean `terraform`?"),
    });
  });

  test.each([
    [
      "a prompt's slot that is no input",
      `gantry: {prompts: [{text: 'In {regoin}'}]}\ngrains: {a: ${shell}}`,
      "BP_UNKNOWN_SLOT",
    ],
    [
      "an addition for an unknown input",
      `gantry: {inputs: {siez: {title: x}}}\ngrains: {a: ${shell}}`,
      "BP_UNKNOWN_INPUT",
    ],
    ["a cost in words", `gantry: {costs: [{name: a, amount: cheap}]}\ngrains: {a: ${shell}}`, "BP_VALUE"],
    [
      "a default duration above the longest",
      `gantry: {duration: {default: 3d, max: 1d}}\ngrains: {a: ${shell}}`,
      "BP_DURATION",
    ],
    [
      "a command that evaluates a value",
      `inputs: {x: {default: y}}\ngrains: {a: {kind: shell, spec: {activities: {deploy: {commands: ['bash -c "echo {{ .inputs.x }}"']}}}}}`,
      "BP_SHELL_INTERPOLATION",
    ],
    [
      "a computed lookup",
      `inputs: {x: {default: y}}\ngrains: {a: {kind: helm, when: '{{ .inputs[.inputs.x] }}', spec: {source: {path: c}}}}`,
      "BP_UNKNOWN_INPUT",
    ],
    [
      "a sensitive input shown in an output",
      `inputs: {p: {sensitive: true}}\noutputs: {o: {value: '{{ .inputs.p }}'}}\ngrains: {a: ${shell}}`,
      "BP_SECRET_FLOW",
    ],
    [
      "a path ending in a dot",
      `inputs: {x: {default: y}}\noutputs: {o: {value: '{{ .inputs.x. }}'}}\ngrains: {a: ${shell}}`,
      "BP_TEMPLATE_SYNTAX",
    ],
    [
      "a filter that does not exist",
      `outputs: {o: {value: '{{ envId | shout }}'}}\ngrains: {a: ${shell}}`,
      "BP_TEMPLATE_SYNTAX",
    ],
    ["a look-ahead in a pattern", `inputs: {x: {pattern: '^(?=a)'}}\ngrains: {a: ${shell}}`, "BP_PATTERN_INVALID"],
    [
      "a source on this host",
      `grains: {a: {kind: terraform, spec: {source: {path: 'https://localhost/x.git//a'}}}}`,
      "BP_SOURCE_URL",
    ],
    [
      "an environment variable that loads code",
      `grains: {a: {kind: shell, spec: {env-vars: [{GIT_SSH_COMMAND: id}], activities: {deploy: {commands: [id]}}}}}`,
      "BP_ENV_NAME",
    ],
  ])("%s", (_, text, code) => {
    expect(refuse(text).code).toBe(code);
  });

  test("unused inputs and a sensitive number as default are warned of only", () => {
    const { blueprint, problems } = parse(`inputs: {a: {default: 1, sensitive: true}}\ngrains: {a: ${shell}}`);
    expect(blueprint?.name).toBe("demo");
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ["BP_SENSITIVE_DEFAULT", "warning"],
      ["BP_UNUSED_INPUT", "warning"],
    ]);
  });

  test("stays fast with texts made to be slow", () => {
    const texts = [
      `a: ${"[".repeat(400_000)}`,
      "a: ]\n".repeat(90_000),
      `${"#x\n".repeat(99_000)}a: 1`,
      `grains: {${Array.from({ length: 1_900 }, (_, at) => `g${at}: {kind: x}`).join(", ")}}`,
      `inputs: {${Array.from({ length: 290 }, (_, at) => `i${at}: {pattern: '(a|a|b)*{100}c'}`).join(", ")}}\ngrains: {a: ${shell}}`,
      `a: "${"\\u0041".repeat(150_000)}"`,
      `? ${"? ".repeat(100_000)}x`,
      `a: ${"- ".repeat(100_000)}x`,
    ];
    for (const text of texts) {
      const start = process.cpuUsage();
      parse(text);
      // Processor time, so that a busy machine does not fail the promise.
      expect(process.cpuUsage(start).user / 1000).toBeLessThan(1_500);
    }
  });

  test("never throws, whatever stands in the file", () => {
    const source = `inputs: {a: {type: string, default: b}}\noutputs: {o: {value: '{{ .inputs.a }}'}}\ngrains: {a: ${shell}}`;
    let seed = 1;
    const next = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const parts = [
      "{{",
      "}}",
      "{%",
      ":",
      "\n",
      "  ",
      "[",
      "]",
      "{",
      "}",
      "&a",
      "*a",
      "|",
      "'",
      '"',
      "- ",
      "!!x ",
      "\0",
      "é",
      "null",
    ];
    for (let round = 0; round < 1_500; round++) {
      let text = source;
      for (let change = next(6); change >= 0; change--) {
        const at = next(text.length);
        text = text.slice(0, at) + (parts[next(parts.length)] ?? "") + text.slice(at + next(4));
      }
      expect(parse(text).problems).toBeInstanceOf(Array);
    }
  });
});
