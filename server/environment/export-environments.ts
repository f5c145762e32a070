import { csvRow } from "#server/audit/export-csv.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { findSpace } from "#server/space/list-spaces.ts";
import { ListEnvironmentsInput, listEnvironments } from "./list-environments.ts";

const pageSize = 200;

const columns = [
  "id",
  "name",
  "state",
  "blueprint",
  "owner",
  "asked_by",
  "simulated",
  "created_at",
  "active_at",
  "ends_at",
  "ended_at",
  "monthly_estimate_usd",
  "cost_so_far_usd",
] as const;

/** The list's own filters, from the query of a link: `space` is its short name, `state` a comma-separated list. */
export async function readExportQuestion(ctx: Context, query: URLSearchParams): Promise<ListEnvironmentsInput> {
  const space = await findSpace(ctx, { slug: query.get("space") ?? "" });
  const given = (name: string) => (query.get(name) ? { [name]: query.get(name) } : {});
  const parsed = ListEnvironmentsInput.safeParse({
    spaceId: space.id,
    ...given("text"),
    ...given("blueprint"),
    ...given("owner"),
    ...given("sort"),
    ...given("outcome"),
    ...given("askedFrom"),
    ...given("askedBefore"),
    ...(query.get("state") ? { state: query.get("state")?.split(",") } : {}),
    limit: pageSize,
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem("bad_input", issue?.message ?? "The filter cannot be read.", {
    place: { path: issue?.path.join(".") ?? "" },
  });
}

/** Every environment the filter finds, page by page; times in UTC, formula cells made text. */
export async function exportEnvironments(ctx: Context, input: ListEnvironmentsInput) {
  const first = await listEnvironments(ctx, input);
  async function* content() {
    yield csvRow(columns);
    for (let page = first; ; ) {
      yield page.items.map(rowOf).join("");
      if (!page.nextCursor) return;
      page = await listEnvironments(ctx, { ...input, cursor: page.nextCursor });
    }
  }
  const day = ctx.clock.now().toISOString().slice(0, 10);
  return { fileName: `environments-${day}.csv`, contentType: "text/csv; charset=utf-8", content: content() };
}

type Row = Awaited<ReturnType<typeof listEnvironments>>["items"][number];

function rowOf(row: Row): string {
  const time = (at: Date | null) => at?.toISOString() ?? "";
  return csvRow([
    row.ref,
    row.name,
    row.state,
    row.blueprintName,
    row.ownerName ?? "",
    row.requestedBy.name,
    row.simulated ? "yes" : "no",
    time(row.createdAt),
    time(row.activeAt),
    time(row.endsAt),
    time(row.endedAt),
    row.monthlyEstimate ?? "",
    row.costSoFar === null ? "" : String(row.costSoFar),
  ]);
}
