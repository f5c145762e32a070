import { asc, desc, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEvents } from "#db/schema/audit.ts";
import { config } from "#server/config.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { auditFilter } from "./audit-filter.ts";
import { type AuditScope, auditScope } from "./audit-scope.ts";
import { exportCsv } from "./export-csv.ts";
import { exportJsonLines } from "./export-json-lines.ts";
import { recordEvent } from "./record-event.ts";
import { signCheckpoint } from "./sign-checkpoint.ts";

export const ExportEventsInput = z.object({
  search: z.string().max(4000).default(""),
  spaceId: z.uuid().optional(),
  format: z.enum(["jsonl", "csv"]),
});

export type AuditExport = { fileName: string; contentType: string; content: AsyncIterable<string> };

/**
 * Exports what a search finds. JSON lines carry the whole chain from the first match on, with everything else withheld,
 * so that an auditor can verify them offline; CSV is for reading. The export is an event, and part of itself.
 */
export async function exportEvents(
  ctx: Context,
  input: z.input<typeof ExportEventsInput>,
  dataDir = config().dataDir,
): Promise<AuditExport> {
  const { search, spaceId, format } = ExportEventsInput.parse(input);
  const scope = await auditScope(ctx, "audit.export", spaceId);
  const { condition = sql`true`, problems } = await auditFilter(ctx, scope, search);
  const [problem] = problems;
  if (problem)
    throw new Problem("bad_input", `${problem.message} (${problem.text})`, {
      place: { path: "search", column: problem.from + 1 },
      remedy: problem.remedy,
    });
  const from = (await firstSeq(ctx, condition)) ?? (await lastSeq(ctx)) + 1;
  await noteExport(ctx, { scope, format, search, from });
  if (format === "jsonl") await signCheckpoint(ctx, dataDir);
  const range = { from, to: await lastSeq(ctx), condition, search };
  const day = ctx.clock.now().toISOString().slice(0, 10);
  const name = `gantry-audit-${day}-${range.from}-${range.to}`;
  if (format === "csv")
    return { fileName: `${name}.csv`, contentType: "text/csv; charset=utf-8", content: exportCsv(ctx, range) };
  const content = exportJsonLines(ctx, range, dataDir);
  return { fileName: `${name}.jsonl`, contentType: "application/x-ndjson; charset=utf-8", content };
}

function noteExport(
  ctx: Context,
  { scope, format, search, from }: { scope: AuditScope; format: "jsonl" | "csv"; search: string; from: number },
): Promise<void> {
  const [only = null] = scope.spaceIds.length === 1 ? scope.spaceIds : [];
  return inTransaction(ctx, async (tx) =>
    recordEvent(tx, {
      action: "audit.exported",
      spaceId: only,
      object: { type: "audit", id: "audit", name: "Audit trail" },
      data: { format, search, from, to: await lastSeq(tx) },
    }),
  );
}

async function firstSeq(ctx: Context, condition: SQL): Promise<number | null> {
  const seq = { seq: auditEvents.seq };
  const [row] = await ctx.db.select(seq).from(auditEvents).where(condition).orderBy(asc(auditEvents.seq)).limit(1);
  return row?.seq ?? null;
}

async function lastSeq(ctx: Context): Promise<number> {
  const seq = { seq: auditEvents.seq };
  const [row] = await ctx.db.select(seq).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  return row?.seq ?? 0;
}
