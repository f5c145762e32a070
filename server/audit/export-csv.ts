import { spaces } from "#db/schema/space.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import type { Json } from "./audit-event.ts";
import { type ExportRange, readShown } from "./export-range.ts";

const columns = [
  "seq",
  "time_utc",
  "actor_kind",
  "actor",
  "actor_id",
  "on_behalf_of",
  "via",
  "address",
  "space",
  "action",
  "object_type",
  "object_id",
  "object",
  "outcome",
  "request_id",
  "data",
  "hash",
];

/** Comma-separated values as RFC 4180 has them, for spreadsheets; no cell of it is a formula. */
export async function* exportCsv(ctx: Context, range: ExportRange): AsyncGenerator<string> {
  const rows = await ctx.db.select({ id: spaces.id, slug: spaces.slug }).from(spaces);
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
  yield csvRow(columns);
  for await (const events of readShown(ctx, range))
    yield events
      .map((event) =>
        csvRow([
          String(event.seq),
          event.at.toISOString(),
          event.actorKind,
          event.actorName,
          event.actorId,
          event.actor.onBehalfOf ?? "",
          event.via,
          event.address ?? "",
          event.spaceId === null ? "" : (slugs.get(event.spaceId) ?? event.spaceId),
          event.action,
          event.objectType,
          event.objectId,
          event.objectName,
          event.outcome,
          event.requestId,
          canonicalJson(event.data as { [key: string]: Json }),
          event.hash,
        ]),
      )
      .join("");
}

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe makes it text. */
const formulaStart = /^[=+\-@\t\r\n]/;

function csvCell(text: string): string {
  const plain = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
