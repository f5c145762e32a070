import type { z } from "zod";
import { spaces } from "#db/schema/space.ts";
import { publishRelease } from "#server/blueprint/revision/load-bundled.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { type CreateSpaceInput, createSpace } from "#server/space/create-space.ts";
import { type CompleteSetupInput, completeSetup } from "#server/space/setup.ts";

/** Makes a space whose catalog begins with what the release brings reviewed. */
export function openSpace(ctx: Context, input: z.input<typeof CreateSpaceInput>) {
  return inTransaction(ctx, async (tx) => {
    const space = await createSpace(tx, input);
    await publishRelease(tx, { spaceId: space.id });
    return space;
  });
}

/** Sets the installation up: the first account admin, the first space, and that space's catalog. */
export function openInstallation(ctx: Context, input: z.input<typeof CompleteSetupInput>) {
  return inTransaction(ctx, async (tx) => {
    const person = await completeSetup(tx, input);
    for (const { id: spaceId } of await tx.db.select({ id: spaces.id }).from(spaces))
      await publishRelease(tx, { spaceId });
    return person;
  });
}
