import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Grain } from "./blueprint.ts";
import { parseBlueprint } from "./parse-blueprint.ts";
import { renderGrain, renderOutputs, renderTemplate, shouldRunGrain } from "./render.ts";

function read(text: string) {
  const { blueprint, problems } = parseBlueprint({ "blueprint.yaml": `spec_version: 2\n${text}` });
  if (!blueprint) throw new Error(JSON.stringify(problems));
  return blueprint;
}

function grainOf(text: string): Grain {
  const [grain] = read(text).grains;
  if (!grain) throw new Error("no grain");
  return grain;
}

describe("templates", () => {
  const roots = {
    inputs: { size: "small | t3.small", "Node Size": "big", json: '{"a":{"b":1}}' },
    grains: { "vm host": { outputs: { ip: "10.0.0.1" }, isActive: true } },
    envId: "ABC-1",
  };

  test.each([
    ["{{ .inputs.size | split: '|' | last | strip }}", "t3.small"],
    ['{{ .inputs.["Node Size"] }}/{{inputs["Node Size"]}}', "big/big"],
    ["{{ envid | downcase }} {{ sandboxId }}", "abc-1 ABC-1"],
    ['{{ .grains.["vm host"].outputs.ip }}', "10.0.0.1"],
    ['{{ .grains["vm host"].outputs }}', '{"ip":"10.0.0.1"}'],
    ['{{ .grains["vm host"].outputs | key_access: "ip" }}', "10.0.0.1"],
    ['{{ .grains["vm host"].scripts.post-helm-install.outputs.ip }}', "10.0.0.1"],
    ['{{ .grains["vm host"].activities.deploy.commands.run.outputs.ip }}', "10.0.0.1"],
    ['{{ .grains["vm host"].is_active }}', "true"],
    ['{{ .inputs.json | key_access: "a" }}', '{"b":1}'],
    ['{% if .inputs["Node Size"] == "big" %} true {% else %} false {% endif %}', " true "],
    ["{% raw %}{{ .inputs.size }}{% endraw %}", "{{ .inputs.size }}"],
    ["{{ .inputs.missing }}{{ .params.x }}", ""],
  ])("%s gives %s", (template, text) => {
    expect(renderTemplate(template, roots)).toBe(text);
  });

  test("a value that looks like a template stays a value", () => {
    const value = "{{ .params.password }}{% raw %}{{ envId }}{% endraw %}";
    expect(renderTemplate("{{ .inputs.x }}", { inputs: { x: value }, params: { password: "p" } })).toBe(value);
  });

  test("a value that makes the result explode is refused, not computed", () => {
    const template = '{% assign s = .inputs.x | replace: "a", .inputs.x %}{% assign s = s | replace: "a", s %}{{ s }}';
    expect(() => renderTemplate(template, { inputs: { x: "a".repeat(2_000) } })).toThrow("limit");
  });

  test("no name reaches beyond own properties", () => {
    for (const name of ["constructor", "__proto__", "toString"])
      expect(renderTemplate(`{{ .inputs.${name} }}{{ .grains.${name} }}`, { inputs: {}, grains: {} })).toBe("");
  });
});

describe("a grain", () => {
  test("is rendered in every field, and `_` spreads a JSON object", () => {
    const grain = grainOf(`inputs: {all: {default: '{"x":1,"y":"two"}'}, r: {default: eu-west-1}}
grains:
  a:
    kind: cloudformation
    spec:
      source: {store: s, path: '{{ .inputs.r }}/t.yaml', branch: '{{ .inputs.r }}'}
      region: '{{ .inputs.r }}'
      inputs: [{_: '{{ .inputs.all }}'}, {y: own}]
      stack-name-prefix: '{{ .inputs.r }}-'`);
    const { spec } = renderGrain(grain, { inputs: { all: '{"x":1,"y":"two"}', r: "eu" } });
    expect(spec).toMatchObject({
      source: { path: "eu/t.yaml", ref: { name: "eu" } },
      region: "eu",
      inputs: { x: "1", y: "own" },
      extra: { "stack-name-prefix": "eu-" },
    });
  });

  test("runs when its condition gives true, whatever stands around it", () => {
    const grain = grainOf(`inputs: {t: {default: a}}
grains: {a: {kind: helm, when: '{% if .inputs.t == "perf" %} TRUE {% else %} false {% endif %}', spec: {source: {path: c}}}}`);
    expect(shouldRunGrain(grain, { inputs: { t: "perf" } })).toBe(true);
    expect(shouldRunGrain(grain, { inputs: { t: "x" } })).toBe(false);
  });

  test("gives the blueprint its outputs", () => {
    const blueprint = read(`outputs: {Link: {value: 'http://{{ .grains.a.outputs.host }}', kind: link, quick: true}}
grains: {a: {kind: terraform, spec: {source: {path: t}, outputs: [host]}}}`);
    const roots = { inputs: {}, grains: { a: { outputs: { host: "h" }, isActive: true } } };
    expect(renderOutputs(blueprint, roots)).toEqual([
      { name: "Link", value: "http://h", kind: "link", quick: true, sensitive: false },
    ]);
  });
});

describe("values in shell commands", () => {
  const nasty = [
    "$(echo pwned)",
    "`echo pwned`",
    "'; echo pwned #",
    '"; echo pwned #',
    "a\nb; echo pwned",
    "$HOME",
    "* ?",
    "\\",
    ["$", "{IFS}x"].join(""),
    "-n",
    "'\"$(echo pwned)\"'",
  ];
  const places = [
    "printf %s {{ .inputs.x }}",
    'printf %s "{{ .inputs.x }}"',
    "printf %s '{{ .inputs.x }}'",
    "printf %s a\\'{{ .inputs.x }}",
    'printf %s "$(printf %s "{{ .inputs.x }}"; printf "")"',
    'v="{{ .inputs.x }}"\n# it\'s "quoted\nprintf %s "$\x7bv:-none}"',
  ];

  test.each(places)("%s passes every text through unchanged", (command) => {
    const grain = grainOf(`inputs: {x: {default: y}}
grains: {a: {kind: shell, spec: {activities: {deploy: {commands: [${JSON.stringify(command)}]}}}}}`);
    for (const x of nasty) {
      const { spec } = renderGrain(grain, { inputs: { x } });
      const [rendered] = spec.activities.deploy;
      const env: Record<string, string> = { PATH: "/usr/bin:/bin", ...spec.envVars };
      const options = { env: env as NodeJS.ProcessEnv, encoding: "utf8" as const };
      const printed = execFileSync("bash", ["-euc", rendered?.command ?? ""], options);
      expect(printed).toBe(command.includes("\\'") ? `a'${x}` : x);
    }
  });

  test.each([
    'bash -c "echo {{ .inputs.x }}"',
    "eval {{ .inputs.x }}",
    "echo $({{ .inputs.x }})",
    'echo "$\x7bx:-{{ .inputs.x }}}"',
    "echo $'{{ .inputs.x }}'",
    "echo 'open {{ .inputs.x }}",
    "echo `cat {{ .inputs.x }}`",
    "cat <<END\n{{ .inputs.x }}\nEND",
    "echo $(( {{ .inputs.x }} ))",
    "{{ .inputs.x }} --version",
    "true && {{ .inputs.x }}",
    'ssh host "ls {{ .inputs.x }}"',
    "python3 -c 'print({{ .inputs.x }})'",
    "[[ {{ .inputs.x }} -gt 1 ]]",
    "{% if .inputs.x %}rm{% endif %} a",
  ])("%s cannot be made safe and is refused", (command) => {
    const { problems } = parseBlueprint({
      "blueprint.yaml": `spec_version: 2\ninputs: {x: {default: y}}\ngrains: {a: {kind: shell, spec: {activities: {deploy: {commands: [${JSON.stringify(command)}]}}}}}`,
    });
    expect(problems.map((problem) => problem.code)).toContain("BP_SHELL_INTERPOLATION");
  });

  test("a newline in an environment variable makes no second variable", () => {
    const grain = grainOf(`inputs: {x: {default: y}}
grains: {a: {kind: shell, spec: {env-vars: [{NOTE: '{{ .inputs.x }}'}], activities: {deploy: {commands: ['true']}}}}}`);
    const { envVars } = renderGrain(grain, { inputs: { x: "a\nPORTAL_ROLE=admin" } }).spec;
    expect(envVars).toEqual({ NOTE: "a\nPORTAL_ROLE=admin" });
  });

  test("a spread object cannot set a variable that loads code", () => {
    const grain = grainOf(`inputs: {x: {default: y}}
grains: {a: {kind: shell, spec: {env-vars: [{_: '{{ .inputs.x }}'}], activities: {deploy: {commands: ['true']}}}}}`);
    const x = '{"LD_PRELOAD":"/x","APP":"1","A B":"2"}';
    expect(renderGrain(grain, { inputs: { x } }).spec.envVars).toEqual({ APP: "1" });
  });
});
