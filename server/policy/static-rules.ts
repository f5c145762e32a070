import { z } from "zod";
import { compile, evaluateRule } from "#server/rego/engine.ts";
import { definesRule, type Policy } from "./policy.ts";

const Rules = z.record(
  z.string(),
  z.object({
    severity: z.enum(["high", "medium", "low"]),
    reason: z.string(),
    remedy: z.string(),
    references: z.array(z.string()),
    types: z.array(z.string()),
  }),
);

/** One rule of a policy that holds several: high severity denies, the others warn. */
export type StaticRule = { id: string } & z.infer<typeof Rules>[string];

/** The table `rules` of a policy, by id; empty where it has none. */
export function staticRules(policy: Policy): StaticRule[] {
  if (!definesRule(policy, "rules")) return [];
  const { file, source, packageName } = policy;
  const read = Rules.safeParse(evaluateRule(compile([{ file, source }]), `data.${packageName}.rules`, { input: {} }));
  if (!read.success) return [];
  return Object.entries(read.data).map(([id, rule]) => ({ id, ...rule }));
}
