import type { Fact, Verdict } from "#server/policy/verdict.ts";
import { showValue } from "./show-value.ts";

type Told = Pick<Verdict, "facts" | "reason" | "field" | "limit">;

const longest = 90;
const most = 3;

export const factLine = ({ path, value }: Fact): string => `${path} = ${showValue(value)}`;

/** The facts a verdict turns on, which are shown at once, and the rest of what the policy read. */
export function tellingFacts(verdict: Told): { first: Fact[]; rest: Fact[] } {
  // The limit has a line of its own; what was asked for tells more than what it was held against.
  const others = verdict.facts.filter((fact) => !isPartOf(fact.path, verdict.limit?.path));
  const facts = [...others.filter(isAsked), ...others.filter((fact) => !isAsked(fact))];
  const short = facts.filter((fact) => !isDocument(fact.value) && factLine(fact).length <= longest);
  const matching = short.filter((fact) => isNamed(fact, verdict));
  const first = (matching.length > 0 || facts.length > most ? matching : short).slice(0, most);
  return { first, rest: facts.filter((fact) => !first.includes(fact)) };
}

const isAsked = ({ path }: Fact): boolean => path.startsWith("input.");

function isPartOf(path: string, whole: string | undefined): boolean {
  if (whole === undefined) return false;
  return path === whole || path.startsWith(`${whole}[`) || path.startsWith(`${whole}.`);
}

/** Its value stands in the reason, or its path ends in the field that would have to change. */
function isNamed({ path, value }: Fact, { reason, field }: Told): boolean {
  if (field !== undefined && path.endsWith(`.${field}`)) return true;
  const isPlain = typeof value === "string" || typeof value === "number";
  return isPlain && value !== "" && reason.includes(String(value));
}

/** An object is read as JSON, which nobody reads at a glance. */
function isDocument(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
