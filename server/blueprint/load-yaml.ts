import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair } from "yaml";
import { limits } from "./limits.ts";
import type { Entry, Located, Spot } from "./located.ts";
import { addError, type Finding, hasErrors, type Report } from "./report.ts";
import { findUnsafeCharacter, tooLarge } from "./text-safety.ts";
import { measureYaml } from "./yaml-bounds.ts";

type Loading = {
  report: Report;
  lines: LineCounter;
  anchors: Map<string, Node>;
  /** Anchors of the values being read just now: an alias to one of them would never end. */
  open: Set<string>;
  /** Nodes made so far: aliases count each time they are used. */
  made: number;
  /** True while an anchored value is repeated: it may not use aliases itself, so that nothing multiplies. */
  insideAlias: boolean;
};

/** Reads one YAML document into located values, or reports why not. Never throws, whatever the text holds. */
export function loadYaml(source: string, report: Report): Located | null {
  const top: Spot = { row: 1, column: 1, path: "" };
  const bytes = Buffer.byteLength(source);
  if (bytes > limits.fileBytes) return refuse(report, top, tooLarge(bytes));
  const lines = countLineStarts(source);
  const spot = (offset: number, path = ""): Spot => ({ ...position(lines, offset), path });
  const unsafe = findUnsafeCharacter(source);
  if (unsafe) return refuse(report, spot(unsafe.offset), unsafe);
  try {
    const measured = measureYaml(source);
    if ("bound" in measured) return refuse(report, spot(measured.bound.offset, measured.bound.path), measured.bound);
    const [document] = new Composer({ uniqueKeys: false, merge: false, version: "1.2" }).compose(
      measured.tokens,
      true,
      source.length,
    );
    return document ? toLocated(document, report, lines) : null;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    return refuse(report, top, {
      code: "BP_YAML_SYNTAX",
      message: `The YAML cannot be read. ${message}`,
      remedy: "Correct the YAML.",
    });
  }
}

function refuse(report: Report, spot: Spot, { code, message, remedy }: Finding): null {
  addError(report, spot, { code, message, remedy });
  return null;
}

function toLocated(document: Document.Parsed, report: Report, lines: LineCounter): Located | null {
  for (const problem of [...document.errors, ...document.warnings].slice(0, 5)) {
    const message = problem.message.split(/:\n| at line \d+/)[0] ?? problem.message;
    const isTag = problem.code === "TAG_RESOLVE_FAILED";
    addError(
      report,
      { ...position(lines, problem.pos[0]), path: "" },
      {
        code: isTag ? "BP_YAML_TAG" : "BP_YAML_SYNTAX",
        message: isTag ? `${message}. The tag is not allowed.` : `The YAML is not well formed: ${message}.`,
        remedy: isTag ? "Write the plain value without a tag." : "Correct the YAML at this place.",
      },
    );
  }
  if (hasErrors(report)) return null;
  if (!document.contents || (isScalar(document.contents) && document.contents.value === null))
    return refuse(
      report,
      { row: 1, column: 1, path: "" },
      {
        code: "BP_EMPTY",
        message: "The file is empty: it holds no YAML document.",
        remedy: "Start with `spec_version: 2`, then describe inputs and grains.",
      },
    );
  const loading: Loading = { report, lines, anchors: new Map(), open: new Set(), made: 0, insideAlias: false };
  const located = convert(loading, document.contents, "");
  return hasErrors(report) ? null : located;
}

function convert(loading: Loading, node: Node | null, path: string): Located {
  const anchor = node && "anchor" in node && !loading.insideAlias ? node.anchor : undefined;
  if (!node || !anchor) return convertNode(loading, node, path);
  loading.anchors.set(anchor, node);
  loading.open.add(anchor);
  const located = convertNode(loading, node, path);
  loading.open.delete(anchor);
  return located;
}

function convertNode(loading: Loading, node: Node | null, path: string): Located {
  const spot: Spot = { ...position(loading.lines, node?.range?.[0] ?? 0), path };
  if (++loading.made > limits.nodes) return stop(loading, spot, aliasLimit);
  if (isAlias(node)) return repeat(loading, node.source, spot);
  if (node?.tag && !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(node.tag))
    return stop(loading, spot, {
      code: "BP_YAML_TAG",
      message: `The tag \`${node.tag}\` is not allowed.`,
      remedy: "Write the plain value without a tag.",
    });
  if (isMap(node)) return { ...spot, kind: "map", entries: convertEntries(loading, node.items as Pair[], spot) };
  if (isSeq(node))
    return {
      ...spot,
      kind: "list",
      items: node.items.map((item, at) => convert(loading, item as Node, `${path}[${at}]`)),
    };
  return isScalar(node)
    ? convertScalar(loading, node.value, { spot, source: node.source ?? "" })
    : { ...spot, kind: "null" };
}

function convertScalar(loading: Loading, value: unknown, { spot, source }: { spot: Spot; source: string }): Located {
  if (value === null || value === undefined) return { ...spot, kind: "null" };
  const unsafe = findUnsafeCharacter(source);
  if (unsafe) return stop(loading, spot, unsafe);
  const scalar = typeof value === "boolean" ? "bool" : typeof value === "string" ? "string" : "number";
  return { ...spot, kind: "text", text: source, scalar };
}

const aliasLimit: Finding = {
  code: "BP_ALIAS_LIMIT",
  message: `With every alias expanded the document is larger than the limit of ${limits.nodes} values.`,
  remedy: "Write the values out instead of repeating them by alias.",
};

function repeat(loading: Loading, name: string, spot: Spot): Located {
  const target = loading.anchors.get(name);
  if (!target || loading.insideAlias || loading.open.has(name)) return stop(loading, spot, explainAlias(loading, name));
  loading.insideAlias = true;
  const copy = convert(loading, target, spot.path);
  loading.insideAlias = false;
  return { ...copy, row: spot.row, column: spot.column };
}

function explainAlias(loading: Loading, name: string): Finding {
  if (!loading.anchors.has(name))
    return {
      code: "BP_YAML_SYNTAX",
      message: `The alias \`*${name}\` has no anchor \`&${name}\` before it.`,
      remedy: "Correct the name, or write the value out.",
    };
  const remedy = "Write the value out: aliases may not be nested.";
  if (loading.open.has(name))
    return {
      code: "BP_ALIAS_CYCLE",
      message: `The alias \`*${name}\` stands inside the very value it repeats.`,
      remedy,
    };
  const message = `The alias \`*${name}\` stands inside a value that is itself repeated by an alias.`;
  return { code: "BP_ALIAS_LIMIT", message, remedy };
}

const reserved = new Set(["__proto__", "constructor", "prototype"]);

function convertEntries(loading: Loading, pairs: Pair[], parent: Spot): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const pair of pairs) {
    const key = pair.key as Node | null;
    const at = position(loading.lines, key?.range?.[0] ?? 0);
    const name = isScalar(key) ? (key.source ?? String(key.value)) : null;
    const spot: Spot = { ...at, path: [parent.path, name ?? "?"].filter(Boolean).join(".") };
    const finding = name === null ? complexKey : checkKey(name, entries);
    if (finding) stop(loading, spot, finding);
    else if (name !== null) entries.set(name, { key: spot, value: locate(loading, pair.value as Node | null, spot) });
  }
  return entries;
}

/** An empty value has no place of its own: the key's serves. */
function locate(loading: Loading, node: Node | null, key: Spot): Located {
  const value = convert(loading, node, key.path);
  return value.kind === "null" ? { ...key, kind: "null" } : value;
}

const complexKey: Finding = {
  code: "BP_YAML_SYNTAX",
  message: "A key is not a plain text.",
  remedy: "Use a plain name as key.",
};

function checkKey(name: string, seen: Map<string, Entry>): Finding | null {
  if (name === "<<")
    return {
      code: "BP_ALIAS_LIMIT",
      message: "The merge key `<<` is not supported.",
      remedy: "Write the fields out, or repeat a whole value by alias.",
    };
  if (reserved.has(name))
    return { code: "BP_RESERVED_NAME", message: `\`${name}\` is a reserved name.`, remedy: "Choose another name." };
  const first = seen.get(name);
  if (!first) return findUnsafeCharacter(name);
  return {
    code: "BP_DUPLICATE_KEY",
    message: `\`${name}\` is a duplicate: the same key stands on line ${first.key.row}.`,
    remedy: "Keep one of the two.",
  };
}

/** Reports and gives an empty value, so that reading goes on to the next finding. */
function stop(loading: Loading, spot: Spot, { code, message, remedy }: Finding): Located {
  addError(loading.report, spot, { code, message, remedy });
  return { ...spot, kind: "null" };
}

function countLineStarts(source: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function position(lines: LineCounter, offset: number): { row: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { row: Math.max(line, 1), column: Math.max(col, 1) };
}
