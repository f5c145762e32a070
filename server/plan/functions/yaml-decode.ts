import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from "yaml";
import type { Budget } from "#server/plan/limits.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { numFromInteger, parseNum } from "#server/plan/value/number.ts";
import { STRING } from "#server/plan/value/type.ts";
import { bool, entriesOf, nullOf, number, object, text, tuple, unknown, type Value } from "#server/plan/value/value.ts";

/** One YAML document by the rules of YAML 1.1, which Terraform follows: `yes` and `on` are true. */
export function fromYaml(source: string, budget: Budget): Value {
  const documents = parseAllDocuments(source, {
    version: "1.1",
    schema: "failsafe",
    merge: true,
    uniqueKeys: false,
    logLevel: "silent",
  });
  if (!Array.isArray(documents)) return nullOf();
  if (documents.length > 1) throw new PlanError("only one YAML document is allowed.");
  const [document] = documents;
  const failure = document?.errors[0];
  if (failure) throw new PlanError(`the YAML is not valid: ${failure.message.split("\n")[0]}`);
  const anchors = new Map<string, Value>();
  if (!document?.contents || source.trim() === "") throw new PlanError("the YAML holds no document.");
  return toValue(document.contents as Node, { anchors, budget });
}

type Reading = { anchors: Map<string, Value>; budget: Budget };

function toValue(node: Node | null, reading: Reading): Value {
  reading.budget.step();
  if (node === null) return nullOf();
  if (isAlias(node)) {
    const found = reading.anchors.get(node.source);
    if (!found) throw new PlanError(`the YAML alias *${node.source} refers to nothing before it.`);
    // An alias costs as much as what it stands for: this is what stops an alias bomb.
    reading.budget.step(sizeOf(found));
    return found;
  }
  const value = isSeq(node)
    ? tuple(node.items.map((item) => toValue(item as Node, reading)))
    : isMap(node)
      ? toObject(node, reading)
      : toScalar(node as Scalar);
  if ("anchor" in node && typeof node.anchor === "string") reading.anchors.set(node.anchor, value);
  return value;
}

const sizes = new WeakMap<Value, number>();

function sizeOf(value: Value): number {
  const cached = sizes.get(value);
  if (cached !== undefined) return cached;
  const inner = Array.isArray(value.content)
    ? value.content
    : value.content instanceof Map
      ? [...value.content.values()]
      : [];
  let size = 1;
  for (const child of inner) size += sizeOf(child as Value);
  sizes.set(value, size);
  return size;
}

function toObject(node: { items: unknown[] }, reading: Reading): Value {
  const own: [string, Value][] = [];
  const merged: [string, Value][] = [];
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) throw new PlanError("a YAML key must be a plain value.");
    const value = toValue(pair.value as Node | null, reading);
    const isMerge = pair.key.source === "<<" && pair.key.type === "PLAIN";
    if (isMerge && value.content instanceof Map) merged.push(...entriesOf(value));
    else if (isMerge && Array.isArray(value.content))
      for (const item of [...value.content].reverse()) merged.push(...entriesOf(item as Value));
    else own.push([keyText(pair.key), value]);
  }
  return object([...merged, ...own]);
}

function keyText(key: Scalar): string {
  const resolved = toScalar(key);
  if (typeof resolved.content === "string") return resolved.content;
  return key.source ?? String(key.value);
}

const yes = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const decimal = /^[-+]?\d*(?:\.\d*)?(?:[eE][-+]?\d+)?$/;

function toScalar(node: Scalar): Value {
  const source = node.source ?? String(node.value ?? "");
  const tag = node.tag;
  if (tag === "tag:yaml.org,2002:str" || tag === "!" || node.type !== "PLAIN") return text(String(node.value ?? ""));
  if (tag === "tag:yaml.org,2002:binary") return text(source);
  if (source === "" || source === "~" || /^(?:null|Null|NULL)$/.test(source)) return nullOf();
  if (yes.test(source)) return bool(true);
  if (no.test(source)) return bool(false);
  return toNumber(source) ?? toTimestamp(source) ?? text(source);
}

/** YAML 1.1 knows timestamps, which Terraform writes back in the form of RFC 3339. */
function toTimestamp(source: string): Value | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(source)) return text(`${source}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/.test(source)) return text(source);
  const isOther = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}/.test(source);
  return isOther ? unknown(STRING, "this form of a YAML timestamp is left to the real plan") : undefined;
}

function toNumber(source: string): Value | undefined {
  if (/^(?:0x[0-9a-fA-F]+|0o[0-7]+)$/.test(source)) return number(numFromInteger(BigInt(source), 512));
  if (!decimal.test(source) || !/\d/.test(source)) return undefined;
  const parsed = parseNum(source);
  return parsed && number(parsed);
}
