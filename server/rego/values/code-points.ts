/** Order of strings by code point; JS compares UTF-16 units, which puts U+FFxx above the astral planes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return orderKey(x) - orderKey(y);
  }
  return a.length - b.length;
}

/** Lifts surrogates above the rest of the basic plane. */
function orderKey(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
}

const highUnits = /[\ud800-\uffff]/;

/** Sorts in place by code point. */
export function sortStrings(strings: string[]): string[] {
  return strings.some((text) => highUnits.test(text)) ? strings.sort(compareStrings) : strings.sort();
}

const surrogates = /[\ud800-\udfff]/;

/** True where every UTF-16 unit is a code point, so that plain string positions can be used. */
export function isBasic(text: string): boolean {
  return !surrogates.test(text);
}

export function codePointCount(text: string): number {
  if (isBasic(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const loneSurrogates = /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g;

/** What is no Unicode text inside is shown as U+FFFD, so that others can store it. */
export function wellFormed(text: string): string {
  return isBasic(text) ? text : text.replace(loneSurrogates, "\ufffd");
}
