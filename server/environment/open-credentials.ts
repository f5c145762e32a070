import type { Context } from "#server/context.ts";
import { environmentRef } from "#server/environment-ref.ts";
import type { Credentials } from "#server/run/run.ts";
import { secretsAmong } from "#server/space/connection-fields.ts";
import { noteUse, openSecret } from "#server/space/secrets.ts";

/**
 * The credentials a step needs, as variables of its process environment: each part of the space's secret under its own
 * name. Opened for the step that needs them, never kept; that they were used is.
 */
export async function openCredentials(
  ctx: Context,
  environment: { spaceId: string; number: number },
  names: readonly string[],
): Promise<Credentials> {
  const { spaceId } = environment;
  const variables: Record<string, string> = {};
  for (const name of names) {
    Object.assign(variables, await openSecret(ctx, { spaceId, name }));
    await noteUse(ctx, { spaceId, name, environment: environmentRef(environment) });
  }
  return { variables, secrets: secretsAmong(variables) };
}
