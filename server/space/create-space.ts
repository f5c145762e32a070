import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { insertSpace, type Space, SpaceSlug, spaceFields } from "./space.ts";
import { withoutUndefined } from "./update-space.ts";

export const CreateSpaceInput = z.object({ slug: SpaceSlug, ...spaceFields });

export async function createSpace(ctx: Context, input: z.input<typeof CreateSpaceInput>): Promise<Space> {
  requirePermission(ctx.actor, "account.admin", null);
  const fields = CreateSpaceInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const space = await insertSpace(tx, withoutUndefined(fields));
    await notifyChange(tx, { topic: "space", id: space.id, spaceId: space.id });
    return space;
  });
}
