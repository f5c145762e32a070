import { and, asc, desc, eq, gt, ilike, inArray, lt, type SQL } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { logLines } from "#db/schema/run.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

const pageSize = 1_000;
const levels = ["debug", "info", "warn", "error"] as const;

export const ReadLogInput = z.object({
  environmentId: z.uuid(),
  runId: z.uuid(),
  stepId: z.uuid().optional(),
  /** This and worse. */
  level: z.enum(levels).optional(),
  /** Lines that contain it, whatever the case. */
  text: z.string().max(200).optional(),
  /** Ids of lines; without either, the newest lines are read. */
  cursor: z.object({ before: z.number().int().optional(), after: z.number().int().optional() }).nullish(),
});
export type ReadLogInput = z.infer<typeof ReadLogInput>;

const columns = {
  id: logLines.id,
  level: logLines.level,
  text: logLines.text,
  at: logLines.at,
  stepId: logLines.stepId,
};
export type LogLine = { id: number; level: (typeof levels)[number]; text: string; at: Date; stepId: string | null };

function matching({ environmentId, runId, stepId, level, text }: ReadLogInput): SQL | undefined {
  return and(
    eq(logLines.environmentId, environmentId),
    eq(logLines.runId, runId),
    stepId ? eq(logLines.stepId, stepId) : undefined,
    level ? inArray(logLines.level, levels.slice(levels.indexOf(level))) : undefined,
    text ? ilike(logLines.text, `%${text.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  );
}

async function requireReader(ctx: Context, environmentId: string): Promise<void> {
  const [environment] = await ctx.db
    .select({ spaceId: environments.spaceId })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (!environment) throw new Problem("not_found", "There is no such environment, or you cannot see it.");
  requirePermission(ctx.actor, "environment.read", environment.spaceId);
}

/** A page of a run's log, oldest line first, and how many lines match in all. */
export async function readLog(
  ctx: Context,
  input: ReadLogInput,
): Promise<{ items: LogLine[]; earlier: boolean; total: number }> {
  await requireReader(ctx, input.environmentId);
  const where = matching(input);
  const { before, after } = input.cursor ?? {};
  const isForward = after !== undefined;
  const edge = isForward ? gt(logLines.id, after) : before !== undefined ? lt(logLines.id, before) : undefined;
  const [rows, total] = await Promise.all([
    ctx.db
      .select(columns)
      .from(logLines)
      .where(and(where, edge))
      .orderBy(isForward ? asc(logLines.id) : desc(logLines.id))
      .limit(pageSize + 1),
    ctx.db.$count(logLines, where),
  ]);
  const items = rows.slice(0, pageSize);
  return { items: isForward ? items : items.reverse(), earlier: isForward || rows.length > pageSize, total };
}

/** The whole log of a run, page by page, for a download. */
export async function* streamLog(
  ctx: Context,
  input: Omit<ReadLogInput, "cursor">,
): AsyncGenerator<LogLine[], void, undefined> {
  await requireReader(ctx, input.environmentId);
  for (let after = 0; ; ) {
    const rows = await ctx.db
      .select(columns)
      .from(logLines)
      .where(and(matching(input), gt(logLines.id, after)))
      .orderBy(asc(logLines.id))
      .limit(pageSize);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}
