import type { GrainStep, KnownResource } from "#server/grain/driver.ts";
import { identityOf, isSearchable } from "./import-ids.ts";
import { bearsTags, type Import, importResource, type Place } from "./import-resource.ts";
import { pairByLikeness } from "./pair-by-likeness.ts";
import { type Findings, probe, type Tagged } from "./probe.ts";
import { searchableProviders } from "./terraform-folder.ts";
import { type Held, listHeld, suspects, type Tools } from "./terraform-state.ts";

/** Ends the address of a suspect whose place is taken by what was made after it. */
export const interrupted = " (interrupted)";
export const placeOf = (address: string) => address.replace(interrupted, "");

/** So long a cloud may take until it shows what it has made: what is absent sooner may still appear. */
const settledAfterMs = 5 * 60_000;

/** Where what is found goes: into the next plan, which is judged like any other, or at once into the state. */
type Into = "plan" | "state";
type Hunt = {
  step: GrainStep;
  tools: Tools;
  into: Into;
  places: Set<string>;
  ids: Set<string>;
  settled: Set<KnownResource>;
  imports: Import[];
};
type Candidate = { id: string; provider: string };

/**
 * Brings what interrupted attempts made, and the state does not know, back under Terraform: found by the id that it told,
 * by its name, or by the environment's tags. From then on it is managed and destroyed like everything else. Returns what
 * the next plan must import, and what is neither found nor proven absent: that stays in the journal.
 */
export async function adoptSuspects(
  step: GrainStep,
  tools: Tools,
  { known, into }: { known: readonly KnownResource[]; into: Into },
): Promise<{ imports: Import[]; left: KnownResource[] }> {
  if (known.length === 0) return { imports: [], left: [] };
  const held = await listHeld(step, tools);
  await confirmHeld(step, known, held);
  const lost = suspects(known, held);
  if (lost.length === 0) return { imports: [], left: [] };
  step.log(
    "warn",
    `An interrupted attempt may have made what the state does not know: ${lost.length}. Looking for it.`,
  );
  const places = new Set(held.map(({ address }) => address));
  const ids = new Set(held.map(({ type, id }) => `${type} ${id}`));
  const hunt: Hunt = { step, tools, into, places, ids, settled: new Set(), imports: [] };
  for (const row of lost)
    if (row.cloudId && ids.has(`${row.type} ${row.cloudId}`)) await strike(hunt, row, "it is in the state after all");
  await look(hunt, unsettled(hunt, lost));
  return { imports: hunt.imports, left: unsettled(hunt, lost) };
}

const unsettled = ({ settled }: Hunt, rows: readonly KnownResource[]) => rows.filter((row) => !settled.has(row));

async function look(hunt: Hunt, lost: KnownResource[]): Promise<void> {
  const { step, tools, places } = hunt;
  const named = lost.filter(({ cloudId, address }) => cloudId && !places.has(placeOf(address)));
  const imports = onePerPlace(named).map(({ address, cloudId }) => ({ address: placeOf(address), id: cloudId ?? "" }));
  const types = lost.map(({ type }) => type);
  const searchWith = await searchableProviders(tools.folder.module, types);
  const findings = await probe(step, tools, { imports, searchWith });
  for (const row of named) await settleById(hunt, row, findings);
  if (!findings.tagged) return;
  const nameless = lost.filter(({ cloudId, type }) => !cloudId && isSearchable(type));
  for (const type of new Set(nameless.map((row) => row.type)))
    await settleByTags(
      hunt,
      nameless.filter((row) => row.type === type),
      candidatesOf(hunt, type, findings.tagged),
    );
}

/** Of several attempts at one place one is looked for there; the others may have made more of it. */
const onePerPlace = (rows: readonly KnownResource[]) => [
  ...new Map(rows.map((row) => [placeOf(row.address), row])).values(),
];

/** What the state holds is there, whatever was heard of it. */
async function confirmHeld(step: GrainStep, known: readonly KnownResource[], held: readonly Held[]): Promise<void> {
  for (const { address, state } of known) {
    const here = held.find((candidate) => candidate.address === address);
    if (here && state === "intended") await step.journal.confirm(address, { cloudId: here.id ?? "" });
  }
}

/** By the id that a completed create has told, or by the name that the plan gave. A name may be another's. */
async function settleById(hunt: Hunt, row: KnownResource, { seen, absent }: Findings): Promise<void> {
  if (hunt.ids.has(`${row.type} ${row.cloudId}`)) return strike(hunt, row, "it is in the state after all");
  const place = placeOf(row.address);
  const values = seen.get(place);
  const isTold = row.state !== "intended";
  if (values && (isTold || bearsTags(values, hunt.step.tags))) {
    await adopt(hunt, row, { id: row.cloudId ?? "", provider: "aws" });
  } else if (values) {
    hunt.step.log(
      "warn",
      `${row.cloudId} exists without the environment's tags, so it is not taken for ${place}. Look at it; remove it if it is.`,
    );
  } else if (absent.has(place) && (isTold || isSettled(hunt, row))) await strike(hunt, row, "it is not there");
}

function candidatesOf({ step, ids }: Hunt, type: string, tagged: readonly Tagged[]): Candidate[] {
  const ours = tagged.filter(({ tags }) => tags["gantry-grain"] === step.tags["gantry-grain"]);
  return ours.flatMap(({ arn, provider }) => {
    const identity = identityOf(arn);
    return identity?.type === type && !ids.has(`${type} ${identity.id}`) ? [{ id: identity.id, provider }] : [];
  });
}

/** Resources of one type: as many as were begun at most, so that nothing else that bears the tags is taken for one. */
async function settleByTags(hunt: Hunt, rows: KnownResource[], candidates: Candidate[]): Promise<void> {
  if (candidates.length > rows.length) {
    hunt.step.log("warn", `More of ${rows[0]?.type} bear the environment's tags than were begun; none is taken over.`);
    return;
  }
  const free = onePerPlace(rows.filter(({ address }) => !hunt.places.has(placeOf(address))));
  const pairs = await pairUp(hunt, free, candidates);
  const others = rows.filter((row) => !pairs.has(row));
  const homeless = candidates.filter((candidate) => ![...pairs.values()].includes(candidate));
  for (const [row, candidate] of pairs) await adopt(hunt, row, candidate);
  for (const row of others) {
    const candidate = hunt.places.has(placeOf(row.address)) ? homeless.shift() : undefined;
    if (candidate) await adopt(hunt, row, candidate);
    else if (homeless.length === 0 && isSettled(hunt, row))
      await strike(hunt, row, "nothing of its kind bears the environment's tags");
  }
}

/** Which is which: read under any of the places, then told apart by what was planned. What is gone again is not read. */
async function pairUp(
  { step, tools }: Hunt,
  rows: KnownResource[],
  candidates: Candidate[],
): Promise<Map<KnownResource, Candidate>> {
  const asked = candidates.slice(0, rows.length).map((one, index) => ({ one, row: rows[index]! }));
  const imports = asked.map(({ one, row: { address } }) => ({ address: placeOf(address), id: one.id }));
  const { seen } = await probe(step, tools, { imports, searchWith: [] });
  const read = asked.flatMap(({ one, row: { address } }) => {
    const values = seen.get(placeOf(address));
    return values ? [{ key: one, values }] : [];
  });
  return pairByLikeness(
    rows.map((wanted) => ({ key: wanted, values: wanted.attributes })),
    read,
  );
}

async function adopt(hunt: Hunt, row: KnownResource, { id, provider }: Candidate): Promise<void> {
  const { step, places, ids, settled } = hunt;
  const { type, name } = row;
  const isStray = places.has(placeOf(row.address));
  const stray = `gantry_stray_${id.replace(/\W+/g, "_")}`;
  const place: Place = isStray
    ? { address: `${type}.${stray}`, blank: { type, name: stray, provider } }
    : { address: placeOf(row.address) };
  const outcome = await take(hunt, { ...place, id });
  if (outcome === "absent") return strike(hunt, row, `${id} is not there any more`);
  if (outcome === "failed") return;
  settled.add(row);
  places.add(place.address);
  ids.add(`${type} ${id}`);
  step.log("warn", `${place.address}: ${id}, made by an interrupted attempt, is taken into the state.`);
  await step.journal.intend({ address: place.address, type, name, cloudId: id });
  if (outcome === "imported") await step.journal.confirm(place.address, { cloudId: id });
  if (place.address !== row.address) await step.journal.destroyed(row.address);
}

/** A stray has no place in the module, so no plan can import it: it goes into the state, and the next apply destroys it. */
async function take(
  { step, tools, into, imports }: Hunt,
  wanted: Place & Import,
): Promise<"planned" | "imported" | "absent" | "failed"> {
  if (into === "state" || wanted.blank) return importResource(step, tools, wanted);
  imports.push({ address: wanted.address, id: wanted.id });
  return "planned";
}

async function strike({ step, settled }: Hunt, row: KnownResource, why: string): Promise<void> {
  settled.add(row);
  step.log("info", `${row.address}: settled, ${why}.`);
  await step.journal.destroyed(row.address);
}

function isSettled({ step }: Hunt, { changedAt }: KnownResource): boolean {
  return changedAt !== undefined && step.clock.now().getTime() - changedAt.getTime() > settledAfterMs;
}
