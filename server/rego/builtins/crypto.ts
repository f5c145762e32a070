import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { bytesOf } from "./byte-strings.ts";
import { stringOperand } from "./operands.ts";
import { boolean, string } from "./type-spec.ts";

function digest(algorithm: string): FunctionBuiltin {
  return {
    name: `crypto.${algorithm}`,
    params: [string],
    result: string,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      ctx.charge(1 + (text.length >> 6));
      return createHash(algorithm).update(bytesOf(text)).digest("hex");
    },
  };
}

function hmac(algorithm: string): FunctionBuiltin {
  return {
    name: `crypto.hmac.${algorithm}`,
    params: [string, string],
    result: string,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      const key = stringOperand(args, 1);
      ctx.charge(1 + ((text.length + key.length) >> 6));
      return createHmac(algorithm, bytesOf(key)).update(bytesOf(text)).digest("hex");
    },
  };
}

export const cryptos: readonly Builtin[] = [
  digest("md5"),
  digest("sha1"),
  digest("sha256"),
  hmac("md5"),
  hmac("sha1"),
  hmac("sha256"),
  hmac("sha512"),
  {
    name: "crypto.hmac.equal",
    params: [string, string],
    result: boolean,
    call: (args) => {
      const a = bytesOf(stringOperand(args, 0));
      const b = bytesOf(stringOperand(args, 1));
      return a.length === b.length && timingSafeEqual(a, b);
    },
  },
];
