import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { people } from "#db/schema/person.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { TimeZone } from "./person.ts";

export const KeepTimeZoneInput = z.object({ timeZone: TimeZone });

/** Keeps the zone somebody's browser is in, so that "until 18:00" means his own evening wherever he says it. */
export async function keepTimeZone(ctx: Context, input: z.infer<typeof KeepTimeZoneInput>): Promise<void> {
  if (ctx.actor.kind !== "person") throw new Problem("forbidden", "Only people have a browser with a time zone.");
  const { timeZone } = KeepTimeZoneInput.parse(input);
  await ctx.db
    .update(people)
    .set({ timeZone })
    .where(and(eq(people.id, ctx.actor.id), ne(people.timeZone, timeZone)));
}
