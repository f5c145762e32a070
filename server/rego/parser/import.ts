import { type Import, type Module, type RefTerm, refOf, type Term } from "#server/rego/ast.ts";
import { baseKeywords, futureKeywords } from "#server/rego/tokens.ts";
import type { Stream } from "./stream.ts";
import { finishTerm, parseVar } from "./term.ts";

export function parsePackage(stream: Stream): string[] {
  if (stream.token.kind !== "ident" || !stream.isName()) stream.unexpected();
  const term = finishTerm(stream, parseVar(stream));
  const parts = term.type === "ref" ? term.parts : [term];
  return parts.map((part, i) => {
    if (i === 0 && part.type === "var" && !part.name.startsWith("$")) return part.name;
    if (i > 0 && part.type === "scalar" && typeof part.value === "string") return part.value;
    return stream.fail(`unexpected ${part.type} token: expecting string`, part.loc);
  });
}

export function parseImport(stream: Stream): Import {
  const { loc } = stream;
  stream.advance();
  if (stream.token.kind !== "ident") stream.unexpected();
  const path = importPath(stream, finishTerm(stream, parseVar(stream)));
  let alias: string | undefined;
  if (stream.skipWord("as")) {
    if (!stream.isName()) stream.unexpected("expected var");
    const term = finishTerm(stream, parseVar(stream));
    if (term.type !== "var" || term.name.startsWith("$")) stream.fail("expected var", term.loc);
    alias = term.name;
  } else checkLastName(stream, path);
  return { path, alias, loc };
}

const roots = ["data", "future", "input", "rego"];

function importPath(stream: Stream, term: Term): RefTerm {
  const path = term.type === "ref" ? term : refOf([term], term.loc);
  const head = path.parts[0];
  if (term.type === "call" || head?.type !== "var") return stream.fail("expected path", term.loc);
  for (const part of path.parts.slice(1)) {
    if (part.type !== "scalar" || typeof part.value !== "string") {
      stream.fail(`unexpected ${part.type} token: expecting string`, part.loc);
    }
  }
  if (!roots.includes(head.name)) {
    stream.fail(
      `unexpected import path, must begin with one of: {${roots.join(", ")}}, got: ${head.name} (hint: if this is unexpected, try updating OPA)`,
      path.loc,
    );
  }
  return path;
}

function checkLastName(stream: Stream, path: RefTerm): void {
  const [head] = path.parts;
  if (path.parts.length > 1 && head?.type === "var" && head.name === "future") return;
  const last = path.parts.at(-1);
  const name = last?.type === "var" ? last.name : last?.type === "scalar" ? String(last.value) : "";
  if (!baseKeywords.has(name) && !(stream.version === "v1" && futureKeywords.includes(name))) return;
  stream.fail(
    `unexpected import path, must not end with a keyword, got: ${name} (hint: import a different path or use an alias)`,
    last?.loc,
  );
}

/** `future.keywords[.x]` and `rego.v1` change what the rest of the source may say. */
export function applyLanguageImport(stream: Stream, module: Module, imported: Import): void {
  const names = imported.path.parts.map((part) =>
    part.type === "var" ? part.name : part.type === "scalar" ? String(part.value) : "",
  );
  const [root, second, word] = names;
  if (root === "rego") {
    if (names.length !== 2 || second !== "v1") stream.fail("invalid import, must be `rego.v1`", imported.loc);
    if (imported.alias !== undefined) stream.fail("`rego` imports cannot be aliased", imported.loc);
    if (stream.version === "v0" && module.imports.some((other) => isFuture(other))) {
      stream.fail(
        "the `rego.v1` import implies `future.keywords`, these are therefore mutually exclusive",
        imported.loc,
      );
    }
    module.strictSyntax = true;
    stream.addKeywords(futureKeywords);
  }
  if (root !== "future") return;
  if (second !== "keywords" || names.length > 3) stream.fail("invalid import, must be `future.keywords`", imported.loc);
  if (imported.alias !== undefined) stream.fail("`future` imports cannot be aliased", imported.loc);
  if (stream.version === "v0" && module.strictSyntax) {
    stream.fail("the `rego.v1` import implies `future.keywords`, these are therefore mutually exclusive", imported.loc);
  }
  if (word !== undefined && !futureKeywords.includes(word)) {
    stream.fail(`unexpected keyword, must be one of [${futureKeywords.join(" ")}]`, imported.loc);
  }
  stream.addKeywords(word === undefined ? futureKeywords : word === "every" ? ["every", "in"] : [word]);
}

export function isFuture(imported: Import): boolean {
  const [head] = imported.path.parts;
  return head?.type === "var" && head.name === "future";
}
