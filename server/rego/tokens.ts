export type TokenKind =
  | "ident"
  | "number"
  | "string"
  | "rawString"
  /** A literal piece of a template string before an expression, or the last one. */
  | "templatePart"
  | "templateEnd"
  | "symbol"
  | "illegal"
  | "eof";

export interface Token {
  kind: TokenKind;
  /** Symbols and identifiers as written, strings resolved; the message of an illegal token. */
  text: string;
  row: number;
  col: number;
  start: number;
  end: number;
  /** A line break stands between the token before and this one. */
  newline: boolean;
}

export const baseKeywords: ReadonlySet<string> = new Set([
  "as",
  "default",
  "else",
  "false",
  "import",
  "not",
  "null",
  "package",
  "some",
  "true",
  "with",
]);

export const futureKeywords: readonly string[] = ["contains", "every", "if", "in"];
