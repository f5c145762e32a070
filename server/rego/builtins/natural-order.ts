const isDigit = (sign: string | undefined) => sign !== undefined && /\p{Nd}/u.test(sign);
const isLetter = (sign: string) => /\p{L}/u.test(sign);

/** The number that begins at a place, and where it ends; `lead` stands for digits before that were no zeros. */
function numberFrom(signs: readonly string[], start: number, lead: bigint): { value: bigint; end: number } {
  let value = lead;
  let end = start;
  for (; isDigit(signs[end]); end++) value = value * 10n + BigInt((signs[end]?.codePointAt(0) ?? 0) - 48);
  return { value, end };
}

function hasLead(signs: readonly string[], before: number): boolean {
  for (let at = before - 1; isDigit(signs[at]); at--) if (signs[at] !== "0") return true;
  return false;
}

function compareSigns(a: readonly string[], b: readonly string[], at: number): number {
  const [left, right] = [a[at] as string, b[at] as string];
  const [isLeft, isRight] = [isLetter(left), isLetter(right)];
  const byCode = (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0);
  if (isLeft && isRight) return byCode;
  if (isLeft || isRight) return isLeft === isDigit(a[at - 1]) ? -1 : 1;
  const lead = (left === "0" || right === "0") && hasLead(a, at) ? 1n : 0n;
  const x = numberFrom(a, at, lead);
  const y = numberFrom(b, at, lead);
  if (x.value !== y.value) return x.value < y.value ? -1 : 1;
  return x.end - y.end || byCode;
}

/** Keys as Go's YAML writer puts them: numbers in names by their value, so that `a9` stands before `a10`. */
export function compareNaturally(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  const common = Math.min(a.length, b.length);
  for (let at = 0; at < common; at++) if (a[at] !== b[at]) return compareSigns(a, b, at);
  return a.length - b.length;
}
