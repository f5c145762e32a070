import { type Head, refOf, scalar, type Term } from "#server/rego/ast.ts";
import type { Location } from "#server/rego/errors.ts";
import { parseInfix } from "./infix.ts";
import type { Stream } from "./stream.ts";
import { finishTerm, parseVar } from "./term.ts";

/** What stands before a rule's body: name, arguments, key and value. */
export function parseHead(stream: Stream): Head {
  const { loc } = stream;
  const head = headOf(stream, finishTerm(stream, parseVar(stream), true), loc);
  if (stream.skipWord("contains")) {
    if (head.args !== undefined) {
      stream.fail("the contains keyword can only be used with multi-value rule definitions");
    }
    head.key = parseInfix(stream);
    return head;
  }
  if (stream.isSymbol("=") || stream.isSymbol(":=")) {
    head.assign = stream.advance().text === ":=";
    head.value = parseInfix(stream);
  }
  if (head.value === undefined && (head.ref.length !== 2 || head.args !== undefined)) generateValue(head);
  return head;
}

function headOf(stream: Stream, term: Term, loc: Location): Head {
  const rest = { key: undefined, value: undefined, assign: false, generatedValue: false, loc };
  if (term.type === "var") return { ref: [term], args: undefined, ...rest };
  const ref = term.type === "call" ? term.operator : term;
  if (ref.type !== "ref") stream.fail("expected rule head name", loc);
  if (ref.parts[0]?.type !== "var") stream.fail("rule head ref invalid", loc);
  return { ref: ref.parts, args: term.type === "call" && term.args.length > 0 ? term.args : undefined, ...rest };
}

/** A head without a value stands for true. */
export function generateValue(head: Head): void {
  head.generatedValue = true;
  head.value = scalar(true, head.loc);
}

export function headText(head: Head): string {
  return refOf(head.ref, head.loc)
    .parts.map((part) => (part.type === "var" ? part.name : part.type === "scalar" ? String(part.value) : "…"))
    .join(".");
}
