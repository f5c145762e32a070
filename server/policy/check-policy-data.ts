import { z } from "zod";
import { Problem } from "#server/errors.ts";
import type { DataFieldType, Policy } from "./policy.ts";

const count = z.number().int().min(0).max(1_000_000);
const FreezeWindow = z
  .object({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    reason: z.string().min(1).max(200),
    effect: z.enum(["deny", "approval"]).default("deny"),
  })
  .refine((window) => new Date(window.from) < new Date(window.to), "it must end after it begins");

const shapes = {
  minutes: count.min(1),
  count,
  money: z.number().min(0).max(100_000_000),
  percent: z.number().min(0).max(100),
  list: z.array(z.string().trim().min(1).max(200)).max(500),
  numbers: z.array(z.number()).max(500),
  windows: z.array(FreezeWindow).max(100),
  text: z.string().max(2000),
  flag: z.boolean(),
} as const satisfies Record<DataFieldType, z.ZodType>;

/** The data in the policy's own shape; throws a Problem naming the first limit that is wrong, missing or unknown. */
export function checkPolicyData(policy: Policy, data: Record<string, unknown>): Record<string, unknown> {
  const unknown = Object.keys(data).find((name) => !Object.hasOwn(policy.fields, name));
  if (unknown !== undefined)
    throw new Problem("bad_input", `${policy.title} has no limit called ${unknown}.`, {
      place: { path: `data.${unknown}` },
      remedy: `It knows: ${Object.keys(policy.fields).join(", ") || "none"}.`,
    });
  return Object.fromEntries(
    Object.entries(policy.fields).map(([name, field]) => {
      const read = shapes[field.type].safeParse(data[name]);
      if (read.success) return [name, read.data];
      const issue = read.error.issues[0];
      const path = ["data", name, ...(issue?.path ?? [])].join(".");
      throw new Problem("bad_input", `${field.title}: ${issue?.message ?? "not usable"}`, { place: { path } });
    }),
  );
}
