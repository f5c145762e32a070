import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/person.ts";
import { spaces } from "#db/schema/space.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Config, config } from "#server/config.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { demoAccounts, demoAutomation, demoSpaces } from "./demo-accounts.ts";
import { writeRoles } from "./membership.ts";
import { insertPerson, type PersonRow } from "./person.ts";
import { readSetting, writeSetting } from "./settings.ts";
import { hasRealAdmin } from "./setup.ts";
import { insertSpace } from "./space.ts";

const localHosts = ["localhost", "127.0.0.1", "::1", "[::1]"];

/**
 * Whether this configuration lets anybody in by one click. Unless GANTRY_DEMO says so it takes a portal that only its
 * own host reaches, without single sign-on: an account admin for everybody must never face a network by accident.
 */
export function isDemoAllowed({ GANTRY_DEMO, HOST, OIDC_ISSUER, publicUrl }: Config): boolean {
  if (GANTRY_DEMO !== undefined) return GANTRY_DEMO;
  return localHosts.includes(HOST) && localHosts.includes(new URL(publicUrl).hostname) && OIDC_ISSUER === undefined;
}

/** Whether demo accounts may sign in now. */
export async function isDemoOn(db: Db, settings: Config = config()): Promise<boolean> {
  return isDemoAllowed(settings) && (await readSetting(db, "demo"))?.on === true;
}

/** Whether the accounts are still to be made: the configuration allows it and nobody is here yet. */
export async function isDemoWanted(db: Db, settings: Config = config()): Promise<boolean> {
  if (!isDemoAllowed(settings) || (await readSetting(db, "demo")) !== null) return false;
  const [anybody] = await db.select({ id: people.id }).from(people).limit(1);
  return anybody === undefined;
}

/** Ids of the demo's spaces by slug and of its accounts by key. */
export type DemoCast = { spaces: Record<string, string>; people: Record<string, string> };

/**
 * Makes the demo's spaces and accounts, for whoever fills them with life. With `pastUntil` a past up to then is promised,
 * which a start that was cut off goes on with.
 */
export async function createDemoAccounts(ctx: Context, pastUntil?: Date): Promise<DemoCast> {
  return inTransaction(ctx, async (tx) => {
    const spaces: Record<string, string> = {};
    for (const space of demoSpaces) spaces[space.slug] = (await insertSpace(tx, { ...space })).id;
    const people: Record<string, string> = {};
    for (const { key, name, email, timeZone, accountAdmin = false, roles } of demoAccounts) {
      const person = await insertPerson(tx, { name, email, timeZone, accountAdmin, demo: true });
      people[key] = person.id;
      await giveRoles(tx, { person, roles, spaces });
    }
    const { key, name, email, onBehalfOf, roles } = demoAutomation;
    const onBehalfOfId = people[onBehalfOf] ?? null;
    const automation = await insertPerson(tx, { kind: "automation", name, email, demo: true, onBehalfOfId });
    people[key] = automation.id;
    await giveRoles(tx, { person: automation, roles, spaces });
    await writeSetting(tx, "demo", { on: true, ...(pastUntil && { pastUntil: pastUntil.toISOString() }) });
    return { spaces, people };
  });
}

/** A past that was promised and is not written to its end: up to when, and whose. */
export async function findUnfinishedPast(db: Db): Promise<{ pastUntil: Date; cast: DemoCast } | null> {
  const { pastUntil } = (await readSetting(db, "demo")) ?? {};
  if (!pastUntil) return null;
  const rows = await db.select({ id: people.id, email: people.email }).from(people).where(eq(people.demo, true));
  const idOf = new Map(rows.map(({ id, email }) => [email, id]));
  const known = [...demoAccounts, demoAutomation].map(({ key, email }) => [key, idOf.get(email) ?? ""]);
  const found = await db.select({ id: spaces.id, slug: spaces.slug }).from(spaces);
  const cast = {
    people: Object.fromEntries(known),
    spaces: Object.fromEntries(found.map(({ slug, id }) => [slug, id])),
  };
  return { pastUntil: new Date(pastUntil), cast };
}

/** The past is written. */
export async function finishPast(ctx: Pick<Context, "db" | "clock">): Promise<void> {
  await writeSetting(ctx, "demo", { on: true });
}

async function giveRoles(
  tx: Context,
  given: { person: PersonRow; roles: (typeof demoAccounts)[number]["roles"]; spaces: Record<string, string> },
): Promise<void> {
  for (const [slug, roles] of Object.entries(given.roles)) {
    const spaceId = given.spaces[slug];
    if (spaceId) await writeRoles(tx, { spaceId, person: given.person, roles, source: "demo" });
  }
}

export type DemoAccountListing = { email: string; name: string; title: string };

/** The accounts the sign-in page offers; none while the demo is off. Needs no session. */
export async function listDemoAccounts(db: Db, settings: Config = config()): Promise<DemoAccountListing[]> {
  if (!(await isDemoOn(db, settings))) return [];
  const isSignable = and(eq(people.demo, true), eq(people.kind, "person"), isNull(people.disabledAt));
  const rows = await db.select({ email: people.email }).from(people).where(isSignable).orderBy(asc(people.email));
  const enabled = new Set(rows.map((row) => row.email));
  return demoAccounts
    .filter(({ email }) => enabled.has(email))
    .map(({ email, name, title }) => ({ email, name, title }));
}

/** Ends the demo for good: its accounts are disabled and signed out at once. What they made stays. Asked again, nothing happens. */
export async function switchOffDemo(ctx: Context): Promise<{ disabled: number }> {
  requirePermission(ctx.actor, "account.admin", null);
  return inTransaction(ctx, async (tx) => {
    if ((await readSetting(tx.db, "demo"))?.on !== true) return { disabled: 0 };
    if (!(await hasRealAdmin(tx.db)))
      throw new Problem("conflict", "Without the demo nobody could administer this portal.", {
        remedy: "First add a real account admin in Settings, People, or by the set-up link that the start prints.",
      });
    const disabled = await tx.db
      .update(people)
      .set({ disabledAt: tx.clock.now(), sessionVersion: sql`${people.sessionVersion} + 1` })
      .where(and(eq(people.demo, true), isNull(people.disabledAt)))
      .returning({ id: people.id });
    await writeSetting(tx, "demo", { on: false });
    await recordEvent(tx, {
      action: "demo.switched_off",
      spaceId: null,
      object: { type: "account", id: "account", name: "Account" },
      data: { disabled: disabled.length },
    });
    return { disabled: disabled.length };
  });
}
