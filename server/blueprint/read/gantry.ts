import {
  type Blueprint,
  clouds,
  type DeclaredCost,
  type Grain,
  type InputDefinition,
  inputKinds,
  type Prompt,
} from "#server/blueprint/blueprint.ts";
import {
  entriesOf,
  type Fields,
  flagOf,
  listOf,
  numberOf,
  readFields,
  requiredText,
  textOf,
  textsOf,
  wordOf,
} from "#server/blueprint/fields.ts";
import { limits } from "#server/blueprint/limits.ts";
import type { Entry, Located } from "#server/blueprint/located.ts";
import { nearest } from "#server/blueprint/names.ts";
import { addError, choices, type Report } from "#server/blueprint/report.ts";
import { readCommands } from "./activities.ts";
import { parseDuration } from "./duration.ts";

/** What Gantry knows beyond Torque's format; read from `metadata.gantry` or the root key `gantry`. */
export type Additions = Pick<
  Blueprint,
  "icon" | "category" | "cloud" | "owner" | "prompts" | "synonyms" | "declaredCosts" | "duration" | "requires"
> & { title: string | undefined; agent: Blueprint["agent"] | undefined };

type Parts = Pick<Blueprint, "inputs" | "outputs" | "grains">;

const gantryFields = [
  "title",
  "icon",
  "category",
  "cloud",
  "owner",
  "agent",
  "requires",
  "duration",
  "synonyms",
  "costs",
  "inputs",
  "outputs",
  "grains",
  "prompts",
];

/** Reads the additions, and completes inputs, outputs and grains with what is said of them there. */
export function readGantry(report: Report, node: Located | undefined, parts: Parts): Additions {
  const fields = readFields(report, node, gantryFields);
  const text = (name: string) => textOf(report, fields.get(name));
  completeInputs(report, fields.get("inputs"), parts.inputs);
  completeOutputs(report, fields.get("outputs"), parts.outputs);
  completeGrains(report, fields.get("grains"), parts.grains);
  const owner = readFields(report, fields.get("owner"), ["team", "email"]);
  return {
    title: text("title"),
    icon: readIcon(report, fields),
    category: text("category") ?? "Other",
    cloud: wordOf(report, fields.get("cloud"), clouds) ?? null,
    owner: { team: textOf(report, owner.get("team")) ?? "", email: textOf(report, owner.get("email")) ?? null },
    agent: wordOf(report, fields.get("agent"), ["local", "simulator"]),
    requires: textsOf(report, fields.get("requires")),
    duration: readDuration(report, fields.get("duration")),
    synonyms: textsOf(report, fields.get("synonyms")),
    declaredCosts: readCosts(report, fields.get("costs"), parts.inputs),
    prompts: readPrompts(report, fields.get("prompts"), parts.inputs),
  };
}

function readIcon(report: Report, fields: Fields): string {
  const node = fields.get("icon");
  const icon = textOf(report, node) ?? "IconBox";
  if (node && !/^Icon[A-Z0-9][A-Za-z0-9]{1,60}$/.test(icon))
    addError(report, node, {
      code: "BP_VALUE",
      message: `\`${icon.slice(0, 60)}\` is not an icon's name.`,
      remedy: "Use a name of Tabler Icons, e.g. `IconDatabase`.",
    });
  return icon;
}

const dayMinutes = 24 * 60;

function readDuration(report: Report, node: Located | undefined): Blueprint["duration"] {
  const fields = readFields(report, node, ["default", "max", "always-on"]);
  const minutes = (name: string) => {
    const text = textOf(report, fields.get(name));
    const value = text === undefined ? null : parseDuration(text);
    const spot = fields.get(name);
    if (spot && text !== undefined && !value)
      addError(report, spot, {
        code: "BP_DURATION",
        message: `\`${text.slice(0, 60)}\` is not a duration above zero.`,
        remedy: "Write it as `4h`, `2d` or ISO 8601, e.g. `P1DT4H`.",
      });
    return value;
  };
  const maxMinutes = minutes("max");
  const defaultMinutes = minutes("default") ?? Math.min(8 * 60, maxMinutes ?? dayMinutes);
  if (maxMinutes !== null && defaultMinutes > maxMinutes)
    addError(report, fields.spot, {
      code: "BP_DURATION",
      message: "The default duration is longer than the longest one.",
      remedy: "Lower `default` or raise `max`.",
    });
  return { defaultMinutes, maxMinutes, alwaysOn: flagOf(report, fields.get("always-on"), false) };
}

/** Entries that speak of an input, output or grain must name one. */
function eachKnown<T extends { name: string }>(
  report: Report,
  node: Located | undefined,
  { of, what }: { of: readonly T[]; what: string },
): { thing: T; entry: Entry }[] {
  return [...entriesOf(report, node)].flatMap(([name, entry]) => {
    const thing = of.find((candidate) => candidate.name === name);
    if (thing) return { thing, entry };
    const names = of.map((candidate) => candidate.name);
    const near = nearest(name, names);
    addError(report, entry.key, {
      code: `BP_UNKNOWN_${what.toUpperCase()}`,
      message: `\`${name}\` is not an ${what} of this blueprint.`.replace("an grain", "a grain"),
      remedy: near ? `Did you mean \`${near}\`?` : `There are: ${choices(names)}.`,
    });
    return [];
  });
}

const aboutInput = ["title", "type", "kind", "unit", "min", "max", "synonyms", "values", "labels"];

function completeInputs(report: Report, node: Located | undefined, inputs: InputDefinition[]): void {
  for (const { thing: input, entry } of eachKnown(report, node, { of: inputs, what: "input" })) {
    const fields = readFields(report, entry.value, aboutInput);
    input.title = textOf(report, fields.get("title")) ?? input.title;
    input.type = wordOf(report, fields.get("type"), ["number", "bool"]) ?? input.type;
    input.kind = wordOf(report, fields.get("kind"), inputKinds) ?? null;
    input.synonyms = textsOf(report, fields.get("synonyms"));
    const unit = textOf(report, fields.get("unit"));
    const min = numberOf(report, fields.get("min"));
    const max = numberOf(report, fields.get("max"));
    if (unit !== undefined) input.unit = unit;
    if (min !== undefined) input.min = min;
    if (max !== undefined) input.max = max;
    for (const [value, words] of entriesOf(report, fields.get("values")))
      input.valueSynonyms[value] = textsOf(report, words.value);
    for (const [value, label] of entriesOf(report, fields.get("labels"))) {
      const allowed = input.allowedValues.find((candidate) => candidate.value === value);
      if (allowed) allowed.label = textOf(report, label.value) ?? value;
    }
  }
}

function completeOutputs(report: Report, node: Located | undefined, outputs: Blueprint["outputs"]): void {
  for (const { thing: output, entry } of eachKnown(report, node, { of: outputs, what: "output" })) {
    const fields = readFields(report, entry.value, ["sensitive"]);
    output.sensitive = flagOf(report, fields.get("sensitive"), output.sensitive);
  }
}

function completeGrains(report: Report, node: Located | undefined, grains: Grain[]): void {
  for (const { thing: grain, entry } of eachKnown(report, node, { of: grains, what: "grain" })) {
    const fields = readFields(report, entry.value, ["check", "sensitive-outputs", "outputs"]);
    grain.spec.activities.check.push(...readCommands(report, fields.get("check")));
    grain.spec.sensitiveOutputs.push(...textsOf(report, fields.get("sensitive-outputs")));
    grain.spec.outputs.push(...textsOf(report, fields.get("outputs")));
  }
}

function readCosts(report: Report, node: Located | undefined, inputs: InputDefinition[]): DeclaredCost[] {
  return listOf(report, node).map((item) => {
    const fields = readFields(report, item, ["name", "amount", "currency", "per", "times"]);
    const amount = requiredText(report, fields, "amount") ?? "0";
    const amountNode = fields.get("amount");
    if (amountNode && !/^\d{1,9}(?:\.\d{1,9})?$/.test(amount))
      addError(report, amountNode, {
        code: "BP_VALUE",
        message: `\`${amount.slice(0, 40)}\` is not an amount of money.`,
        remedy: "Write a decimal number, e.g. `0.25`; the currency stands beside it.",
      });
    const times = textOf(report, fields.get("times")) ?? null;
    const timesNode = fields.get("times");
    if (timesNode && times !== null && !inputs.some((input) => input.name === times))
      addError(report, timesNode, {
        code: "BP_UNKNOWN_INPUT",
        message: `\`${times.slice(0, 60)}\` is not an input: a cost can be multiplied by an input only.`,
        remedy: "Name an input that holds a number.",
      });
    return {
      name: requiredText(report, fields, "name") ?? "",
      amount,
      currency: textOf(report, fields.get("currency")) ?? "USD",
      per: wordOf(report, fields.get("per"), ["hour", "month", "launch"]) ?? "hour",
      times,
    };
  });
}

function readPrompts(report: Report, node: Located | undefined, inputs: InputDefinition[]): Prompt[] {
  const known = ["duration", "name", ...inputs.map((input) => input.name)];
  return listOf(report, node)
    .slice(0, limits.prompts)
    .map((item) => {
      const fields = readFields(report, item, ["title", "text", "example"]);
      const text = requiredText(report, fields, "text") ?? "";
      const slots = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, slot = ""]) => slot.trim());
      const example: Record<string, string> = {};
      for (const [slot, { value }] of entriesOf(report, fields.get("example")))
        example[slot] = textOf(report, value) ?? "";
      for (const slot of new Set([...slots, ...Object.keys(example)]))
        if (!known.includes(slot))
          addError(report, fields.get("text") ?? item, {
            code: "BP_UNKNOWN_SLOT",
            message: `The prompt's slot \`{${slot}}\` is not an input, \`duration\` or \`name\`.`,
            remedy: `Slots: ${choices(known)}.`,
          });
      return { title: textOf(report, fields.get("title")) ?? text, text, slots: [...new Set(slots)], example };
    });
}
