import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { config } from "#server/config.ts";
import { type Clock, createContext, systemClock } from "#server/context.ts";
import { createDemoAccounts, isDemoAllowed, isDemoOn, isDemoWanted, listDemoAccounts, switchOffDemo } from "./demo.ts";
import { listSpaces } from "./list-spaces.ts";
import { completeSetup, openSetup } from "./setup.ts";

const database = openTestDatabase();
const visitor = () => createContext({ db: database.db, actor: systemActor("command"), via: "ui" });

const answers = {
  email: "Owner@Example.org",
  name: "Olga Owner",
  password: "a long enough password",
  spaceName: "First Space",
};

beforeEach(async () => {
  await database.db.execute(sql`truncate people, memberships, spaces, settings`);
});

async function openToken(clock: Clock = systemClock): Promise<string> {
  const link = await openSetup(database.db, clock);
  return link?.split("/setup/")[1] ?? "";
}

test("the printed link makes the first account admin and the first space, once", async () => {
  const token = await openToken();
  const owner = await completeSetup(visitor(), { token, ...answers });
  expect(owner).toMatchObject({ email: "owner@example.org", accountAdmin: true });
  const actor = await loadActor(database.db, owner.id);
  if (!actor) throw new Error("missing");
  const spaces = await listSpaces(createContext({ db: database.db, actor, via: "ui" }));
  expect(spaces).toMatchObject([{ slug: "first-space", roles: ["admin"] }]);
  await expect(completeSetup(visitor(), { token, ...answers, email: "b@x.example" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await openSetup(database.db, systemClock)).toBeNull();
});

test("of several who use the link at once, one gets in", async () => {
  await Promise.all([1, 2, 3].map(() => database.db.execute(sql`select pg_sleep(0.05)`)));
  const token = await openToken();
  const tries = ["a@x.example", "b@x.example", "c@x.example"].map((email, i) =>
    completeSetup(visitor(), { token, ...answers, email, spaceSlug: `s${i}-space` }),
  );
  const results = await Promise.allSettled(tries);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
});

test("an older link, a wrong one and one that ran out are refused", async () => {
  const old = await openToken();
  await openToken();
  await expect(completeSetup(visitor(), { token: old, ...answers })).rejects.toMatchObject({ code: "forbidden" });
  await expect(completeSetup(visitor(), { token: "guess", ...answers })).rejects.toMatchObject({ code: "forbidden" });
  const yesterday: Clock = { ...systemClock, now: () => new Date(Date.now() - 25 * 3_600_000) };
  const stale = await openToken(yesterday);
  await expect(completeSetup(visitor(), { token: stale, ...answers })).rejects.toMatchObject({ code: "forbidden" });
});

test("the demo offers one account for each role until it is switched off", async () => {
  expect(await isDemoWanted(database.db)).toBe(true);
  const made = await createDemoAccounts(visitor());
  expect(await isDemoWanted(database.db)).toBe(false);
  const listed = await listDemoAccounts(database.db);
  expect(listed.map(({ email }) => email.split("@")[0])).toEqual([
    "maya",
    "ari",
    "dana",
    "priya",
    "audrey",
    "sam",
    "alex",
  ]);
  const alex = await loadActor(database.db, made.people.alex ?? "");
  if (!alex) throw new Error("missing");
  const asAlex = createContext({ db: database.db, actor: alex, via: "ui" });
  await expect(switchOffDemo(asAlex)).rejects.toMatchObject({ code: "conflict" });

  await completeSetup(visitor(), { token: await openToken(), ...answers });
  expect(await switchOffDemo(asAlex)).toEqual({ disabled: 8 });
  expect(await switchOffDemo(asAlex)).toEqual({ disabled: 0 });
  expect(await isDemoOn(database.db)).toBe(false);
  expect(await listDemoAccounts(database.db)).toEqual([]);
  expect(await loadActor(database.db, made.people.alex ?? "")).toBeNull();
});

test("the demo is offered by itself only where no network reaches it", () => {
  const local = { ...config(), HOST: "127.0.0.1", publicUrl: "http://localhost:3000" };
  expect(isDemoAllowed(local)).toBe(true);
  expect(isDemoAllowed({ ...local, HOST: "0.0.0.0" })).toBe(false);
  expect(isDemoAllowed({ ...local, publicUrl: "https://gantry.example.org" })).toBe(false);
  expect(isDemoAllowed({ ...local, OIDC_ISSUER: "https://id.example.org" })).toBe(false);
  expect(isDemoAllowed({ ...local, HOST: "0.0.0.0", GANTRY_DEMO: true })).toBe(true);
  expect(isDemoAllowed({ ...local, GANTRY_DEMO: false })).toBe(false);
});
