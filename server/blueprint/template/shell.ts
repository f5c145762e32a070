/**
 * Templates inside shell commands. Their values never become part of the command's text: each one travels in an
 * environment variable, and the command refers to it, quoted for the place where it stands. What cannot be made safe that
 * way is refused.
 */

export type BoundCommand = { command: string; values: { name: string; template: string }[] };

/** Where the scanner is: `group` is `( … )` and `$( … )`, `expansion` is `${ … }`, `ansi` is `$' … '`. */
type Region = "top" | "group" | "single" | "double" | "expansion" | "ansi";

/** Programs and builtins that read their arguments as code. */
const readsCode = [
  /(?:^|[\s;|&(])(?:eval|ssh|xargs|parallel|source\s+\/dev\/|su\s)/,
  /(?:^|[;|&(\n])\s*(?:trap|let)\s/,
  /(?:^|[\s;|&(/])(?:ba|da|z|k|a)?sh\s+(?:-\S+\s+)*-\w*c/,
  /(?:^|[\s;|&(/])(?:python[\d.]*|node|perl|ruby|php|deno|bun)\s+(?:-\S+\s+)*(?:-\w*[cerp]\b|--eval|--print)/,
];

/** The reason why a command with templates cannot be made safe, or null. */
export function findUnsafeInterpolation(command: string): string | null {
  const bound = bindShellCommand(command, 1);
  return typeof bound === "string" ? bound : null;
}

/** Replaces each `{{ … }}` by a variable reference. Returns the reason when that is not possible. */
export function bindShellCommand(command: string, firstNumber: number): BoundCommand | string {
  if (!command.includes("{{") && !command.includes("{%")) return { command, values: [] };
  const refusal = refuseWhole(command);
  if (refusal) return refusal;
  const values: BoundCommand["values"] = [];
  const regions: Region[] = ["top"];
  let text = "";
  for (let at = 0; at < command.length; ) {
    const region = regions.at(-1) ?? "top";
    const template = command.startsWith("{{", at) ? /^\{\{[\s\S]*?\}\}/.exec(command.slice(at))?.[0] : undefined;
    if (template === undefined) {
      const piece = nextPiece(command, at, region);
      step(regions, region, piece);
      text += piece;
      at += piece.length;
      continue;
    }
    const reason = refuseHere(region, text);
    if (reason) return reason;
    const name = `TEMPLATE_VALUE_${firstNumber + values.length}`;
    values.push({ name, template });
    text += reference(name, region);
    at += template.length;
  }
  return regions.length === 1 ? { command: text, values } : "its quotes or brackets are not balanced";
}

function refuseWhole(command: string): string | null {
  if (command.includes("{%")) return "a tag (`{% … %}`) would change the command itself";
  if (command.includes("`")) return "back-ticks make quoting unsure";
  if (/(?:^|[^<])<<(?!<)/.test(command)) return "a here-document makes quoting unsure";
  if (command.includes("((") || command.includes("$[")) return "arithmetic evaluates its operands";
  if (/\[\[[\s\S]*-(?:eq|ne|lt|le|gt|ge|v)\b/.test(command))
    return "arithmetic comparison in `[[ … ]]` evaluates its operands";
  return readsCode.some((pattern) => pattern.test(command)) ? "a program in it reads its arguments as code" : null;
}

function refuseHere(region: Region, before: string): string | null {
  if (region === "expansion" || region === "ansi") return "a template stands inside an expansion of the shell";
  const isBare = region === "top" || region === "group";
  return isBare && startsCommand(before) ? "a template stands where the name of a program is expected" : null;
}

/** One character, an escaped one, an opening of two or three characters, or a whole comment. */
function nextPiece(command: string, at: number, region: Region): string {
  const rest = command.slice(at, at + 3);
  if (region === "single") return rest.slice(0, 1);
  if (rest.startsWith("\\")) return rest.slice(0, 2);
  const isBare = region === "top" || region === "group";
  if (isBare && rest.startsWith("#") && /(?:^|[\s;|&(])$/.test(command.slice(0, at)))
    return /^[^\n]*/.exec(command.slice(at))?.[0] ?? "#";
  if (region !== "ansi" && /^\$[({]/.test(rest)) return rest.slice(0, 2);
  return isBare && rest.startsWith("$'") ? "$'" : rest.slice(0, 1);
}

const opening: Record<string, Region> = {
  "'": "single",
  '"': "double",
  "$(": "group",
  "(": "group",
  "${": "expansion",
  "$'": "ansi",
};
const closing: Record<Region, string> = { top: "", group: ")", single: "'", double: '"', expansion: "}", ansi: "'" };

function step(regions: Region[], region: Region, piece: string): void {
  if (piece === closing[region]) {
    regions.pop();
    return;
  }
  const opened = opening[piece];
  if (!opened || region === "single" || region === "ansi") return;
  // Inside double quotes only `$( … )` and `${ … }` mean something.
  if (region === "double" && !piece.startsWith("$")) return;
  regions.push(opened);
}

function reference(name: string, region: Region): string {
  if (region === "double") return `\${${name}}`;
  return region === "single" ? `'"\${${name}}"'` : `"\${${name}}"`;
}

function startsCommand(before: string): boolean {
  return /(?:^|[;|&({!\n]|\b(?:then|do|else|elif|if|while|until|exec|command|env|sudo|nohup|time))\s*$/.test(before);
}
