import { parse } from "yaml";

import { Problem } from "#server/errors.ts";
import { usagePseudoTypes } from "./resource-class.ts";

type Node = Readonly<Record<string, unknown>>;

/** Expected usage, in the format of an `infracost-usage.yml`. */
export interface UsageFile {
  byType: Readonly<Record<string, Node>>;
  byAddress: Readonly<Record<string, Node>>;
}

export const noUsage: UsageFile = { byType: {}, byAddress: {} };

function node(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function nodes(value: unknown): Record<string, Node> {
  return Object.fromEntries(Object.entries(node(value)).map(([name, child]) => [name, node(child)]));
}

/** Reads a usage file. Unknown keys are kept: which ones matter is known by each resource. */
export function parseUsage(text: string): UsageFile {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : "it cannot be parsed";
    throw new Problem("bad_input", `The usage file is not valid YAML: ${reason}`, {
      remedy: "Check it against the format of infracost-usage.yml.",
    });
  }
  const root = node(document);
  return { byType: nodes(root.resource_type_default_usage), byAddress: nodes(root.resource_usage) };
}

function merge(lower: Node, upper: Node): Node {
  const merged: Record<string, unknown> = { ...lower };
  for (const [name, value] of Object.entries(upper)) {
    const below = merged[name];
    const isNested = Object.keys(node(value)).length > 0 && Object.keys(node(below)).length > 0;
    merged[name] = isNested ? merge(node(below), node(value)) : value;
  }
  return merged;
}

/** One file over another: what the upper one says of the same thing wins. */
export function mergeUsage(lower: UsageFile, upper: UsageFile): UsageFile {
  return {
    byType: merge(lower.byType, upper.byType) as UsageFile["byType"],
    byAddress: merge(lower.byAddress, upper.byAddress) as UsageFile["byAddress"],
  };
}

const typeOf = (address: string): string => address.split(".")[0] ?? "";

/** The same usage without what no resource stands for. */
export function withoutPseudoTypes(file: UsageFile): UsageFile {
  const entries = Object.entries(file.byAddress).filter(([address]) => !usagePseudoTypes.has(typeOf(address)));
  return { ...file, byAddress: Object.fromEntries(entries) };
}

const wildcardOf = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "[*]");

/** Addresses that usage is stated for although no resource has them. */
export function unmatchedUsage(files: readonly UsageFile[], addresses: readonly string[]): string[] {
  const known = new Set(addresses.flatMap((address) => [address, wildcardOf(address)]));
  const stated = new Set(files.flatMap(({ byAddress }) => Object.keys(byAddress)));
  return [...stated].filter((address) => !known.has(address)).sort();
}

/** What the file says of one resource: its type's defaults, then `address[*]`, then its own entry. */
export function usageOf(file: UsageFile, type: string, address: string): Node {
  const wildcard = wildcardOf(address);
  const layers = [
    file.byType[type],
    wildcard === address ? undefined : file.byAddress[wildcard],
    file.byAddress[address],
  ];
  return layers.reduce<Node>((merged, layer) => (layer ? merge(merged, layer) : merged), {});
}

export interface Usage {
  number(name: string): number | undefined;
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  at(name: string): Usage;
  readonly isEmpty: boolean;
  /** What is stated, for usage whose keys are names of places. */
  readonly names: readonly string[];
}

export function usageView(usage: Node): Usage {
  return {
    isEmpty: Object.keys(usage).length === 0,
    names: Object.keys(usage),
    number(name) {
      const value = usage[name];
      // Other readers of YAML take 1_000_000 for a number.
      const figure = typeof value === "string" && value.trim() !== "" ? Number(value.replaceAll("_", "")) : value;
      return typeof figure === "number" && Number.isFinite(figure) && figure >= 0 ? figure : undefined;
    },
    text: (name) => (typeof usage[name] === "string" ? usage[name] : undefined),
    flag: (name) => (usage[name] === undefined ? undefined : String(usage[name]) === "true"),
    at: (name) => usageView(node(usage[name])),
  };
}
