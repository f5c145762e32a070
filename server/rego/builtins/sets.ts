import { RegoSet } from "#server/rego/values/rego-set.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { ENTRY } from "./cost.ts";
import { operand, setOperand, wrongElement } from "./operands.ts";
import { set, setOf } from "./type-spec.ts";

function memberSets(args: readonly Value[], ctx: BuiltinContext): readonly RegoSet[] {
  const members = setOperand(args, 0).sorted();
  for (const member of members) {
    if (!(member instanceof RegoSet)) throw wrongElement(0, operand(args, 0), member, "set");
    ctx.charge(member.size * ENTRY);
  }
  return members as readonly RegoSet[];
}

export const sets: readonly Builtin[] = [
  {
    name: "intersection",
    params: [setOf(set)],
    result: set,
    call: (args, ctx) => {
      const [first, ...others] = memberSets(args, ctx);
      return others.reduce((kept, other) => kept.intersection(other), first ?? RegoSet.empty);
    },
  },
  {
    name: "union",
    params: [setOf(set)],
    result: set,
    call: (args, ctx) => {
      const members = memberSets(args, ctx);
      return RegoSet.of(members.flatMap((member) => [...member.unsorted()]));
    },
  },
  {
    name: "set_diff",
    params: [set, set],
    result: set,
    deprecated: true,
    call: (args, ctx) => {
      const from = setOperand(args, 0);
      ctx.charge(from.size * ENTRY);
      return from.difference(setOperand(args, 1));
    },
  },
];
