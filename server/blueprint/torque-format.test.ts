import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseBlueprint } from "./parse-blueprint.ts";

const reference = path.resolve(import.meta.dirname, "../../../shared/reference/torque.md");
const isPresent = fs.existsSync(reference);

/** Faults of meaning that a fragment has only because what it refers to was left out. */
const ofMeaning = /^BP_(?:UNKNOWN_INPUT|UNKNOWN_GRAIN|UNKNOWN_OUTPUT|MISSING_DEPENDENCY|NO_GRAINS)$/;

function readExamples(): { name: string; text: string }[] {
  if (!isPresent) return [];
  const text = fs.readFileSync(reference, "utf8");
  const section = text.slice(text.indexOf("## 2. YAML"), text.indexOf("## 3. Sample"));
  return [...section.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, block = ""], at) => ({ name: `example ${at + 1}`, text: block }))
    .filter(({ text }) => !text.startsWith("agent:") && !text.includes("\n---"));
}

describe.skipIf(!isPresent)("examples of the format", () => {
  test.each(readExamples())("$name has no unknown field", ({ text }) => {
    const { problems } = parseBlueprint({
      "x.yaml": text.includes("spec_version") ? text : `spec_version: 2\n${text}`,
    });
    const faults = problems.filter((problem) => problem.severity === "error" && !ofMeaning.test(problem.code));
    expect(faults).toEqual([]);
  });
});

test("a workflow in Torque's style is read: bindings, named command with outputs, several lines with substitutions", () => {
  const { blueprint, problems } = parseBlueprint({
    "resize.yaml": `spec_version: 2
description: Gives a machine another size
metadata: {self-service: false, blueprint-labels: [{key: Shell, initial-color: green}]}
workflow: {scope: env_resource, resource-types: aws_instance, labels-selector: a:b, triggers: [{type: manual}], timeout: '20'}
inputs: {agent: {type: agent}, size: {allowed-values: [t3.micro, t3.small]}}
outputs: {before: {value: '{{ .grains.resize.activities.deploy.commands.run.outputs.before }}', quick: true}}
grains:
  resize:
    kind: shell
    spec:
      agent: {name: '{{ .inputs.agent }}'}
      activities:
        deploy:
          commands:
            - name: run
              outputs: [before]
              command: |
                set -e
                id="{{ .bindings.resource_id }}"
                # it's the size that was there before
                before=$(jq -r --arg id "$id" '.resources[] | select(.id == $id) | (.size // empty)' "$CONTRACT_FILE_PATH")
                echo "from \${before:-none} to {{ .inputs.size }}"
`,
  });
  expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
  expect(blueprint?.workflow).toEqual({ scope: "env_resource" });
});

test("a sample's habits are read: names with spaces and brackets, labels with values, nested by folder and grain name", () => {
  const { blueprint, problems } = parseBlueprint({
    "VM from an image.yaml": `spec_version: 2
instructions: {source: {store: samples, path: instructions/vm.md}}
inputs:
  AWS Region: {description: Where, default: "Ireland | eu-west-1", allowed-values: ["Ireland | eu-west-1"]}
  DB_PASS: {type: string, default: 12345, sensitive: true}
outputs:
  Site (friendly): {value: 'site-{{ envid | downcase }}.example.com:8080', quick: true}
grains:
  Multi Subnet VPC:
    kind: blueprint
    spec:
      source: {store: samples, path: blueprints}
      inputs: [{aws_region: '{{ .inputs.["AWS Region"] | split: "|" | last | strip }}'}]
      outputs: [subnet_id]
  App Instance:
    kind: terraform
    depends-on: Multi Subnet VPC
    spec:
      source: {store: samples, path: tf/vm}
      inputs:
        - subnet: '{{ .grains.["Multi Subnet VPC"].outputs.subnet_id }}'
        - password: '{{.inputs.DB_PASS}}'
        - use_public_ip: true
      env-vars: []
      outputs: [instance-ip]
    tf-version: 1.5.5
  Health Check:
    kind: shell
    depends-on: App Instance
    spec:
      activities:
        deploy:
          commands: ['curl {{ .grains.["App Instance"].outputs.instance-ip }}/hello?Name={{ envId }} -s | head -n 1']
`,
  });
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["BP_SENSITIVE_DEFAULT", "warning"]]);
  expect(blueprint?.grains.map((grain) => grain.name)).toEqual(["Multi Subnet VPC", "App Instance", "Health Check"]);
});
