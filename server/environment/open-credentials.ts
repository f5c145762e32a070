import type { Context } from "#server/context.ts";
import { openSecret } from "#server/space/secrets.ts";

/**
 * The credentials a grain names, as variables of its process environment: each part of the space's secret under its own
 * name. Opened for the step that needs them, never kept.
 */
export async function openCredentials(
  ctx: Context,
  spaceId: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const name of names) Object.assign(variables, await openSecret(ctx, { spaceId, name }));
  return variables;
}
