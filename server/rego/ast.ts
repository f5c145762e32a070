import type { Location } from "./errors.ts";
import type { Value } from "./values/value.ts";

export interface ScalarTerm {
  type: "scalar";
  value: Value;
  loc: Location;
}

/** Wildcards are variables named `$0`, `$1`, …: unlike any the author can write. */
export interface VarTerm {
  type: "var";
  name: string;
  loc: Location;
}

export interface RefTerm {
  type: "ref";
  parts: Term[];
  loc: Location;
}

export interface CallTerm {
  type: "call";
  operator: RefTerm;
  args: Term[];
  /** Written as an operator (`a + b`): its name cannot be shadowed. */
  infix: boolean;
  /** An expression of its own: one operand more than the function takes receives the result. */
  statement?: true;
  loc: Location;
}

export interface ArrayTerm {
  type: "array";
  items: Term[];
  loc: Location;
}

export interface SetTerm {
  type: "set";
  items: Term[];
  loc: Location;
}

export interface ObjectTerm {
  type: "object";
  entries: [Term, Term][];
  loc: Location;
}

export interface ListComprehension {
  type: "arrayComprehension" | "setComprehension";
  head: Term;
  body: Body;
  loc: Location;
}

export interface ObjectComprehension {
  type: "objectComprehension";
  key: Term;
  value: Term;
  body: Body;
  loc: Location;
}

export interface TemplateTerm {
  type: "template";
  parts: (string | Expr)[];
  loc: Location;
}

export type Comprehension = ListComprehension | ObjectComprehension;
export type Term =
  | ScalarTerm
  | VarTerm
  | RefTerm
  | CallTerm
  | ArrayTerm
  | SetTerm
  | ObjectTerm
  | Comprehension
  | TemplateTerm;

export interface SomeDeclaration {
  type: "some";
  symbols: VarTerm[];
  loc: Location;
}

export interface SomeIn {
  type: "someIn";
  key: Term | undefined;
  value: Term;
  domain: Term;
  loc: Location;
}

export interface Every {
  type: "every";
  key: VarTerm | undefined;
  value: VarTerm;
  domain: Term;
  body: Body;
  loc: Location;
}

export interface With {
  target: Term;
  value: Term;
  /** The target is a function; its parts are no variables. */
  ofFunction?: true;
  /** The value names a function or built-in that stands in. */
  byFunction?: true;
  loc: Location;
}

export type ExprNode = Term | SomeDeclaration | SomeIn | Every;

export interface Expr {
  node: ExprNode;
  negated: boolean;
  withs: With[];
  /** Made by the compiler; the author's source has no such expression. */
  generated?: true;
  loc: Location;
}

export type Body = Expr[];

export interface Head {
  /** The name, then what follows it: `p.q[x]`. */
  ref: Term[];
  args: Term[] | undefined;
  /** The member a multi-value rule (`p contains x`) adds. */
  key: Term | undefined;
  value: Term | undefined;
  assign: boolean;
  generatedValue: boolean;
  loc: Location;
}

export interface Rule {
  isDefault: boolean;
  head: Head;
  body: Body;
  otherwise: Rule | undefined;
  /** The source gives no body. */
  generatedBody: boolean;
  usesIf: boolean;
  usesContains: boolean;
  module: Module;
  loc: Location;
}

export interface Import {
  path: RefTerm;
  alias: string | undefined;
  loc: Location;
}

export interface Comment {
  text: string;
  row: number;
  col: number;
}

export interface Module {
  file: string;
  version: "v0" | "v1";
  /** v1 rules apply: a v1 module, or a v0 one with `import rego.v1`. */
  strictSyntax: boolean;
  packagePath: string[];
  packageLoc: Location;
  imports: Import[];
  rules: Rule[];
  comments: readonly Comment[];
}

export function isWildcard(name: string): boolean {
  return name.charCodeAt(0) === 36;
}

export function scalar(value: Value, loc: Location): ScalarTerm {
  return { type: "scalar", value, loc };
}

export function variable(name: string, loc: Location): VarTerm {
  return { type: "var", name, loc };
}

export function refOf(parts: Term[], loc: Location): RefTerm {
  return { type: "ref", parts, loc };
}

export function callOf(name: string, args: Term[], loc: Location): CallTerm {
  return { type: "call", operator: refOf([variable(name, loc)], loc), args, infix: true, loc };
}

export function expression(node: ExprNode, loc: Location): Expr {
  return { node, negated: false, withs: [], loc };
}

export function isTerm(node: ExprNode): node is Term {
  return node.type !== "some" && node.type !== "someIn" && node.type !== "every";
}

/** The operator's name when the term is a call of a plain name: `eq`, `count`, `plus`. */
export function operatorName(term: ExprNode): string | undefined {
  if (term.type !== "call") return undefined;
  const head = term.operator.parts[0];
  return term.operator.parts.length === 1 && head?.type === "var" ? head.name : undefined;
}

export function isMultiValue(head: Head): boolean {
  return head.key !== undefined && head.value === undefined;
}
