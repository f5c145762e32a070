import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/person.ts";
import { settings } from "#db/schema/space.ts";
import type { Person } from "#server/actor.ts";
import { config } from "#server/config.ts";
import { actingAs, type Clock, type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { hashPassword, Password } from "#server/secret/password.ts";
import { writeRoles } from "./membership.ts";
import { Email, insertPerson, PersonName, type PersonView, TimeZone, viewOf } from "./person.ts";
import { dropSetting, readSetting, writeSetting } from "./settings.ts";
import { insertSpace, SpaceName, SpaceSlug, slugOf } from "./space.ts";

const LINK_HOURS = 24;

/**
 * A fresh set-up link for the start to print, or null when the account has a real admin. An older link is void.
 */
export async function openSetup(db: Db, clock: Clock): Promise<string | null> {
  if (await hasRealAdmin(db)) return null;
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(clock.now().getTime() + LINK_HOURS * 3_600_000).toISOString();
  await writeSetting({ db, clock }, "setup", { tokenHash: hashToken(token), expiresAt });
  return `${config().publicUrl}/setup/${token}`;
}

/** Whether an account admin exists who is no demo account. */
export async function hasRealAdmin(db: Db): Promise<boolean> {
  const [row] = await db
    .select({ number: count() })
    .from(people)
    .where(and(eq(people.accountAdmin, true), eq(people.demo, false), isNull(people.disabledAt)));
  return (row?.number ?? 0) > 0;
}

export const CompleteSetupInput = z.object({
  token: z.string().max(200),
  email: Email,
  name: PersonName,
  password: Password,
  timeZone: TimeZone.default("UTC"),
  spaceName: SpaceName,
  /** Short name of the first space; made of its name when left out. */
  spaceSlug: SpaceSlug.optional(),
});

/** Makes the first account admin and the first space. The link works once. */
export async function completeSetup(ctx: Context, input: z.input<typeof CompleteSetupInput>): Promise<PersonView> {
  const { token, email, name, password, timeZone, spaceName, spaceSlug } = CompleteSetupInput.parse(input);
  await checkToken(ctx, token);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    // The row is the link: whoever holds its lock may use it, and the next finds it gone.
    await tx.db.execute(sql`select 1 from ${settings} where key = 'setup' for update`);
    await checkToken(tx, token);
    await dropSetting(tx, "setup");
    const id = randomUUID();
    const first: Person = { kind: "person", id, name, email, accountAdmin: true, groups: [], roles: {} };
    const asFirst = actingAs(tx, first);
    const person = await insertPerson(asFirst, { id, email, name, timeZone, passwordHash, accountAdmin: true });
    const space = await insertSpace(asFirst, { slug: spaceSlug ?? slugOf(spaceName), name: spaceName });
    await writeRoles(asFirst, { spaceId: space.id, person, roles: ["admin"], source: "setup" });
    return viewOf(person);
  });
}

/** Whether a set-up link works now: it is the newest, young enough, and nobody administers the account yet. */
export async function isSetupOpen(ctx: Pick<Context, "db" | "clock">, token: string): Promise<boolean> {
  const open = await readSetting(ctx.db, "setup");
  if (open === null || new Date(open.expiresAt) <= ctx.clock.now()) return false;
  const fits = timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(open.tokenHash));
  return fits && !(await hasRealAdmin(ctx.db));
}

async function checkToken(ctx: Context, token: string): Promise<void> {
  if (await isSetupOpen(ctx, token)) return;
  throw new Problem("forbidden", "This set-up link is not valid: it was used, has run out, or a newer one exists.", {
    remedy: "Start Gantry again; it prints a new link while there is no account admin.",
    place: { path: "token" },
  });
}

function hashToken(token: string): string {
  return createHash("sha256").update(`setup ${token}`).digest("hex");
}
