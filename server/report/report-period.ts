import { z } from "zod";
import { Problem } from "#server/errors.ts";

/** A period of a space's report: `from` inclusive, `to` exclusive. At most two years. */
export const ReportInput = z.object({ spaceId: z.uuid(), from: z.coerce.date(), to: z.coerce.date() });
export type ReportPeriod = z.infer<typeof ReportInput>;

const longestDays = 732;

/** Throws a Problem when the period is empty, or longer than a report can show. */
export function checkPeriod({ from, to }: Pick<ReportPeriod, "from" | "to">): void {
  if (from >= to)
    throw new Problem("bad_input", "The period ends before it begins.", {
      place: { path: "to" },
      remedy: "Choose a later end.",
    });
  if (to.getTime() - from.getTime() > longestDays * 86_400_000)
    throw new Problem("bad_input", "The period is longer than two years.", {
      place: { path: "from" },
      remedy: "Choose a later beginning.",
    });
}
