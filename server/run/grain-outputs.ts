import { and, eq } from "drizzle-orm";
import { grainOutputs } from "#db/schema/run.ts";
import type { GrainResult } from "#server/blueprint/template/roots.ts";
import type { Context } from "#server/context.ts";
import type { GrainOutputs, GrainStep } from "#server/grain/driver.ts";
import { redactValue } from "#server/secret/redact-value.ts";
import { type SealedPlace, seal, unseal } from "#server/secret/seal.ts";
import type { EnvironmentRow } from "./run-subject.ts";

type Place = Pick<EnvironmentRow, "id" | "spaceId">;

/** Where the sealed outputs of a grain are bound to. */
export const grainOutputsPlace = (environment: Place, grain: string): SealedPlace => ({
  table: "grain_outputs",
  rowId: `${environment.id}/${grain}`,
  field: "sealed_outputs",
  spaceId: environment.spaceId,
});

/** Outputs are sensitive where the module or the blueprint says so, and where one carries a secret the step knows. */
export function withHiddenOutputs(
  step: Pick<GrainStep, "grain" | "sensitiveValues">,
  outputs: GrainOutputs,
): GrainOutputs {
  const named = new Set(step.grain.spec.sensitiveOutputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, sensitive }]) => {
      const hasSecret = redactValue(value, step.sensitiveValues) !== value;
      return [name, { value, sensitive: sensitive || named.has(name) || hasSecret }];
    }),
  );
}

/** Keeps what a grain gave; sensitive values sealed. */
export async function keepGrainOutputs(
  tx: Context,
  environment: Place,
  kept: { grain: string; outputs: GrainOutputs },
): Promise<void> {
  const pick = (sensitive: boolean) =>
    Object.fromEntries(
      Object.entries(kept.outputs)
        .filter(([, output]) => output.sensitive === sensitive)
        .map(([name, { value }]) => [name, value.replaceAll("\0", "")]),
    );
  const secret = pick(true);
  const values = {
    outputs: pick(false),
    sealedOutputs: Object.keys(secret).length
      ? seal(JSON.stringify(secret), grainOutputsPlace(environment, kept.grain))
      : null,
    updatedAt: tx.clock.now(),
  };
  await tx.db
    .insert(grainOutputs)
    .values({ environmentId: environment.id, grain: kept.grain, ...values })
    .onConflictDoUpdate({ target: [grainOutputs.environmentId, grainOutputs.grain], set: values });
}

/** What the grains of an environment gave so far, for templates, and which of the values are secret. */
export async function readGrainOutputs(
  ctx: Pick<Context, "db">,
  environment: Place,
): Promise<{ results: Record<string, GrainResult>; secrets: string[] }> {
  const rows = await ctx.db.select().from(grainOutputs).where(eq(grainOutputs.environmentId, environment.id));
  const results: Record<string, GrainResult> = {};
  const secrets: string[] = [];
  for (const { grain, outputs, sealedOutputs } of rows) {
    const hidden = sealedOutputs
      ? (JSON.parse(unseal(sealedOutputs, grainOutputsPlace(environment, grain))) as Record<string, string>)
      : {};
    results[grain] = { outputs: { ...outputs, ...hidden }, isActive: true };
    secrets.push(...Object.values(hidden));
  }
  return { results, secrets };
}

export async function dropGrainOutputs(tx: Context, environmentId: string, grain: string): Promise<void> {
  await tx.db
    .delete(grainOutputs)
    .where(and(eq(grainOutputs.environmentId, environmentId), eq(grainOutputs.grain, grain)));
}
