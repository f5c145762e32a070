import type { GrainStep, KnownResource } from "#server/grain/driver.ts";
import { identityOf, isSearchable } from "./import-ids.ts";
import { bearsTags, importResource, type Place } from "./import-resource.ts";
import { pairByLikeness } from "./pair-by-likeness.ts";
import { type Findings, probe, type Tagged } from "./probe.ts";
import { searchableProviders } from "./terraform-folder.ts";
import { type Held, listHeld, suspects, type Tools } from "./terraform-state.ts";

/** Ends the address of a suspect whose place is taken by what was made after it. */
export const interrupted = " (interrupted)";
export const placeOf = (address: string) => address.replace(interrupted, "");

/** So long a cloud may take until it shows what it has made: what is absent sooner may still appear. */
const settledAfterMs = 5 * 60_000;

type Hunt = { step: GrainStep; tools: Tools; places: Set<string>; ids: Set<string>; settled: Set<KnownResource> };
type Candidate = { id: string; provider: string };

/**
 * Brings what interrupted attempts made, and the state does not know, into the state: found by the id that Terraform told,
 * by its name, or by the environment's tags. From then on it is managed and destroyed like everything else. What is
 * neither found nor proven absent stays in the journal, and is returned.
 */
export async function adoptSuspects(
  step: GrainStep,
  tools: Tools,
  known: readonly KnownResource[],
): Promise<KnownResource[]> {
  if (known.length === 0) return [];
  const held = await listHeld(step, tools);
  await confirmHeld(step, known, held);
  const lost = suspects(known, held);
  if (lost.length === 0) return [];
  step.log(
    "warn",
    `An interrupted attempt may have made what the state does not know: ${lost.length}. Looking for it.`,
  );
  const places = new Set(held.map(({ address }) => address));
  const ids = new Set(held.map(({ type, id }) => `${type} ${id}`));
  const hunt: Hunt = { step, tools, places, ids, settled: new Set() };
  for (const row of lost) await settleByToldId(hunt, row);
  await settleByLooking(hunt, unsettled(hunt, lost));
  return unsettled(hunt, lost);
}

const unsettled = ({ settled }: Hunt, rows: readonly KnownResource[]) => rows.filter((row) => !settled.has(row));

async function settleByLooking(hunt: Hunt, left: KnownResource[]): Promise<void> {
  const { step, tools, places } = hunt;
  const named = left.filter(({ cloudId, address }) => cloudId && !places.has(placeOf(address)));
  const imports = named.map(({ address, cloudId }) => ({ address: placeOf(address), id: cloudId ?? "" }));
  const searchWith = await searchableProviders(
    tools.folder.module,
    left.map(({ type }) => type),
  );
  const findings = await probe(step, tools, { imports, searchWith });
  for (const row of named) await settleByName(hunt, row, findings);
  if (!findings.tagged) return;
  const nameless = left.filter(({ cloudId, type }) => !cloudId && isSearchable(type));
  for (const type of new Set(nameless.map((row) => row.type)))
    await settleByTags(
      hunt,
      nameless.filter((row) => row.type === type),
      candidatesOf(hunt, type, findings.tagged),
    );
}

/** What the state holds is there, whatever was heard of it. */
async function confirmHeld(step: GrainStep, known: readonly KnownResource[], held: readonly Held[]): Promise<void> {
  for (const { address, state } of known) {
    const here = held.find((candidate) => candidate.address === address);
    if (here && state === "intended") await step.journal.confirm(address, { cloudId: here.id ?? "" });
  }
}

/** By the id of a completed create, or one that the state has under another address. */
async function settleByToldId(hunt: Hunt, row: KnownResource): Promise<void> {
  const { type, cloudId, state } = row;
  if (!cloudId) return;
  if (hunt.ids.has(`${type} ${cloudId}`)) await strike(hunt, row, "it is in the state after all");
  else if (state !== "intended") await adopt(hunt, row, { id: cloudId, provider: "aws" });
}

async function settleByName(hunt: Hunt, row: KnownResource, { seen, absent }: Findings): Promise<void> {
  const place = placeOf(row.address);
  const values = seen.get(place);
  if (values && bearsTags(values, hunt.step.tags)) {
    await adopt(hunt, row, { id: row.cloudId ?? "", provider: "aws" });
  } else if (values) {
    hunt.step.log(
      "warn",
      `${row.cloudId} exists without the environment's tags; whether it is ${place} can't be told.`,
    );
  } else if (absent.has(place) && isSettled(hunt, row)) await strike(hunt, row, "it is not there");
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
  const free = rows.filter(({ address }) => !hunt.places.has(placeOf(address)));
  const pairs = await pairUp(hunt, free, candidates);
  const others = rows.filter((row) => !pairs.has(row));
  const homeless = candidates.filter((candidate) => ![...pairs.values()].includes(candidate));
  for (const [row, candidate] of pairs) await adopt(hunt, row, candidate);
  for (const row of others) {
    const candidate = homeless.shift();
    if (candidate) await adopt(hunt, row, candidate, "stray");
    else if (isSettled(hunt, row)) await strike(hunt, row, "nothing of its kind bears the environment's tags");
  }
}

/** Which of several is which: read under any of the places, then told apart by what was planned. */
async function pairUp(
  { step, tools }: Hunt,
  rows: KnownResource[],
  candidates: Candidate[],
): Promise<Map<KnownResource, Candidate>> {
  const [row] = rows;
  const [candidate] = candidates;
  if (!row || !candidate) return new Map();
  if (rows.length === 1 && candidates.length === 1) return new Map([[row, candidate]]);
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

async function adopt(hunt: Hunt, row: KnownResource, { id, provider }: Candidate, where?: "stray"): Promise<void> {
  const { step, tools, places, ids, settled } = hunt;
  const { type, name } = row;
  const isStray = where === "stray" || places.has(placeOf(row.address));
  const stray = `gantry_stray_${id.replace(/\W+/g, "_")}`;
  const place: Place = isStray
    ? { address: `${type}.${stray}`, blank: { type, name: stray, provider } }
    : { address: placeOf(row.address) };
  const outcome = await importResource(step, tools, { ...place, id });
  if (outcome === "absent") return strike(hunt, row, `${id} is not there any more`);
  if (outcome === "failed") return;
  settled.add(row);
  places.add(place.address);
  ids.add(`${type} ${id}`);
  step.log("warn", `${place.address}: ${id} of an interrupted attempt is in the state now.`);
  if (isStray) await step.journal.intend({ address: place.address, type, name });
  await step.journal.confirm(place.address, { cloudId: id });
  if (place.address !== row.address) await step.journal.destroyed(row.address);
}

async function strike({ step, settled }: Hunt, row: KnownResource, why: string): Promise<void> {
  settled.add(row);
  step.log("info", `${row.address}: settled, ${why}.`);
  await step.journal.destroyed(row.address);
}

function isSettled({ step }: Hunt, { changedAt }: KnownResource): boolean {
  return changedAt !== undefined && step.clock.now().getTime() - changedAt.getTime() > settledAfterMs;
}
