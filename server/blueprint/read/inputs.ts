import { type InputDefinition, type InputStyle, type InputType, inputTypes } from "#server/blueprint/blueprint.ts";
import {
  entriesOf,
  type Fields,
  flagOf,
  listOf,
  namesOf,
  numberOf,
  readFields,
  requiredText,
  textOf,
  textsOf,
  wordOf,
} from "#server/blueprint/fields.ts";
import { limits } from "#server/blueprint/limits.ts";
import { type Located, type Spot, toText } from "#server/blueprint/located.ts";
import { checkName, nearest } from "#server/blueprint/names.ts";
import { addError, choices, type Report } from "#server/blueprint/report.ts";

const inputFields = [
  "type",
  "style",
  "display-style",
  "description",
  "default",
  "allowed-values",
  "sensitive",
  "quick",
  "pattern",
  "validation-description",
  "parameter-name",
  "source-name",
  "depends-on",
  "overrides",
  "searchable",
  "max-size-MB",
  "max-files",
  "allowed-formats",
  "allowed-credential-providers",
  "target-filters",
  "resource-selector",
  "min",
  "max",
  "unit",
];

export function readInputs(report: Report, node: Located | undefined): InputDefinition[] {
  const entries = [...entriesOf(report, node)];
  if (node && entries.length > limits.inputs) {
    addError(report, node, {
      code: "BP_TOO_MANY_ITEMS",
      message: `There are ${entries.length} inputs; the limit is ${limits.inputs}.`,
      remedy: "Ask for less: give defaults inside the grains instead.",
    });
    return [];
  }
  return entries.map(([name, { key, value }]) => {
    checkName(report, name, { spot: key, what: "input" });
    return readInput(report, value, { name, key });
  });
}

function readInput(report: Report, node: Located, { name, key }: { name: string; key: Spot }): InputDefinition {
  const fields = readFields(report, node, inputFields);
  const text = (field: string) => textOf(report, fields.get(field));
  const type = readType(report, fields);
  const input: InputDefinition = {
    name,
    type,
    title: name,
    description: text("description") ?? "",
    allowedValues: readAllowedValues(report, fields.get("allowed-values")),
    sensitive: flagOf(report, fields.get("sensitive"), false) || text("display-style") === "masked",
    style: readStyle(report, fields.get("style")),
    required: !fields.get("default"),
    dependsOn: namesOf(report, fields.get("depends-on")),
    kind: null,
    synonyms: [],
    valueSynonyms: {},
    allowedProviders: textsOf(report, fields.get("allowed-credential-providers")),
    place: { file: report.file, row: key.row, column: key.column, path: key.path },
  };
  for (const part of ["min", "max"] as const) {
    const bound = numberOf(report, fields.get(part));
    if (bound !== undefined) input[part] = bound;
  }
  assignTexts(input, {
    default: readDefault(fields),
    pattern: text("pattern"),
    validationDescription: text("validation-description"),
    unit: text("unit"),
    parameterName: type === "parameter" ? requiredText(report, fields, "parameter-name") : undefined,
    sourceName: type === "input-source" ? requiredText(report, fields, "source-name") : undefined,
  });
  const file = type === "file" ? readFileLimits(report, fields) : undefined;
  if (file) input.file = file;
  return input;
}

type TextField = "default" | "pattern" | "validationDescription" | "unit" | "parameterName" | "sourceName";

function assignTexts(input: InputDefinition, texts: Record<TextField, string | undefined>): void {
  for (const [name, text] of Object.entries(texts) as [TextField, string | undefined][])
    if (text !== undefined) input[name] = text;
}

/** `default:` with nothing after it is the empty text. */
function readDefault(fields: Fields): string | undefined {
  const node = fields.get("default");
  return node ? toText(node) : undefined;
}

function readType(report: Report, fields: Fields): InputType {
  const node = fields.get("type");
  const text = textOf(report, node);
  if (!node || text === undefined) return "string";
  if (text === "execution-host") return "agent";
  const known = inputTypes.find((type) => type === text);
  if (known) return known;
  const near = nearest(text, inputTypes) ?? (/^int/.test(text) ? "number" : undefined);
  addError(report, node, {
    code: "BP_INPUT_TYPE",
    message: `\`${text.slice(0, 60)}\` is not an input type.`,
    remedy: `${near ? `Did you mean \`${near}\`? ` : ""}Input types: ${inputTypes.join(", ")}.`,
  });
  return "string";
}

const styles = ["text", "radio", "duration", "multi-select"] as const satisfies readonly InputStyle[];

function readStyle(report: Report, node: Located | undefined): InputStyle {
  return wordOf(report, node, styles) ?? "text";
}

/** `value` or Torque's `label | value` habit is kept as one value: blueprints split it themselves. */
function readAllowedValues(report: Report, node: Located | undefined): InputDefinition["allowedValues"] {
  const items = listOf(report, node);
  if (node && items.length > limits.allowedValues)
    addError(report, node, {
      code: "BP_TOO_MANY_ITEMS",
      message: `\`${node.path}\` lists ${items.length} values; the limit is ${limits.allowedValues}.`,
      remedy: "Use an input source for long lists.",
    });
  return items.slice(0, limits.allowedValues).map((item) => {
    const value = toText(item);
    return { value, label: value };
  });
}

function readFileLimits(report: Report, fields: Fields): InputDefinition["file"] {
  const names = ["max-size-MB", "max-files", "allowed-formats"];
  const missing = names.filter((name) => !fields.get(name));
  if (missing.length > 0) {
    addError(report, fields.spot, {
      code: "BP_REQUIRED",
      message: `A file input needs max-size-MB, max-files and allowed-formats; missing: ${choices(missing)}.`,
      remedy: "Add the missing limits.",
    });
    return undefined;
  }
  return {
    maxSizeMb: numberOf(report, fields.get("max-size-MB")) ?? 0,
    maxFiles: numberOf(report, fields.get("max-files")) ?? 0,
    formats: textsOf(report, fields.get("allowed-formats")),
  };
}
