import type { Position } from "#server/plan/plan-error.ts";
import type { Value } from "#server/plan/value/value.ts";

/** The syntax tree of HCL's native syntax. */
export type Expression =
  | { kind: "literal"; at: Position; value: Value }
  | { kind: "template"; at: Position; parts: readonly TemplatePart[] }
  | { kind: "tuple"; at: Position; items: readonly Expression[] }
  | { kind: "object"; at: Position; items: readonly { key: Expression; value: Expression }[] }
  | { kind: "name"; at: Position; name: string }
  | { kind: "attribute"; at: Position; source: Expression; name: string }
  | { kind: "index"; at: Position; source: Expression; key: Expression }
  | { kind: "splat"; at: Position; source: Expression; each: Expression }
  /** Stands for the current element inside the `each` of a splat. */
  | { kind: "splat-item"; at: Position; splat: number }
  | { kind: "call"; at: Position; name: string; arguments: readonly Expression[]; isExpanded: boolean }
  | { kind: "conditional"; at: Position; condition: Expression; yes: Expression; no: Expression }
  | { kind: "binary"; at: Position; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: "unary"; at: Position; operator: "-" | "!"; operand: Expression }
  | ForExpression
  | { kind: "parentheses"; at: Position; inner: Expression };

export type ForExpression = {
  kind: "for";
  at: Position;
  keyName: string | undefined;
  valueName: string;
  collection: Expression;
  /** Set for object results, undefined for tuple results. */
  key: Expression | undefined;
  value: Expression;
  condition: Expression | undefined;
  isGrouped: boolean;
};

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export type TemplatePart =
  | { kind: "text"; text: string }
  | { kind: "interpolation"; expression: Expression }
  | { kind: "if"; condition: Expression; yes: readonly TemplatePart[]; no: readonly TemplatePart[] }
  | {
      kind: "for";
      at: Position;
      keyName: string | undefined;
      valueName: string;
      collection: Expression;
      body: readonly TemplatePart[];
    };

export type Attribute = { name: string; at: Position; expression: Expression };

export type Block = { type: string; labels: readonly string[]; at: Position; body: Body };

export type Body = { attributes: ReadonlyMap<string, Attribute>; blocks: readonly Block[]; at: Position };

export const emptyBody = (at: Position): Body => ({ attributes: new Map(), blocks: [], at });
