import type { FormSection } from "#server/blueprint/blueprint.ts";
import { entriesOf, type Fields, listOf, readFields, textOf } from "#server/blueprint/fields.ts";
import type { Located } from "#server/blueprint/located.ts";
import { nearest } from "#server/blueprint/names.ts";
import { addError, type Report } from "#server/blueprint/report.ts";

const entryFields = ["name", "type", "visible", "allow-refresh", "header", "description", "style", "icon"];
const sectionFields = ["name", "description", "icon", "default_open", "inputs", "type", "visible"];
const categoryFields = [...sectionFields, "sections"];
const steps = ["title", "ownersAndCollaborators", "tags", "workflows"];

type Reading = { report: Report; inputNames: readonly string[] };

/** The launch form's sections, categories flattened. Every entry must be an input, or one of the portal's own fields. */
export function readForm(report: Report, node: Located | undefined, inputNames: readonly string[]): FormSection[] {
  const reading = { report, inputNames };
  const form = readFields(report, node, ["inputs", "categories", "sections", "steps"]);
  const categories = listOf(report, form.get("categories")).map((node) => readFields(report, node, categoryFields));
  const groups = [form, ...categories].flatMap((group) => [
    group,
    ...listOf(report, group.get("sections")).map((node) => readFields(report, node, sectionFields)),
  ]);
  checkSteps(report, form.get("steps"));
  return groups.map((group) => readSection(reading, group)).filter((section) => section.inputs.length > 0);
}

function readSection({ report, inputNames }: Reading, fields: Fields): FormSection {
  return {
    name: textOf(report, fields.get("name")) ?? "",
    description: textOf(report, fields.get("description")) ?? "",
    inputs: listOf(report, fields.get("inputs")).flatMap((item) => readEntry({ report, inputNames }, item)),
  };
}

function readEntry({ report, inputNames }: Reading, node: Located): FormSection["inputs"] {
  const fields = readFields(report, node, entryFields);
  const nameNode = fields.get("name");
  const name = textOf(report, nameNode);
  const type = textOf(report, fields.get("type"));
  if (!nameNode || name === undefined || (type && ["env-name", "owner", "duration"].includes(type))) return [];
  if (!inputNames.includes(name)) {
    const near = nearest(name, inputNames);
    addError(report, nameNode, {
      code: "BP_UNKNOWN_INPUT",
      message: `The launch form shows \`${name}\`, which is not an input (customization.launch-form).`,
      remedy: near ? `Did you mean \`${near}\`?` : "Declare the input, or take it off the form.",
    });
  }
  return [{ name, visible: textOf(report, fields.get("visible")) ?? null }];
}

function checkSteps(report: Report, node: Located | undefined): void {
  readFields(report, node, steps);
  for (const [, { value }] of entriesOf(report, node)) readFields(report, value, ["visible"]);
}
