import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
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
      return createHash(algorithm).update(text, "utf8").digest("hex");
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
      return createHmac(algorithm, key).update(text, "utf8").digest("hex");
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
      const a = Buffer.from(stringOperand(args, 0), "utf8");
      const b = Buffer.from(stringOperand(args, 1), "utf8");
      return a.length === b.length && timingSafeEqual(a, b);
    },
  },
];
