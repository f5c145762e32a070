const esc = "\u001b";
const bell = "\u0007";
const stringBody = `[^${bell}${esc}]*`;
/** Escape sequences: CSI; OSC and other strings up to their end; those of two characters. */
const escapes = new RegExp(
  `(?:${esc}\\[|\u009b)[0-?]*[ -/]*[@-~]|${esc}[\\]PX^_]${stringBody}(?:${bell}|${esc}\\\\)|${esc}[ -/]*[0-Z\\\\-~]`,
  "g",
);
const unfinished = new RegExp(`${esc}(?:\\[[0-?]*[ -/]*|[\\]PX^_]${stringBody}${esc}?|[ -/]*)?$`);
const del = "\u007f";
const ranges = ["\u0000-\u0008", "\u000b-\u001f", `${del}-\u009f`, "\u200e\u200f", "\u202a-\u202e", "\u2066-\u2069"];
const controls = new RegExp(`[${ranges.join("")}]`, "g");
const longestEscape = 256;

/**
 * Makes program output safe to show: escape sequences go, other control and text-direction characters become visible
 * marks. Line breaks and tabs stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r+\n?/g, "\n")
    .replace(escapes, "")
    .replace(controls, (character) => {
      const code = character.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "\u2421" : "\ufffd";
    });
}

/** Splits off an escape sequence that the next chunk may finish. */
export function splitUnfinishedEscape(text: string): [complete: string, rest: string] {
  const found = unfinished.exec(text) ?? (text.endsWith("\r") ? { index: text.length - 1 } : null);
  if (!found || text.length - found.index > longestEscape) return [text, ""];
  return [text.slice(0, found.index), text.slice(found.index)];
}
