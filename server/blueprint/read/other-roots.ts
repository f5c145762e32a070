import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { entriesOf, type Fields, listOf, readFields, wordOf } from "#server/blueprint/fields.ts";
import { type Located, toPlain } from "#server/blueprint/located.ts";
import type { Report } from "#server/blueprint/report.ts";
import { readSource } from "./source.ts";

export const rootFields = [
  "spec_version",
  "description",
  "metadata",
  "instructions",
  "layout",
  "labels",
  "inputs",
  "outputs",
  "env_references",
  "resources",
  "grains",
  "workflow",
  "environment",
  "customization",
  "family",
  "template",
  "launch-form",
  "gantry",
];

const environmentFields = [
  "environment_name",
  "owner_email",
  "state",
  "description",
  "collaborators",
  "spaces",
  "tags",
  "labels",
  "duration",
  "auto_approve",
  "blueprint_commit",
];
const workflowFields = [
  "scope",
  "resource-types",
  "resource-selector",
  "labels-selector",
  "label-selector",
  "triggers",
  "timeout",
];
const resourceFields = ["selector", "reference"];
const selectorFields = ["type", "provider-name", "provider-type", "attributes", "quantity"];

/** Parts of the format that are checked for shape and kept as they are. */
export function readOtherRoots(report: Report, fields: Fields): Pick<Blueprint, "workflow" | "extra"> {
  const workflow = readFields(report, fields.get("workflow"), workflowFields);
  for (const trigger of listOf(report, workflow.get("triggers")))
    readFields(report, trigger, ["type", "groups", "cron", "overridable", "event"]);
  readFields(report, fields.get("environment"), environmentFields);
  const layout = readFields(report, fields.get("layout"), ["source", "exclude-from-layout"]);
  readSource(report, layout.get("source"));
  for (const [, { value }] of entriesOf(report, fields.get("env_references")))
    readFields(report, value, ["labels-selector"]);
  for (const [, { value }] of entriesOf(report, fields.get("resources")))
    readFields(report, readFields(report, value, resourceFields).get("selector"), selectorFields);
  readFamily(report, fields.get("family"));
  readFields(report, fields.get("template"), ["placeholders"]);
  const kept = ["layout", "env_references", "resources", "environment", "family", "template", "workflow"];
  const extra = Object.fromEntries(
    kept.flatMap((name) => {
      const node = fields.get(name);
      return node ? [[name, toPlain(node)]] : [];
    }),
  );
  const scope = wordOf(report, workflow.get("scope"), ["space", "env", "env_resource"]);
  return { workflow: scope ? { scope } : null, extra };
}

function readFamily(report: Report, node: Located | undefined): void {
  for (const [, { value }] of entriesOf(report, readFields(report, node, ["members"]).get("members")))
    readSource(report, readFields(report, value, ["source"]).get("source"));
}
