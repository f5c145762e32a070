import { download } from "#server/api/download.ts";
import { ExportEventsInput, exportEvents } from "#server/audit/export-events.ts";
import { Problem } from "#server/errors.ts";

export const dynamic = "force-dynamic";

/** The audit trail as the search line finds it, as JSON lines to verify or CSV to read. */
export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return download(request, async (ctx) => {
    const input = ExportEventsInput.safeParse({
      search: query.get("search") ?? "",
      format: query.get("format"),
      ...(query.get("spaceId") ? { spaceId: query.get("spaceId") } : {}),
    });
    if (!input.success) throw new Problem("bad_input", "Name a format, jsonl or csv.", { place: { path: "format" } });
    return exportEvents(ctx, input.data);
  });
}
