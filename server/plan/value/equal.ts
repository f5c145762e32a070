import { compareNum } from "./number.ts";
import { sameType } from "./type.ts";
import { bool, entriesOf, findUnknown, itemsOf, numOf, unknown, type Value } from "./value.ts";

/** `==`: never converts, so values of different types are unequal; unknown parts leave the answer unknown. */
export function equalValues(left: Value, right: Value): Value {
  const answer = compare(left, right);
  if (answer !== undefined) return bool(answer);
  return unknown({ kind: "bool" }, findUnknown(left) ?? findUnknown(right) ?? "not known before apply");
}

export const isEqual = (left: Value, right: Value): boolean => compare(left, right) === true;

function compare(left: Value, right: Value): boolean | undefined {
  if (left.content === undefined || right.content === undefined) return undefined;
  if (left.content === null || right.content === null) return left.content === right.content;
  if (!sameType(left.type, right.type)) return couldMatch(left, right) ? undefined : false;
  if (left.type.kind === "number") return compareNum(numOf(left), numOf(right)) === 0;
  if (Array.isArray(left.content)) return compareAll(itemsOf(left), itemsOf(right));
  if (left.content instanceof Map) return compareKeyed(left, right);
  return left.content === right.content;
}

/** Types that still hold `any` or an open object may turn out equal once they are known. */
function couldMatch(left: Value, right: Value): boolean {
  if (left.type.kind !== right.type.kind) return false;
  return findUnknown(left) !== undefined || findUnknown(right) !== undefined;
}

function compareKeyed(left: Value, right: Value): boolean | undefined {
  const own = entriesOf(left);
  const other = entriesOf(right);
  if (own.size !== other.size) return false;
  if ([...own.keys()].some((key) => !other.has(key))) return false;
  const isOpen = left.type.kind === "object" && left.type.open;
  const answer = compareAll(
    [...own.values()],
    [...own.keys()].map((key) => other.get(key)!),
  );
  return isOpen && answer === true ? undefined : answer;
}

function compareAll(left: readonly Value[], right: readonly Value[]): boolean | undefined {
  if (left.length !== right.length) return false;
  let answer: boolean | undefined = true;
  for (const [index, item] of left.entries()) {
    const same = compare(item, right[index]!);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}
