import type { Value } from "#server/rego/values/value.ts";
import { decodeBase64, decodeBase64Url, isBase64 } from "./base64.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { bytesOf, textOf } from "./byte-strings.ts";
import { operand, stringOperand } from "./operands.ts";
import { boolean, string } from "./type-spec.ts";

function coder(name: string, code: (text: string) => string): FunctionBuiltin {
  return {
    name,
    params: [string],
    result: string,
    call: (args: readonly Value[], ctx: BuiltinContext) => {
      const text = stringOperand(args, 0);
      ctx.charge(text.length);
      return code(text);
    },
  };
}

function base64UrlOf(text: string): string {
  return bytesOf(text).toString("base64url");
}

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

function decodeHex(text: string): string {
  const fault = /[^0-9a-fA-F]/u.exec(text);
  if (fault) {
    const code = (Buffer.from(fault[0], "utf8")[0] as number) & 0xff;
    throw failed(
      `encoding/hex: invalid byte: U+${code.toString(16).toUpperCase().padStart(4, "0")} '${String.fromCharCode(code)}'`,
    );
  }
  if (text.length % 2 === 1) throw failed("encoding/hex: odd length hex string");
  return textOf(Buffer.from(text, "hex"));
}

export const encodings: readonly Builtin[] = [
  coder("base64.encode", (text) => bytesOf(text).toString("base64")),
  coder("base64.decode", (text) => textOf(decodeBase64(text))),
  {
    name: "base64.is_valid",
    params: [string],
    result: boolean,
    call: (args) => {
      const text = operand(args, 0);
      return typeof text === "string" && isBase64(text);
    },
  },
  coder("base64url.encode", (text) => padded(base64UrlOf(text))),
  coder("base64url.encode_no_pad", base64UrlOf),
  coder("base64url.decode", (text) => textOf(decodeBase64Url(text))),
  coder("hex.encode", (text) => bytesOf(text).toString("hex")),
  coder("hex.decode", decodeHex),
];
