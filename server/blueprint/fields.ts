import type { Entry, Located, Spot } from "./located.ts";
import { nearest } from "./names.ts";
import { addError, choices, type Report } from "./report.ts";

/** The fields of one mapping; missing and null ones give undefined. */
export type Fields = { spot: Spot; get(name: string): Located | undefined; has(name: string): boolean };

const none: ReadonlyMap<string, Entry> = new Map();

function wrongType(report: Report, node: Located, wanted: string): void {
  const given = { map: "a mapping", list: "a list", text: "a text", null: "empty" }[node.kind];
  addError(report, node, {
    code: "BP_TYPE",
    message: `\`${node.path || "The document"}\` must be ${wanted}; it is ${given}.`,
    remedy: `Write ${wanted} here.`,
  });
}

/** Fields of a mapping. Unknown ones are refused, since a misspelt guard would silently guard nothing. */
export function readFields(report: Report, node: Located | undefined, known: readonly string[]): Fields {
  const entries = entriesOf(report, node);
  for (const [name, { key }] of entries) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    addError(report, key, {
      code: "BP_UNKNOWN_FIELD",
      message: `\`${name}\` is not a field of \`${node?.path || "a blueprint"}\`.`,
      remedy: near ? `Did you mean \`${near}\`?` : `Known fields: ${choices(known, 40)}.`,
    });
  }
  return fieldsFrom(entries, node ?? { row: 1, column: 1, path: "" });
}

function fieldsFrom(entries: ReadonlyMap<string, Entry>, spot: Spot): Fields {
  const get = (name: string) => {
    const value = entries.get(name)?.value;
    return value?.kind === "null" ? undefined : value;
  };
  return { spot, get, has: (name) => entries.has(name) };
}

/** Entries of a mapping whose keys are names the author chose. */
export function entriesOf(report: Report, node: Located | undefined): ReadonlyMap<string, Entry> {
  if (!node || node.kind === "null") return none;
  if (node.kind === "map") return node.entries;
  // Generated blueprints write an empty mapping as an empty list.
  if (node.kind === "list" && node.items.length === 0) return none;
  wrongType(report, node, "a mapping");
  return none;
}

/** Named values, written as a list of one-key mappings (Torque's habit) or as one mapping. */
export function pairsOf(report: Report, node: Located | undefined): ReadonlyMap<string, Entry> {
  if (node?.kind !== "list") return entriesOf(report, node);
  const pairs = new Map<string, Entry>();
  for (const item of node.items) {
    for (const [name, entry] of entriesOf(report, item)) {
      if (pairs.has(name))
        addError(report, entry.key, {
          code: "BP_DUPLICATE_KEY",
          message: `\`${name}\` is a duplicate in \`${node.path}\`.`,
          remedy: "Keep one of the two.",
        });
      else pairs.set(name, entry);
    }
  }
  return pairs;
}

export function textOf(report: Report, node: Located | undefined): string | undefined {
  if (!node || node.kind === "text") return node?.text;
  wrongType(report, node, "a text");
  return undefined;
}

export function requiredText(report: Report, fields: Fields, name: string): string | undefined {
  const node = fields.get(name);
  if (node) return textOf(report, node);
  reportMissing(report, fields, name);
  return undefined;
}

export function reportMissing(report: Report, fields: Fields, name: string): void {
  const path = [fields.spot.path, name].filter(Boolean).join(".");
  addError(
    report,
    { ...fields.spot, path },
    {
      code: "BP_REQUIRED",
      message: `\`${path}\` is missing; the field \`${name}\` is required.`,
      remedy: `Add \`${name}\`.`,
    },
  );
}

/** Templates may stand where a flag is expected; they count as given, with `otherwise` until rendered. */
export function flagOf(report: Report, node: Located | undefined, otherwise: boolean): boolean {
  if (!node) return otherwise;
  if (node.kind === "text") {
    const word = node.text.trim().toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    if (word.includes("{{") || word.includes("{%")) return otherwise;
  }
  wrongType(report, node, "true or false");
  return otherwise;
}

export function numberOf(report: Report, node: Located | undefined): number | undefined {
  if (!node) return undefined;
  const value = node.kind === "text" && node.text.trim() !== "" ? Number(node.text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  wrongType(report, node, "a number");
  return undefined;
}

export function listOf(report: Report, node: Located | undefined): readonly Located[] {
  if (!node) return [];
  if (node.kind === "list") return node.items;
  wrongType(report, node, "a list");
  return [];
}

/** A list of texts; a single text stands for a list of one. */
export function textsOf(report: Report, node: Located | undefined): string[] {
  if (node?.kind === "text") return [node.text];
  return listOf(report, node).flatMap((item) => textOf(report, item) ?? []);
}

/** Names separated by commas, or a list. */
export function namesOf(report: Report, node: Located | undefined): string[] {
  const texts = node?.kind === "text" ? node.text.split(",") : textsOf(report, node);
  return texts.map((text) => text.trim()).filter(Boolean);
}

/** One of a closed set of words. */
export function wordOf<T extends string>(
  report: Report,
  node: Located | undefined,
  words: readonly T[],
): T | undefined {
  const text = textOf(report, node);
  if (text === undefined || !node) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word) return word;
  addError(report, node, {
    code: "BP_VALUE",
    message: `\`${node.path}\` is \`${text.slice(0, 80)}\`, which is not known here.`,
    remedy: `Use one of: ${words.join(", ")}.`,
  });
  return undefined;
}
