import { eq } from "drizzle-orm";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { spaces } from "#db/schema/space.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { type SealedPlace, unseal } from "#server/secret/seal.ts";

export type EnvironmentRow = typeof environments.$inferSelect;

/** Everything a run reads of its environment. The blueprint is the revision it was launched with, whatever came since. */
export type RunSubject = {
  environment: EnvironmentRow;
  blueprint: Blueprint;
  files: Record<string, string>;
  space: { id: string; slug: string; name: string; tags: Record<string, string> };
  ownerEmail: string;
  /** Sensitive ones included. */
  inputs: Record<string, string>;
  sensitiveInputs: string[];
};

/** Where an environment's sealed inputs and outputs are bound to. */
export function environmentPlace(
  environment: { id: string; spaceId: string },
  field: "sealed_inputs" | "sealed_outputs",
): SealedPlace {
  return { table: "environments", rowId: environment.id, field, spaceId: environment.spaceId };
}

export async function loadRunSubject(ctx: Pick<Context, "db">, environmentId: string): Promise<RunSubject> {
  const [row] = await ctx.db
    .select({
      environment: environments,
      document: blueprintRevisions.document,
      files: blueprintRevisions.files,
      space: { id: spaces.id, slug: spaces.slug, name: spaces.name, tags: spaces.tags },
      ownerEmail: people.email,
    })
    .from(environments)
    .innerJoin(blueprintRevisions, eq(blueprintRevisions.id, environments.revisionId))
    .innerJoin(spaces, eq(spaces.id, environments.spaceId))
    .leftJoin(people, eq(people.id, environments.ownerId))
    .where(eq(environments.id, environmentId));
  if (!row) throw new Error(`The environment ${environmentId}, its revision or its space does not exist.`);
  const { environment } = row;
  const sensitive = environment.sealedInputs
    ? (JSON.parse(unseal(environment.sealedInputs, environmentPlace(environment, "sealed_inputs"))) as Record<
        string,
        string
      >)
    : {};
  return {
    environment,
    // Written by `parseBlueprint` when the revision was stored, and immutable since.
    blueprint: row.document as Blueprint,
    files: row.files,
    space: row.space,
    ownerEmail: row.ownerEmail ?? "",
    inputs: { ...environment.inputs, ...sensitive },
    sensitiveInputs: Object.values(sensitive),
  };
}
