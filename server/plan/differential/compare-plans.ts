import { isDeepStrictEqual } from "node:util";
import type { Plan } from "#server/plan/plan.ts";
import { type BlockSchema, findSchema } from "#server/plan/schema/schema.ts";
import { pruneMask, type RecordedPlan } from "./recorded-plan.ts";

/** How a static plan stands against the real one of the same module. */
export type Comparison = {
  contradictions: Contradiction[];
  resources: number;
  /** Attribute values (leaves) that the static plan claims, and that the real plan knows. */
  claimed: number;
  knownReally: number;
};
export type Contradiction = { address: string; path: string; claimed: unknown; real: unknown };

export function comparePlans(claims: Plan, real: RecordedPlan): Comparison {
  const comparison: Comparison = { contradictions: [], resources: 0, claimed: 0, knownReally: 0 };
  compareAddresses(claims, real, comparison);
  compareVariables(claims, real, comparison);
  for (const change of claims.resource_changes) {
    const recorded = change.mode === "managed" ? real.resources[change.address] : undefined;
    if (!recorded) continue;
    comparison.resources += 1;
    comparison.knownReally += countLeaves(recorded.values);
    const schema = findSchema("managed", change.type);
    const note = noteFor(change.address, comparison);
    compareValue(
      { claimed: change.change.after, unknown: change.change.after_unknown, real: recorded.values, path: "" },
      schema,
      note,
    );
    const configured = Object.keys(change.change.after as object);
    compareSecrecy(
      { address: change.address, claimed: change.change.after_sensitive, real: recorded.sensitive, configured },
      comparison,
    );
  }
  compareOutputs(claims, real, comparison);
  return comparison;
}

function compareAddresses(claims: Plan, real: RecordedPlan, comparison: Comparison): void {
  const own = new Set(
    claims.resource_changes.filter((change) => change.mode === "managed").map((change) => change.address),
  );
  for (const address of own)
    if (!real.resources[address])
      comparison.contradictions.push({ address, path: "(address)", claimed: "planned", real: undefined });
  for (const address of Object.keys(real.resources))
    if (!own.has(address))
      comparison.contradictions.push({ address, path: "(address)", claimed: undefined, real: "planned" });
}

function compareVariables(claims: Plan, real: RecordedPlan, comparison: Comparison): void {
  for (const [name, variable] of Object.entries(claims.variables ?? {})) {
    const recorded = real.variables?.[name];
    if ("value" in variable && !isDeepStrictEqual(variable.value ?? undefined, recorded ?? undefined))
      comparison.contradictions.push({ address: `var.${name}`, path: "", claimed: variable.value, real: recorded });
  }
}

type Note = { claim(): void; contradict(path: string, claimed: unknown, real: unknown): void };

function noteFor(address: string, comparison: Comparison): Note {
  return {
    claim: () => {
      comparison.claimed += 1;
    },
    contradict: (path, claimed, real) => comparison.contradictions.push({ address, path, claimed, real }),
  };
}

type Pair = { claimed: unknown; unknown: unknown; real: unknown; path: string };

function compareValue(pair: Pair, schema: BlockSchema | undefined, note: Note): void {
  const { claimed, unknown, real, path } = pair;
  if (unknown === true) return;
  if (Array.isArray(claimed)) compareList(pair, schema, note);
  else if (typeof claimed === "object" && claimed !== null) {
    const masks = (unknown ?? {}) as Record<string, unknown>;
    const others = (real ?? {}) as Record<string, unknown>;
    for (const [key, item] of Object.entries(claimed)) {
      const inner = {
        claimed: item,
        unknown: masks[key],
        real: others[key],
        path: path === "" ? key : `${path}.${key}`,
      };
      compareMember(inner, { schema, key }, note);
    }
  } else {
    if (claimed !== null) note.claim();
    if ((claimed ?? undefined) !== (real ?? undefined)) note.contradict(path, claimed, real);
  }
}

function compareMember(pair: Pair, member: { schema: BlockSchema | undefined; key: string }, note: Note): void {
  const nested = member.schema?.blocks.get(member.key);
  const isSet = nested?.nesting === "set" || member.schema?.attributes.get(member.key)?.type.kind === "set";
  if (isSet && Array.isArray(pair.claimed)) compareSet(pair, nested?.block, note);
  else compareValue(pair, nested?.block, note);
}

function compareList(pair: Pair, schema: BlockSchema | undefined, note: Note): void {
  const claimed = pair.claimed as unknown[];
  const real = Array.isArray(pair.real) ? pair.real : [];
  const masks = Array.isArray(pair.unknown) ? pair.unknown : [];
  if (claimed.length !== real.length) {
    note.contradict(pair.path, claimed, pair.real);
    return;
  }
  for (const [index, item] of claimed.entries())
    compareValue(
      { claimed: item, unknown: masks[index], real: real[index], path: `${pair.path}[${index}]` },
      schema,
      note,
    );
}

/** Members of a set have no order: each claimed one must have a real one of its own. */
function compareSet(pair: Pair, schema: BlockSchema | undefined, note: Note): void {
  const real = Array.isArray(pair.real) ? [...pair.real] : [];
  const masks = Array.isArray(pair.unknown) ? pair.unknown : [];
  const claimed = pair.claimed as unknown[];
  if (claimed.length !== real.length) {
    note.contradict(pair.path, claimed, pair.real);
    return;
  }
  for (const [index, item] of claimed.entries()) {
    const found = real.findIndex((other) =>
      isMatch({ claimed: item, unknown: masks[index], real: other, path: "" }, schema),
    );
    if (found === -1) {
      note.contradict(pair.path, item, pair.real);
      return;
    }
    compareValue({ claimed: item, unknown: masks[index], real: real[found], path: pair.path }, schema, note);
    real.splice(found, 1);
  }
}

function isMatch(pair: Pair, schema: BlockSchema | undefined): boolean {
  let matches = true;
  const contradict = () => {
    matches = false;
  };
  compareValue(pair, schema, { claim: () => {}, contradict });
  return matches;
}

type Secrecy = { address: string; claimed: unknown; real: unknown; configured: readonly string[] };

/**
 * What is secret in the real plan must be secret in the static one, of the arguments that the configuration sets. The
 * other way round is allowed: Terraform forgets that `tags_all` holds a secret tag, the static plan does not.
 */
function compareSecrecy(secrecy: Secrecy, comparison: Comparison): void {
  const own = secrecy.claimed;
  if (own === true) return;
  const claimed = (own ?? {}) as Record<string, unknown>;
  const real = (secrecy.real ?? {}) as Record<string, unknown>;
  for (const name of secrecy.configured)
    if (!covers(claimed[name], pruneMask(real[name])))
      comparison.contradictions.push({
        address: secrecy.address,
        path: `${name} (sensitive)`,
        claimed: claimed[name],
        real: real[name],
      });
}

function covers(claimed: unknown, real: unknown): boolean {
  if (claimed === true || real === undefined || real === false) return true;
  if (real === true || typeof claimed !== "object" || claimed === null) return false;
  const masks = new Map(Object.entries(claimed));
  return Object.entries(real as object).every(([key, mask]) => covers(masks.get(key), mask));
}

function compareOutputs(claims: Plan, real: RecordedPlan, comparison: Comparison): void {
  const names = new Set([...Object.keys(claims.output_changes ?? {}), ...Object.keys(real.outputs)]);
  for (const name of names) {
    const own = claims.output_changes?.[name];
    const recorded = real.outputs[name];
    const note = noteFor(`output.${name}`, comparison);
    if (!own || !recorded) {
      note.contradict("(output)", own?.after, recorded?.value);
      continue;
    }
    if (own.after_unknown !== true && own.after !== null && recorded.unknown === true)
      note.contradict("", own.after, "(unknown)");
    else
      compareValue({ claimed: own.after, unknown: own.after_unknown, real: recorded.value, path: "" }, undefined, note);
    comparison.knownReally += countLeaves(recorded.value);
    if (!isDeepStrictEqual(pruneMask(own.after_sensitive), pruneMask(recorded.sensitive)))
      note.contradict("(sensitive)", own.after_sensitive, recorded.sensitive);
  }
}

function countLeaves(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== "object") return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countLeaves(item), 0);
}
