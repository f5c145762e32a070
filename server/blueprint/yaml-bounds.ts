import { type CST, Lexer, Parser } from "yaml";
import { limits } from "./limits.ts";
import type { Finding } from "./report.ts";

export type Bound = Finding & { offset: number; path: string };

type Visit = { token: CST.Token; depth: number; path: string };

/**
 * Measures a document before anything recursive or quadratic touches it. The concrete syntax is read with a stack of
 * its own, so neither depth nor width can exhaust ours.
 */
export function measureYaml(source: string): { tokens: CST.Token[] } | { bound: Bound } {
  if (countLines(source) > limits.lines)
    return { bound: bound(0, "", "BP_TOO_LARGE", `The file has more lines than the limit of ${limits.lines}.`) };
  const tokens = readTokens(source);
  if (!Array.isArray(tokens)) return { bound: tokens };
  const documents = tokens.filter((token) => token.type === "document");
  const second = documents[1];
  if (second)
    return {
      bound: {
        code: "BP_MULTIPLE_DOCUMENTS",
        offset: second.offset,
        path: "",
        message: `The file holds ${documents.length} YAML documents; exactly one document is allowed.`,
        remedy: "Put each blueprint in a folder of its own.",
      },
    };
  const found = measureTokens(tokens);
  return found ? { bound: found } : { tokens };
}

/** Reads piece by piece and stops at the first bound that is passed: a hostile text is not read to its end. */
function readTokens(source: string): CST.Token[] | Bound {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let pieces = 0;
  let offset = 0;
  for (const piece of new Lexer().lex(source)) {
    for (const token of parser.next(piece)) tokens.push(token);
    offset += piece.length;
    if (++pieces > limits.pieces)
      return bound(offset, "", "BP_TOO_MANY_ITEMS", `The document has more parts than the limit of ${limits.pieces}.`);
    const wide = pieces % 256 === 0 ? findWide(parser.stack, offset) : null;
    if (wide) return wide;
    // A collection and each of its items take two places on the parser's stack at most.
    if (parser.stack.length > 2 * limits.depth + 2)
      return bound(offset, "", "BP_TOO_DEEP", `Collections are nested beyond the depth limit of ${limits.depth}.`);
  }
  return [...tokens, ...parser.end()];
}

/** A collection being read that already has too many entries. */
function findWide(open: CST.Token[], offset: number): Bound | null {
  const names: string[] = [];
  for (const token of open) {
    if (!("items" in token)) continue;
    if (token.items.length > limits.keysPerMap)
      return tooWide(offset, names.join("."), `more than ${limits.keysPerMap}`);
    const last: Item | undefined = token.items.at(-1);
    if (last && nameOf(last) === "<<") return mergeKey(offset, names.join("."));
    if (last && nameOf(last)) names.push(nameOf(last));
  }
  return null;
}

function mergeKey(offset: number, path: string): Bound {
  const message = "The merge key `<<` is not supported: repeat a whole value by alias.";
  return bound(offset, path, "BP_ALIAS_LIMIT", message);
}

function tooWide(offset: number, path: string, count: string): Bound {
  const message = `\`${path || "the document"}\` has ${count} entries; the limit is ${limits.keysPerMap}.`;
  return bound(offset, path, "BP_TOO_MANY_ITEMS", message);
}

function countLines(source: string): number {
  let lines = 1;
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) lines++;
  return lines;
}

function measureTokens(tokens: CST.Token[]): Bound | null {
  const stack: Visit[] = tokens.map((token) => ({ token, depth: 0, path: "" }));
  let nodes = 0;
  let aliases = 0;
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { token, depth, path } = visit;
    if (++nodes > limits.nodes)
      return bound(
        token.offset,
        path,
        "BP_TOO_MANY_ITEMS",
        `The document has more values than the limit of ${limits.nodes}.`,
      );
    if (depth > limits.depth)
      return bound(
        token.offset,
        "",
        "BP_TOO_DEEP",
        `Collections are nested beyond the depth limit of ${limits.depth}.`,
      );
    if (token.type === "alias" && ++aliases > limits.aliases)
      return bound(
        token.offset,
        path,
        "BP_ALIAS_LIMIT",
        `The document uses more aliases than the limit of ${limits.aliases}.`,
      );
    if (token.type === "document" && token.value) stack.push({ token: token.value, depth, path });
    if (!("items" in token)) continue;
    if (token.items.length > limits.keysPerMap) return tooWide(token.offset, path, String(token.items.length));
    if (token.items.some((item) => nameOf(item) === "<<")) return mergeKey(token.offset, path);
    pushItems(stack, visit, token.items);
  }
  return null;
}

type Item = { key?: CST.Token | null; value?: CST.Token | null };

function nameOf(item: Item): string {
  return item.key && "source" in item.key ? item.key.source : "";
}

function pushItems(stack: Visit[], visit: Visit, items: readonly Item[]): void {
  for (const item of items) {
    const path = [visit.path, nameOf(item)].filter(Boolean).join(".");
    if (item.key) stack.push({ token: item.key, depth: visit.depth + 1, path });
    if (item.value) stack.push({ token: item.value, depth: visit.depth + 1, path });
  }
}

function bound(offset: number, path: string, code: string, message: string): Bound {
  return {
    offset,
    path: path.slice(0, 200),
    code,
    message,
    remedy: "Make the blueprint smaller, or split it with a `blueprint` grain.",
  };
}
