import { and, eq } from "drizzle-orm";
import { blueprintRevisions, catalogEntries } from "#db/schema/blueprint.ts";
import { memberships, people } from "#db/schema/person.ts";
import type { Actor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import type { Estimate } from "#server/cost/cost.ts";
import type { EvidenceByField } from "#server/decision/evidence.ts";
import { readSpaceTags } from "#server/decision/launch-request.ts";
import { prepareRequest } from "#server/decision/prepare-request.ts";
import type { LaunchRequest, Owner, PreparedRequest, RevisionToRun } from "#server/decision/request.ts";
import { Problem } from "#server/errors.ts";
import { environmentPlace } from "#server/run/run-subject.ts";
import { unseal } from "#server/secret/seal.ts";
import type { Environment } from "./move-environment.ts";

/** Sensitive inputs of an environment, opened for planning and running; never for a screen. */
export function openInputs(environment: Environment): Record<string, string> {
  if (!environment.sealedInputs) return {};
  return JSON.parse(unseal(environment.sealedInputs, environmentPlace(environment, "sealed_inputs")));
}

/** The revision an environment was asked for, kept whatever the catalog offers now. */
export async function findRevisionOf(ctx: Pick<Context, "db">, environment: Environment): Promise<RevisionToRun> {
  const [row] = await ctx.db
    .select({
      id: blueprintRevisions.id,
      digest: blueprintRevisions.digest,
      document: blueprintRevisions.document,
      files: blueprintRevisions.files,
      createdAt: blueprintRevisions.createdAt,
    })
    .from(blueprintRevisions)
    .where(eq(blueprintRevisions.id, environment.revisionId));
  if (!row) throw new Problem("not_found", "The blueprint revision of this environment is gone.");
  return { ...row, blueprint: row.document as Blueprint };
}

async function findOwner(ctx: Context, environment: Environment): Promise<Owner> {
  const rows = await ctx.db
    .select({ id: people.id, email: people.email, name: people.name, groups: people.groups, role: memberships.role })
    .from(people)
    .leftJoin(memberships, and(eq(memberships.personId, people.id), eq(memberships.spaceId, environment.spaceId)))
    .where(eq(people.id, environment.ownerId));
  const [first] = rows;
  if (!first) throw new Problem("not_found", "The owner of this environment is gone.");
  const { id, email, name, groups } = first;
  return { id, email, name, groups, roles: rows.flatMap((row) => row.role ?? []) };
}

/** Whoever asked, with the rights held now. A requester that is gone is a person without any. */
async function findRequester(ctx: Context, environment: Environment): Promise<Actor> {
  const { requestedBy } = environment;
  if (requestedBy.kind === "system") return { kind: "system", id: requestedBy.id, name: requestedBy.name };
  const actor = await loadActor(ctx.db, requestedBy.id);
  return (
    actor ?? {
      kind: "person",
      id: requestedBy.id,
      name: requestedBy.name,
      email: "",
      accountAdmin: false,
      groups: [],
      roles: {},
    }
  );
}

/** Whether the catalog still offers the revision that was asked for; an approval for one taken back is void. */
async function isOffered(ctx: Context, environment: Environment): Promise<boolean> {
  const { spaceId, blueprintName, revisionId } = environment;
  const where = and(
    eq(catalogEntries.spaceId, spaceId),
    eq(catalogEntries.blueprintName, blueprintName),
    eq(catalogEntries.revisionId, revisionId),
  );
  return (await ctx.db.$count(catalogEntries, where)) > 0;
}

/**
 * The request of an environment, checked, planned and priced anew with today's prices: whether it is still what people
 * approved shows in the parts of its plan hash.
 */
export async function prepareAgain(ctx: Context, environment: Environment): Promise<PreparedRequest> {
  const revision = await findRevisionOf(ctx, environment);
  const request: LaunchRequest = {
    spaceId: environment.spaceId,
    space: await readSpaceTags(ctx, environment.spaceId),
    environmentId: environment.id,
    revision,
    name: environment.name,
    inputs: environment.inputs,
    sensitiveInputs: openInputs(environment),
    durationMinutes: environment.durationMinutes,
    owner: await findOwner(ctx, environment),
    requestedBy: await findRequester(ctx, environment),
    evidence: environment.evidence as EvidenceByField,
    ...(environment.estimate !== null && { pricedAs: environment.estimate as Estimate }),
  };
  const prepared = await prepareRequest(request);
  if (await isOffered(ctx, environment)) return prepared;
  return { ...prepared, parts: { ...prepared.parts, blueprint: "no longer offered" } };
}
