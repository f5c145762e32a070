import { type Body, isMultiValue, type Module, type Rule } from "#server/rego/ast.ts";
import { type RegoError, RegoErrors, regoError } from "#server/rego/errors.ts";
import { parseBody } from "./body.ts";
import { applyLanguageImport, parseImport, parsePackage } from "./import.ts";
import { parseRules } from "./rule.ts";
import { Stream } from "./stream.ts";

/** Parses one source as v0 or v1; throws `RegoErrors` with a `rego_parse_error`. */
export function parseModule(file: string, source: string, version: "v0" | "v1"): Module {
  const stream = new Stream(file, source, version);
  if (stream.token.kind === "eof") stream.fail("empty module");
  if (!stream.isWord("package")) stream.fail("package expected");
  const packageLoc = stream.loc;
  stream.advance();
  const module: Module = {
    file,
    version,
    strictSyntax: version === "v1",
    packagePath: parsePackage(stream),
    packageLoc,
    imports: [],
    rules: [],
    comments: stream.lexer.comments,
  };
  while (stream.token.kind !== "eof") parseStatement(stream, module);
  const errors = module.strictSyntax ? module.rules.flatMap(checkV1) : [];
  if (errors.length > 0) throw new RegoErrors(errors);
  return module;
}

function parseStatement(stream: Stream, module: Module): void {
  if (stream.skipSymbol(";")) return;
  if (stream.isWord("package")) stream.fail("unexpected package");
  if (!stream.isWord("import")) {
    module.rules.push(...parseRules(stream, module));
    return;
  }
  const imported = parseImport(stream);
  applyLanguageImport(stream, module, imported);
  module.imports.push(imported);
}

/** What v1 asks of a rule that v0 does not. */
function checkV1(rule: Rule): RegoError[] {
  const errors: RegoError[] = [];
  const kind = rule.head.args === undefined ? "rule" : "function";
  const refuse = (message: string) => errors.push(regoError("rego_parse_error", rule.loc, message));
  if (isMultiValue(rule.head) && !rule.usesContains) {
    refuse("`contains` keyword is required for partial set rules");
  } else if (rule.generatedBody && rule.head.generatedValue && !rule.isDefault) {
    refuse(`${kind} must have value assignment and/or body declaration`);
  }
  if (!rule.generatedBody && !rule.usesIf && !rule.isDefault) refuse(`\`if\` keyword is required before ${kind} body`);
  return rule.otherwise === undefined ? errors : [...errors, ...checkV1(rule.otherwise)];
}

/** Parses a query: expressions without a module around them. */
export function parseQuery(source: string, version: "v0" | "v1" = "v1"): Body {
  const stream = new Stream("", source, version);
  if (version === "v0") stream.addKeywords([]);
  return parseBody(stream, "");
}
