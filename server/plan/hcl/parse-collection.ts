import { text } from "#server/plan/value/value.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Expression, ForExpression } from "./syntax.ts";

export function parseTuple(cursor: Cursor): Expression {
  const at = cursor.position();
  cursor.offset += 1;
  return cursor.within(true, () => {
    if (cursor.takeKeyword("for") && isForIntro(cursor)) return parseFor(cursor, at, "]");
    const items: Expression[] = [];
    while (!cursor.take("]")) {
      items.push(parseExpression(cursor));
      if (cursor.take(",")) continue;
      cursor.expect("]", "to close the list");
      break;
    }
    return { kind: "tuple", at, items };
  });
}

export function parseObject(cursor: Cursor): Expression {
  const at = cursor.position();
  cursor.offset += 1;
  const start = cursor.offset;
  const loop = cursor.within(true, () =>
    cursor.takeKeyword("for") && isForIntro(cursor) ? parseFor(cursor, at, "}") : undefined,
  );
  if (loop) return loop;
  cursor.offset = start;
  return cursor.within(false, () => parseItems(cursor, at));
}

/** `for` may also be the name of a key or a variable: only a name after it opens a `for` expression. */
function isForIntro(cursor: Cursor): boolean {
  if (cursor.peekIdentifier() !== undefined) return true;
  cursor.offset -= "for".length;
  return false;
}

function parseItems(cursor: Cursor, at: Expression["at"]): Expression {
  const items: { key: Expression; value: Expression }[] = [];
  for (;;) {
    cursor.skipLines();
    if (cursor.take("}")) return { kind: "object", at, items };
    if (cursor.isAtEnd) cursor.fail('This object is never closed: "}" is missing.', at);
    const key = parseKey(cursor);
    if (!cursor.take("=") && !cursor.take(":")) cursor.fail(`Expected "=" after the key, found ${cursor.describe()}.`);
    cursor.skipLines();
    items.push({ key, value: parseExpression(cursor) });
    cursor.skip();
    if (cursor.take(",") || cursor.peek() === "\n") continue;
    cursor.skipLines();
    if (cursor.peek() !== "}") cursor.fail(`Expected "," or a new line after the item, found ${cursor.describe()}.`);
  }
}

/** A bare name is the key itself; anything else is evaluated. */
function parseKey(cursor: Cursor): Expression {
  const at = cursor.position();
  const key = parseExpression(cursor);
  if (key.kind === "name") return { kind: "literal", at, value: text(key.name) };
  if (key.kind === "literal" && (key.value.content === null || typeof key.value.content === "boolean"))
    return { kind: "literal", at, value: text(String(key.value.content)) };
  return key;
}

function parseFor(cursor: Cursor, at: Expression["at"], close: "]" | "}"): ForExpression {
  const first = cursor.takeIdentifier("a name");
  const second = cursor.take(",") ? cursor.takeIdentifier("a second name") : undefined;
  if (!cursor.takeKeyword("in")) cursor.fail(`Expected "in", found ${cursor.describe()}.`);
  const collection = parseExpression(cursor);
  cursor.expect(":", "after the collection of the for expression");
  const head = parseExpression(cursor);
  const isObject = cursor.take("=>");
  if (isObject !== (close === "}"))
    cursor.fail(`"for" in "${close === "}" ? "{" : "["}" ${isObject ? "must not" : "must"} have "=>".`);
  const value = isObject ? parseExpression(cursor) : head;
  const isGrouped = cursor.take("...");
  const condition = cursor.takeKeyword("if") ? parseExpression(cursor) : undefined;
  cursor.expect(close, "to close the for expression");
  return {
    kind: "for",
    at,
    keyName: second === undefined ? undefined : first,
    valueName: second ?? first,
    collection,
    key: isObject ? head : undefined,
    value,
    condition,
    isGrouped,
  };
}
