import { codePointCount } from "#server/rego/values/code-points.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { regoText } from "#server/rego/values/text.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { binaryText, fixedText, generalText, hexText, scientificText } from "./float-text.ts";
import { arrayOperand, stringOperand } from "./operands.ts";
import { quoted, quotedCharacter } from "./quote.ts";
import { any, arrayOf, string } from "./type-spec.ts";

/** What Go's formatter is given for a value. */
type Argument =
  | { readonly type: "int" | "*big.Int"; readonly value: bigint }
  | { readonly type: "float64"; readonly value: number }
  | { readonly type: "string"; readonly value: string };

const MAX_INT64 = 2n ** 63n;

function argumentOf(value: Value): Argument {
  if (typeof value === "number") return { type: "int", value: BigInt(value) };
  if (!(value instanceof RegoNumber)) {
    return { type: "string", value: typeof value === "string" ? value : regoText(value) };
  }
  if (/^-?\d+$/.test(value.text)) {
    const integer = BigInt(value.text);
    return { type: integer >= -MAX_INT64 && integer < MAX_INT64 ? "int" : "*big.Int", value: integer };
  }
  const double = value.approximate;
  return Number.isFinite(double) ? { type: "float64", value: double } : { type: "string", value: value.text };
}

interface Directive {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

function pad(text: string, { flags, width }: Directive, zeros = flags.includes("0")): string {
  const missing = (width ?? 0) - codePointCount(text);
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  return (zeros ? "0" : " ").repeat(missing) + text;
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, s: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const basePrefixes: Readonly<Record<string, string>> = { b: "0b", o: "0", x: "0x", X: "0X" };

function formatInteger(value: bigint, directive: Directive): string {
  const { flags, verb, width, precision } = directive;
  if (precision === 0 && value === 0n) return pad("", directive, false);
  const magnitude = (value < 0n ? -value : value).toString(bases[verb]);
  const digits = verb === "X" ? magnitude.toUpperCase() : magnitude;
  const prefix = verb === "O" ? "0o" : flags.includes("#") ? (basePrefixes[verb] ?? "") : "";
  const sign = signOf(value < 0n, flags);
  const fill = flags.includes("0") && !flags.includes("-") ? (width ?? 0) - sign.length : 0;
  return pad(sign + prefix + digits.padStart(precision ?? fill, "0"), directive, false);
}

function formatCodePoint(value: bigint, directive: Directive): string | undefined {
  const { flags, verb, precision } = directive;
  const known = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  const character = String.fromCodePoint(known ? Number(value) : 0xfffd);
  if (verb === "c") return pad(character, directive);
  if (verb === "q") return pad(quotedCharacter(character, flags.includes("+")), directive);
  if (verb !== "U") return undefined;
  const hex = BigInt.asUintN(64, value).toString(16).toUpperCase();
  const shown = flags.includes("#") && known ? ` '${character}'` : "";
  return pad(`U+${hex.padStart(Math.max(4, precision ?? 0), "0")}${shown}`, directive, false);
}

function floatText(value: number, { verb, precision }: Directive): string | undefined {
  switch (verb) {
    case "v":
    case "g":
      return generalText(value, precision);
    case "G":
      return generalText(value, precision).toUpperCase();
    case "f":
    case "F":
      return fixedText(value, precision ?? 6);
    case "e":
      return scientificText(value, precision ?? 6);
    case "E":
      return scientificText(value, precision ?? 6).toUpperCase();
    case "b":
      return binaryText(value);
    case "x":
      return hexText(value, precision);
    case "X":
      return hexText(value, precision).toUpperCase();
    default:
      return undefined;
  }
}

function formatFloat(value: number, directive: Directive): string | undefined {
  const text = floatText(value, directive);
  if (text === undefined) return undefined;
  const { flags, width } = directive;
  const sign = signOf(value < 0, flags);
  const fill = flags.includes("0") && !flags.includes("-") ? (width ?? 0) - sign.length : 0;
  return pad(sign + text.padStart(fill, "0"), directive, false);
}

function hexOfBytes(text: string, { flags, verb, precision }: Directive): string {
  const bytes = Buffer.from(text, "utf8").subarray(0, precision);
  const prefix = flags.includes("#") && bytes.length > 0 ? "0x" : "";
  const hex = flags.includes(" ")
    ? Array.from(bytes, (byte) => prefix + byte.toString(16).padStart(2, "0")).join(" ")
    : prefix + bytes.toString("hex");
  return verb === "X" ? hex.toUpperCase() : hex;
}

function formatString(value: string, directive: Directive): string | undefined {
  const { flags, verb, precision } = directive;
  const cut = precision === undefined ? value : [...value].slice(0, precision).join("");
  const isGoSyntax = verb === "v" && flags.includes("#");
  if ((verb === "v" && !isGoSyntax) || verb === "s") return pad(cut, directive);
  if (verb === "x" || verb === "X") return pad(hexOfBytes(value, directive), directive);
  if (verb !== "q" && !isGoSyntax) return undefined;
  if (flags.includes("#") && !isGoSyntax && !/[`\ufeff]|(?!\t)\p{Cc}/u.test(cut)) {
    return pad(`\`${cut}\``, directive);
  }
  return pad(quoted(cut, flags.includes("+")), directive);
}

function formatArgument(argument: Argument, directive: Directive): string {
  const { verb } = directive;
  const text = formattedAs(argument, directive);
  if (text !== undefined) return text;
  const type = argument.type === "*big.Int" ? "big.Int" : argument.type;
  return `%!${verb}(${type}=${formattedAs(argument, { ...directive, verb: "v" })})`;
}

/** Undefined where the verb does not fit the type. */
function formattedAs(argument: Argument, directive: Directive): string | undefined {
  if (directive.verb === "T") return pad(argument.type, directive);
  switch (argument.type) {
    case "int":
      if (directive.verb !== "s" && bases[directive.verb] !== undefined)
        return formatInteger(argument.value, directive);
      return formatCodePoint(argument.value, directive);
    case "*big.Int":
      return bases[directive.verb] === undefined ? undefined : formatInteger(argument.value, directive);
    case "float64":
      return formatFloat(argument.value, directive);
    case "string":
      return formatString(argument.value, directive);
  }
}

const MAX_WIDTH = 1_000_000;
// flags, [index], width or *, .precision or .*, [index], verb
const directivePattern = /([#0+\- ]*)(\[[^\]]*\])?(\*|\d+)?(?:(\.)(\[[^\]]*\])?(\*|\d+)?)?(\[[^\]]*\])?(.?)/suy;

/** Go's fmt.Sprintf, its texts for faults included. */
class Formatter {
  private readonly args: readonly Argument[];
  private next = 0;
  private isReordered = false;
  private hasGoodIndex = true;
  private fault = "";

  constructor(args: readonly Argument[]) {
    this.args = args;
  }

  format(format: string, charge: (amount: number) => void): string {
    let out = "";
    let at = 0;
    for (let percent = format.indexOf("%"); percent >= 0; percent = format.indexOf("%", at)) {
      out += format.slice(at, percent);
      directivePattern.lastIndex = percent + 1;
      const match = directivePattern.exec(format) as RegExpExecArray;
      at = directivePattern.lastIndex;
      const text = this.directive(match);
      charge(1 + text.length);
      out += text;
    }
    return out + format.slice(at) + this.extra();
  }

  private directive(match: RegExpExecArray): string {
    this.hasGoodIndex = true;
    this.fault = "";
    const [, flags = "", first, widthText, point, second, precisionText, last, verb = ""] = match;
    this.seek(first);
    if (first !== undefined && widthText !== undefined && widthText !== "*") this.hasGoodIndex = false;
    let width = this.size(widthText, "WIDTH");
    const isLeft = width !== undefined && width < 0;
    if (width !== undefined) width = Math.abs(width);
    this.seek(second);
    const precision = point === undefined ? undefined : precisionText === undefined ? 0 : this.precision(precisionText);
    this.seek(last);
    if (verb === "" || (width ?? 0) > MAX_WIDTH) return `${this.fault}%!(NOVERB)`;
    if (verb === "%") return `${this.fault}%`;
    if (!this.hasGoodIndex) return `${this.fault}%!${verb}(BADINDEX)`;
    const argument = this.args[this.next];
    if (!argument) return `${this.fault}%!${verb}(MISSING)`;
    this.next++;
    return this.fault + formatArgument(argument, { flags: isLeft ? `${flags}-` : flags, width, precision, verb });
  }

  /** An explicit index such as `[2]` says which argument comes next. */
  private seek(index: string | undefined): void {
    if (index === undefined) return;
    this.isReordered = true;
    const position = /^\[\d+\]$/.test(index) ? Number(index.slice(1, -1)) - 1 : -1;
    if (position >= 0 && position < this.args.length) this.next = position;
    else this.hasGoodIndex = false;
  }

  private size(text: string | undefined, name: "WIDTH" | "PREC"): number | undefined {
    if (text !== "*") return text === undefined ? undefined : Number(text);
    const argument = this.args[this.next];
    if (argument) this.next++;
    if (argument?.type === "int" && argument.value <= MAX_WIDTH && argument.value >= -MAX_WIDTH) {
      return Number(argument.value);
    }
    this.fault += `%!(BAD${name})`;
    return undefined;
  }

  private precision(text: string): number | undefined {
    const precision = this.size(text, "PREC");
    if (precision === undefined || precision >= 0)
      return precision === undefined ? undefined : Math.min(precision, MAX_WIDTH);
    this.fault += "%!(BADPREC)";
    return undefined;
  }

  private extra(): string {
    if (this.isReordered || this.next >= this.args.length) return "";
    const plain: Directive = { flags: "", width: undefined, precision: undefined, verb: "v" };
    const rest = this.args.slice(this.next).map((argument) => `${argument.type}=${formattedAs(argument, plain)}`);
    return `%!(EXTRA ${rest.join(", ")})`;
  }
}

/** The text of a format with its values; what it costs is the caller's to pay. */
export function sprintfText(format: string, values: readonly Value[], charge: (amount: number) => void): string {
  return new Formatter(values.map(argumentOf)).format(format, charge);
}

export const sprintf: readonly Builtin[] = [
  {
    name: "sprintf",
    params: [string, arrayOf(any)],
    result: string,
    call: (args, ctx) => {
      const format = stringOperand(args, 0);
      const values = arrayOperand(args, 1);
      ctx.charge(format.length >> 4);
      return sprintfText(format, values, ctx.charge.bind(ctx));
    },
  },
];
