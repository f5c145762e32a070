import { z } from "zod";
import { Problem } from "#server/errors.ts";

const Cursor = z.tuple([z.string().max(100), z.uuid()]);

/** An opaque mark of the row a page ended with. */
export function cursorAfter(value: string, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

/** Reads a mark made by `cursorAfter`; throws a Problem on anything else. */
export function readCursor(cursor: string | undefined): { value: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [value, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { value, id };
  } catch {
    throw new Problem("bad_input", "This page mark is not usable.", {
      place: { path: "cursor" },
      remedy: "Start from the first page.",
    });
  }
}
