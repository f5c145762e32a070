import type { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { objectOperand, operandError, stringOperand } from "./operands.ts";
import { objectOf, string } from "./type-spec.ts";

type Pair = readonly [from: string, to: string];

/** From left to right, without overlap; the first pair that fits wins, an empty one fits everywhere once. */
function replaceAll(text: string, pairs: readonly Pair[], ctx: BuiltinContext): string {
  const out: string[] = [];
  let copied = 0;
  let afterEmpty = false;
  for (let at = 0; at <= text.length; ) {
    ctx.charge(pairs.length);
    const pair = pairs.find(([from]) => (from === "" ? !afterEmpty : text.startsWith(from, at)));
    afterEmpty = pair?.[0] === "";
    if (!pair) {
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      continue;
    }
    out.push(text.slice(copied, at), pair[1]);
    ctx.charge(pair[1].length);
    at += pair[0].length;
    copied = at;
  }
  out.push(text.slice(copied));
  return out.join("");
}

function replace(text: string, pair: Pair, ctx: BuiltinContext): string {
  const [from, to] = pair;
  if (from === "") return replaceAll(text, [pair], ctx);
  const parts = text.split(from);
  ctx.charge(text.length + (parts.length - 1) * to.length);
  return parts.length === 1 ? text : parts.join(to);
}

function pairsOf(patterns: RegoObject): Pair[] {
  return patterns.entries().map(([from, to]) => {
    if (typeof from !== "string") throw operandError(0, "non-string key found in pattern object");
    if (typeof to !== "string") throw operandError(0, "non-string value found in pattern object");
    return [from, to];
  });
}

export const replaces: readonly Builtin[] = [
  {
    name: "replace",
    params: [string, string, string],
    result: string,
    call: (args, ctx) => replace(stringOperand(args, 0), [stringOperand(args, 1), stringOperand(args, 2)], ctx),
  },
  {
    name: "strings.replace_n",
    params: [objectOf(string, string), string],
    result: string,
    call: (args, ctx) => {
      const patterns = objectOperand(args, 0);
      const text = stringOperand(args, 1);
      return replaceAll(text, pairsOf(patterns), ctx);
    },
  },
];
