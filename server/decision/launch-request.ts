import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { blueprintRevisions, catalogEntries } from "#db/schema/blueprint.ts";
import { spaces } from "#db/schema/space.ts";
import type { Actor } from "#server/actor.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { Evidence } from "./evidence.ts";
import type { LaunchRequest, Owner, RevisionToRun } from "./request.ts";

const text = (longest: number) => z.string().max(longest);

/** What a launch asks for, from whichever door. */
export const LaunchFields = z.object({
  spaceId: z.uuid(),
  blueprintName: text(200),
  /** The revision the requester saw; another one in the catalog is a conflict. */
  revisionId: z.uuid().optional(),
  name: z.string().trim().max(80),
  inputs: z.record(text(200), text(65_536)).default({}),
  /** Null runs until somebody ends it. */
  durationMinutes: z.number().int().min(1).max(5_256_000).nullable(),
  evidence: z.record(text(220), Evidence).default({}),
  prompt: text(8000).default(""),
});
export type LaunchFields = z.infer<typeof LaunchFields>;

/** The revision that the space's catalog offers under a name. */
export async function findOfferedRevision(
  ctx: Context,
  fields: Pick<LaunchFields, "spaceId" | "blueprintName" | "revisionId">,
): Promise<RevisionToRun> {
  const [row] = await ctx.db
    .select({
      id: blueprintRevisions.id,
      digest: blueprintRevisions.digest,
      document: blueprintRevisions.document,
      files: blueprintRevisions.files,
      createdAt: blueprintRevisions.createdAt,
    })
    .from(catalogEntries)
    .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, catalogEntries.revisionId))
    .where(and(eq(catalogEntries.spaceId, fields.spaceId), eq(catalogEntries.blueprintName, fields.blueprintName)));
  if (!row)
    throw new Problem("not_found", `The catalog of this space has no blueprint ${fields.blueprintName}.`, {
      place: { path: "blueprintName" },
      remedy: "Choose one of the catalog.",
    });
  if (fields.revisionId && fields.revisionId !== row.id)
    throw new Problem("conflict", "A newer revision of this blueprint was published meanwhile.", {
      place: { path: "revisionId" },
      remedy: "Look at what changed, then launch again.",
      details: { offered: row.id },
    });
  return { ...row, blueprint: row.document as Blueprint };
}

/** Whoever an environment will belong to: the person who asks, or on whose behalf an automation asks. */
export function ownerOf(actor: Actor, spaceId: string): Owner {
  if (actor.kind === "system") throw new Problem("forbidden", "The system launches nothing for itself.");
  const identity = actor.kind === "automation" && actor.onBehalfOf ? actor.onBehalfOf : actor;
  const { id, email, name } = identity;
  return { id, email, name, groups: actor.groups, roles: actor.roles[spaceId] ?? [] };
}

/** What a plan shows of the space. */
export async function readSpaceTags(ctx: Pick<Context, "db">, spaceId: string): Promise<LaunchRequest["space"]> {
  const [space] = await ctx.db
    .select({ slug: spaces.slug, tags: spaces.tags })
    .from(spaces)
    .where(eq(spaces.id, spaceId));
  if (!space) throw new Problem("not_found", "There is no such space.");
  return space;
}

/** Splits inputs into shown and sensitive ones and puts owner and requester beside. */
export async function toLaunchRequest(ctx: Context, fields: LaunchFields): Promise<LaunchRequest> {
  const revision = await findOfferedRevision(ctx, fields);
  if (revision.blueprint.blocked !== null)
    throw new Problem("forbidden", revision.blueprint.blocked || "This blueprint is blocked.", {
      remedy: "Ask the blueprint's owner.",
    });
  const sensitive = new Set(revision.blueprint.inputs.filter((input) => input.sensitive).map((input) => input.name));
  const entries = Object.entries(fields.inputs);
  return {
    spaceId: fields.spaceId,
    space: await readSpaceTags(ctx, fields.spaceId),
    revision,
    name: fields.name,
    inputs: Object.fromEntries(entries.filter(([name]) => !sensitive.has(name))),
    sensitiveInputs: Object.fromEntries(entries.filter(([name]) => sensitive.has(name))),
    durationMinutes: fields.durationMinutes,
    owner: ownerOf(ctx.actor, fields.spaceId),
    requestedBy: ctx.actor,
    evidence: fields.evidence,
  };
}
