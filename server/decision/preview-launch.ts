import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { type Decision, decide } from "./decide.ts";
import { type LaunchFields, toLaunchRequest } from "./launch-request.ts";
import { prepareRequest } from "./prepare-request.ts";
import type { FieldProblem, PreparedRequest } from "./request.ts";

export type LaunchPreview =
  | { kind: "problems"; problems: FieldProblem[] }
  | { kind: "decision"; decision: Decision; prepared: PreparedRequest };

/** What a launch would get right now, by the very functions that launch; stores nothing. */
export async function previewLaunch(ctx: Context, fields: LaunchFields): Promise<LaunchPreview> {
  requirePermission(ctx.actor, "environment.launch", fields.spaceId);
  try {
    const prepared = await prepareRequest(await toLaunchRequest(ctx, fields));
    return { kind: "decision", decision: await decide(ctx, prepared), prepared };
  } catch (error) {
    if (!(error instanceof Problem) || !Array.isArray(error.details?.problems)) throw error;
    return { kind: "problems", problems: error.details.problems as FieldProblem[] };
  }
}
