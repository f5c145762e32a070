import { z } from "zod";
import type { Finding, Verdict } from "./verdict.ts";

const text = z.string().max(2000);

/** What a policy may say beside its word, in a result as in one denial. */
export const Extras = {
  rule: text.optional(),
  field: text.optional(),
  slot: text.optional(),
  allowed: z.unknown().optional(),
  limit: z.object({ path: text, value: z.unknown() }).optional(),
  hint: text.optional(),
};

const Denial = z.union([
  text.transform((msg) => ({ msg })),
  z.object({
    ...Extras,
    msg: text,
    severity: text.optional(),
    address: text.optional(),
    references: z.array(text).max(20).optional(),
  }),
]);
type Entry = { msg: string } & Partial<z.infer<z.ZodObject<typeof Extras>>> &
  Partial<Pick<Finding, "severity" | "address" | "references">>;

/** A plan of thousands of resources may break one rule in each. */
const Denials = z.array(Denial).max(50_000);
const mostFindings = 200;
const mostOfOneRule = 3;

function asList(allowed: unknown): unknown[] | undefined {
  return allowed === undefined ? undefined : Array.isArray(allowed) ? allowed : [allowed];
}

/** The parts of a verdict that a policy's own words become. */
export function extrasOf(entry: Omit<Entry, "msg">): Partial<Verdict> {
  const { rule, field, hint, limit } = entry;
  const allowed = asList(entry.allowed);
  return {
    ...(rule && { rule }),
    ...(field && { field }),
    ...(entry.slot && !field && { field: `slot:${entry.slot}` }),
    ...(hint && { hint }),
    ...(limit && { limit }),
    ...(allowed && { allowed }),
  };
}

function findingOf(effect: Finding["effect"]) {
  return ({ msg, rule, severity, hint, address, references }: Entry): Finding => ({
    effect,
    rule: rule ?? null,
    severity: severity ?? null,
    message: msg,
    hint: hint ?? null,
    ...(address && { address }),
    ...(references && { references }),
  });
}

/** One sentence an entry; the fourth and later entries of one rule are only counted. */
function sentences(entries: readonly Entry[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, msg } of entries) counts.set(rule ?? msg, (counts.get(rule ?? msg) ?? 0) + 1);
  const shown = new Map<string, number>();
  return entries.flatMap(({ rule, msg }) => {
    const key = rule ?? msg;
    const before = shown.get(key) ?? 0;
    shown.set(key, before + 1);
    const more = (counts.get(key) ?? 0) - mostOfOneRule;
    if (before < mostOfOneRule) return [msg];
    return before === mostOfOneRule ? [`And ${more} more of ${key}.`] : [];
  });
}

type PlanAnswer = Pick<Verdict, "word" | "reason" | "warnings" | "findings"> & Partial<Verdict>;

/** Reads `deny` and `warn` of a plan policy; throws where they are not sets of messages. */
export function readDenials(deny: unknown, warn: unknown): PlanAnswer {
  if (deny === undefined) throw new Error("The policy has no deny rule.");
  const denials = Denials.safeParse(deny);
  const warned = Denials.safeParse(warn ?? []);
  if (!denials.success || !warned.success) throw new Error("deny and warn must be sets of messages.");
  const denied: Entry[] = denials.data as Entry[];
  const warnings = sentences(warned.data as Entry[]).slice(0, 50);
  const findings = [...denied.map(findingOf("deny")), ...(warned.data as Entry[]).map(findingOf("warn"))];
  const shown = findings.slice(0, mostFindings);
  const [first] = denied;
  if (!first) return { word: "Approved", reason: "Nothing to refuse in this plan.", warnings, findings: shown };
  const reasons = sentences(denied);
  const more = reasons.length > 5 ? ` And ${reasons.length - 5} more.` : "";
  return {
    ...extrasOf(first),
    word: "Denied",
    reason: reasons.slice(0, 5).join(" ") + more,
    warnings,
    findings: shown,
  };
}
