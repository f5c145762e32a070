import { eq } from "drizzle-orm";
import { z } from "zod";
import { spaces } from "#db/schema/space.ts";
import { diffFields, type Json } from "#server/audit/audit-event.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { type Space, SpaceName, spaceFields } from "./space.ts";

export const UpdateSpaceInput = z.object({ spaceId: z.uuid(), ...spaceFields, name: SpaceName.optional() });

/** Changes the given fields of a space; the others stay. */
export async function updateSpace(ctx: Context, input: z.input<typeof UpdateSpaceInput>): Promise<Space> {
  requirePermission(ctx.actor, "space.edit", input.spaceId);
  const { spaceId, ...fields } = UpdateSpaceInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.db.select().from(spaces).where(eq(spaces.id, spaceId)).for("update");
    if (!before) throw new Problem("not_found", "There is no such space.");
    const set = withoutUndefined(fields);
    if (Object.keys(set).length === 0) return before;
    const [after] = await tx.db.update(spaces).set(set).where(eq(spaces.id, spaceId)).returning();
    if (!after) throw new Problem("not_found", "There is no such space.");
    const changes = diffFields(auditable(before), auditable(after));
    if (Object.keys(changes).length === 0) return after;
    const object = { type: "space", id: spaceId, name: after.name };
    await recordEvent(tx, { action: "space.changed", spaceId, object, data: { changes } });
    await notifyChange(tx, { topic: "space", id: spaceId, spaceId });
    return after;
  });
}

function auditable({ name, description, timeZone, monthlyBudget, currency, tags }: Space): Record<string, Json> {
  return { name, description, timeZone, monthlyBudget, currency, tags };
}

type Defined<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** The fields that were given. */
export function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Defined<Fields>;
}
