/**
 * Templates inside shell commands. Their values never become part of the command's text: each one travels in an
 * environment variable, and the command refers to it, quoted for the place where it stands. What cannot be made safe that
 * way is refused.
 */

export type BoundCommand = { command: string; values: { name: string; template: string }[] };

type Quote = "none" | "single" | "double";

/** Programs and builtins that read their arguments as code. */
const readsCode =
  /(?:^|[\s;|&(])(?:eval|ssh|xargs|parallel|trap|let|expr|source\s+\/dev\/|(?:ba|da|z|k|a)?sh\s+(?:-\S+\s+)*-\w*c|su\s|(?:python[\d.]*|node|perl|ruby|php|deno|bun)\s+(?:-\S+\s+)*(?:-\w*[cerp]\b|--eval|--print))/;

/** The reason why a command with templates cannot be made safe, or null. */
export function findUnsafeInterpolation(command: string): string | null {
  const bound = bindShellCommand(command, 1);
  return typeof bound === "string" ? bound : null;
}

/** Replaces each `{{ … }}` by a variable reference. Returns the reason when that is not possible. */
export function bindShellCommand(command: string, firstNumber: number): BoundCommand | string {
  if (!command.includes("{{") && !command.includes("{%")) return { command, values: [] };
  const refusal = refuse(command);
  if (refusal) return refusal;
  const values: BoundCommand["values"] = [];
  let text = "";
  let quote: Quote = "none";
  for (let at = 0; at < command.length; ) {
    const output = command.startsWith("{{", at) ? /^\{\{[\s\S]*?\}\}/.exec(command.slice(at)) : null;
    if (output) {
      if (quote === "none" && startsCommand(text)) return "a template stands where the name of a program is expected";
      const name = `TEMPLATE_VALUE_${firstNumber + values.length}`;
      values.push({ name, template: output[0] });
      text += reference(name, quote);
      at += output[0].length;
      continue;
    }
    const character = command[at] ?? "";
    const escaped = character === "\\" && quote !== "single";
    if (!escaped) quote = nextQuote(quote, character);
    text += escaped ? command.slice(at, at + 2) : character;
    at += escaped ? 2 : 1;
  }
  return { command: text, values };
}

function refuse(command: string): string | null {
  if (command.includes("{%")) return "a tag (`{% … %}`) would change the command itself";
  if (command.includes("`")) return "back-ticks make quoting unsure";
  if (command.includes("<<")) return "a here-document makes quoting unsure";
  if (/\$\(|\(\(|\$\[|\$\{[^}]*\{\{|\$'/.test(command))
    return "substitution or arithmetic around it makes quoting unsure";
  if (/\[\[[\s\S]*-(?:eq|ne|lt|le|gt|ge|v)\b/.test(command))
    return "arithmetic comparison in `[[ … ]]` evaluates its operands";
  if (readsCode.test(command)) return "a program in it reads its arguments as code";
  return null;
}

function nextQuote(quote: Quote, character: string): Quote {
  if (character === "'" && quote !== "double") return quote === "single" ? "none" : "single";
  if (character === '"' && quote !== "single") return quote === "double" ? "none" : "double";
  return quote;
}

function reference(name: string, quote: Quote): string {
  if (quote === "double") return `\${${name}}`;
  return quote === "single" ? `'"\${${name}}"'` : `"\${${name}}"`;
}

function startsCommand(before: string): boolean {
  return /(?:^|[;|&({!\n]|\b(?:then|do|else|elif|if|while|until|exec|command|env|sudo|nohup|time))\s*$/.test(before);
}
