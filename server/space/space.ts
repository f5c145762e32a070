import { z } from "zod";
import { spaces } from "#db/schema/space.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { TimeZone } from "./person.ts";

export type Space = typeof spaces.$inferSelect;

export const SpaceName = z.string().trim().min(1, "Give the space a name.").max(80);
export const SpaceSlug = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, "2 to 40 lower-case letters, digits and hyphens, beginning with a letter.")
  .refine((slug) => !["account", "none", "all", "new"].includes(slug), "This word is reserved.");

/** A short name made of a name: "Data Platform" gives data-platform. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  const slug = plain
    .replace(/^[-0-9]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return SpaceSlug.safeParse(slug).success ? slug : "first-space";
}

/** An amount of money as text, so that no digit is lost: up to 12 digits and 2 decimals. */
const Budget = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,2})?$/, "An amount such as 2500 or 2500.00.");

const Tags = z
  .record(
    z.string().regex(/^[\w.:/-]{1,64}$/, "A tag's name has up to 64 letters, digits and . : / _ -"),
    z.string().max(256),
  )
  .refine((tags) => Object.keys(tags).length <= 40, "At most 40 tags.");

/** What can be set of a space, when it is made and later. */
export const spaceFields = {
  name: SpaceName,
  description: z.string().trim().max(500).optional(),
  timeZone: TimeZone.optional(),
  monthlyBudget: Budget.nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "A currency code of three letters, such as USD.")
    .optional(),
  tags: Tags.optional(),
};

export type NewSpace = { slug: string; name: string } & Partial<Omit<Space, "id" | "slug" | "name" | "createdAt">>;

/** Adds a space and records it. Call inside a transaction; permission is the caller's matter. */
export async function insertSpace(tx: Context, space: NewSpace): Promise<Space> {
  const [row] = await tx.db
    .insert(spaces)
    .values({ ...space, createdAt: tx.clock.now() })
    .onConflictDoNothing()
    .returning();
  if (!row)
    throw new Problem("conflict", `There is already a space "${space.slug}".`, {
      place: { path: "slug" },
      remedy: "Choose another short name.",
    });
  await recordEvent(tx, {
    action: "space.created",
    spaceId: row.id,
    object: { type: "space", id: row.id, name: row.name },
    data: { slug: row.slug },
  });
  return row;
}
