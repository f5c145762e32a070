import { type Expr, isTerm, operatorName, type TemplateTerm, type Term } from "#server/rego/ast.ts";
import { parseLiteral } from "./body.ts";
import type { Stream } from "./stream.ts";

/** `$"text {expression} text"`. */
export function parseTemplate(stream: Stream): Term {
  const { loc } = stream;
  const parts: TemplateTerm["parts"] = [];
  for (;;) {
    const { kind, text } = stream.advance();
    if (text !== "") parts.push(text);
    if (kind === "templateEnd") return { type: "template", parts, loc };
    parts.push(parseHole(stream));
    if (!stream.isSymbol("}")) stream.fail("expected } to end template string expression");
    stream.advance();
    if (stream.token.kind !== "templatePart" && stream.token.kind !== "templateEnd") stream.unexpected();
  }
}

function parseHole(stream: Stream): Expr {
  const { loc } = stream;
  const refuse = (what: string): never => stream.fail(`unexpected ${what} in template-string expression`, loc);
  const hole = parseLiteral(stream);
  if (hole.negated) refuse("negation ('not')");
  if (operatorName(hole.node) === "eq") refuse("unification ('=')");
  if (operatorName(hole.node) === "assign") refuse("assignment (':=')");
  if (!isTerm(hole.node)) refuse(hole.node.type === "every" ? "'every'" : "'some'");
  return hole;
}
