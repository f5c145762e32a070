import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { memberships, people } from "#db/schema/person.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { type Config, config } from "#server/config.ts";
import { type Clock, createContext, inTransaction, systemClock } from "#server/context.ts";
import { hashPassword } from "#server/secret/password.ts";
import { endSessions, setPersonDisabled } from "#server/space/change-person.ts";
import { createDemoAccounts } from "#server/space/demo.ts";
import { insertPerson } from "#server/space/person.ts";
import { createAuthOptions } from "./auth-options.ts";
import { loadActor } from "./load-actor.ts";
import { findSessionActor } from "./session-actor.ts";
import { openBrowser } from "./testing/browser.ts";
import { startOidcProvider } from "./testing/oidc-provider.ts";

const database = openTestDatabase();
let now = new Date();
const clock: Clock = { ...systemClock, now: () => now };
let ids: Awaited<ReturnType<typeof createDemoAccounts>>;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let settings: Config;

const password = "a long enough password";

beforeAll(async () => {
  provider = await startOidcProvider("gantry");
  const plain = createContext({ db: database.db, actor: systemActor("release"), via: "command" });
  ids = await createDemoAccounts(plain);
  const passwordHash = await hashPassword(password);
  await inTransaction(plain, (tx) => insertPerson(tx, { email: "pat@example.org", name: "Pat", passwordHash }));
  settings = {
    ...config(),
    GANTRY_DEMO: true,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: "gantry",
    OIDC_GROUP_ROLES: "devs=payments:member,leads=payments:approver,ops=*:admin",
  };
});
afterAll(() => provider.stop());

beforeEach(async () => {
  now = new Date();
  await database.db.execute(sql`truncate sign_in_attempts`);
});

const door = () => ({ db: database.db, clock, config: settings });
const visit = (address?: string) => openBrowser(createAuthOptions(door()), address);
const actorOf = (browser: ReturnType<typeof visit>) => findSessionActor(door(), (name) => browser.jar.get(name));
const errorOf = (answer: { redirect: string }) =>
  new URL(answer.redirect, "http://localhost").searchParams.get("error");

async function lastEvent() {
  const [event] = await database.db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  return event;
}

describe("by password", () => {
  test("the right password opens a session, on record", async () => {
    const browser = visit();
    const answer = await browser.post("callback/credentials", { email: "PAT@example.org ", password });
    expect(errorOf(answer)).toBeNull();
    expect(await actorOf(browser)).toMatchObject({ kind: "person", email: "pat@example.org" });
    expect(await lastEvent()).toMatchObject({ action: "session.signed_in", actorName: "Pat", address: "192.0.2.1" });
    const cookie = answer.setCookies.find((line) => line.startsWith("gantry.session="));
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  test("wrong password, unknown e-mail and no e-mail at all get one answer", async () => {
    for (const email of ["pat@example.org", "nobody@example.org", "maya@demo.gantry.example", "no e-mail"]) {
      const browser = visit();
      expect(errorOf(await browser.post("callback/credentials", { email, password: "wrong" }))).toMatch("do not fit");
      expect(await actorOf(browser)).toBeNull();
    }
    expect(await lastEvent()).toMatchObject({
      action: "session.sign_in_failed",
      outcome: "denied",
      data: { reason: "no_password" },
    });
  });

  test("an unknown e-mail costs the same work as a known one", async () => {
    const timeOf = async (email: string) => {
      const began = performance.now();
      await visit(email).post("callback/credentials", { email, password: "wrong" });
      return performance.now() - began;
    };
    await timeOf("warm@example.org");
    const known = await timeOf("pat@example.org");
    const unknown = await timeOf("nobody@example.org");
    expect(unknown).toBeGreaterThan(known / 4);
  });

  test("guessing is stopped after five tries, also when they come at once, and says for how long", async () => {
    const tries = Array.from({ length: 12 }, (_, i) =>
      visit().post("callback/credentials", { email: "pat@example.org", password: `guess ${i}` }),
    );
    const errors = (await Promise.all(tries)).map(errorOf);
    expect(errors.filter((error) => error?.includes("do not fit"))).toHaveLength(5);
    expect(errors.filter((error) => /Wait \d+ seconds/.test(error ?? ""))).toHaveLength(7);
    const right = await visit().post("callback/credentials", { email: "pat@example.org", password });
    expect(errorOf(right)).toMatch("Too many tries");
  });

  test("the owner still gets in from elsewhere, and after the window from anywhere", async () => {
    for (let i = 0; i < 8; i++)
      await visit("198.51.100.9").post("callback/credentials", { email: "pat@example.org", password: "x" });
    expect(errorOf(await visit().post("callback/credentials", { email: "pat@example.org", password }))).toBeNull();
    now = new Date(now.getTime() + 16 * 60_000);
    const back = await visit("198.51.100.9").post("callback/credentials", { email: "pat@example.org", password });
    expect(errorOf(back)).toBeNull();
  });
});

describe("a session", () => {
  async function signedIn() {
    const browser = visit();
    await browser.post("callback/credentials", { email: "pat@example.org", password });
    const actor = await actorOf(browser);
    if (!actor) throw new Error("not signed in");
    return { browser, actor };
  }

  test("a planted cookie value is replaced at sign-in", async () => {
    const browser = visit();
    browser.jar.set("gantry.session", "planted");
    await browser.post("callback/credentials", { email: "pat@example.org", password });
    expect(browser.jar.get("gantry.session")).not.toBe("planted");
    expect(await actorOf(browser)).not.toBeNull();
  });

  test("signing out ends it on the server: a copy of the cookie is worth nothing", async () => {
    const { browser } = await signedIn();
    const copy = new Map(browser.jar);
    await browser.post("signout");
    expect(await findSessionActor(door(), (name) => copy.get(name))).toBeNull();
    expect(await lastEvent()).toMatchObject({ action: "session.signed_out", actorName: "Pat" });
  });

  test("it ends a day after sign-in, however busy it was", async () => {
    const { browser } = await signedIn();
    now = new Date(now.getTime() + 23.9 * 3_600_000);
    expect(await actorOf(browser)).not.toBeNull();
    now = new Date(now.getTime() + 0.2 * 3_600_000);
    expect(await actorOf(browser)).toBeNull();
    expect((await browser.get("session")).body).toEqual({});
  });

  test("an account admin ends all sessions of somebody, and shuts him out", async () => {
    const { browser, actor } = await signedIn();
    const alex = await loadActor(database.db, ids.people.alex ?? "");
    if (!alex) throw new Error("missing");
    const asAlex = createContext({ db: database.db, actor: alex, via: "ui" });
    await endSessions(asAlex, { personId: actor.id });
    expect(await actorOf(browser)).toBeNull();
    const again = await signedIn();
    await setPersonDisabled(asAlex, { personId: actor.id, disabled: true, reason: "left" });
    expect(await actorOf(again.browser)).toBeNull();
    const refused = await visit().post("callback/credentials", { email: "pat@example.org", password });
    expect(errorOf(refused)).toMatch("do not fit");
    await setPersonDisabled(asAlex, { personId: actor.id, disabled: false });
  });
});

describe("the demo", () => {
  test("one click signs a demo account in, and nobody else", async () => {
    const browser = visit();
    expect(errorOf(await browser.post("callback/demo", { email: "maya@demo.gantry.example" }))).toBeNull();
    expect(await actorOf(browser)).toMatchObject({ name: "Maya Fischer" });
    for (const email of ["pat@example.org", "deploy-bot@demo.gantry.example", "nobody@example.org"])
      expect(errorOf(await visit().post("callback/demo", { email }))).toMatch("no demo account");
  });
});

describe("by single sign-on", () => {
  async function signInAs(claims: Record<string, unknown>) {
    const browser = visit();
    const { redirect } = await browser.post("signin/oidc");
    const answer = await browser.get("callback/oidc", provider.consent(redirect, claims));
    return { error: errorOf(answer), actor: await actorOf(browser) };
  }

  const rolesOf = async (personId: string) =>
    (await database.db.select().from(memberships).where(eq(memberships.personId, personId)))
      .map(({ role }) => role)
      .sort();

  test("a new person comes in with the roles of the groups, and loses them with the groups", async () => {
    const claims = { sub: "u1", email: "Olu@Example.org", email_verified: true, name: "Olu" };
    const first = await signInAs({ ...claims, groups: ["devs", "leads", "other"] });
    expect(first.actor).toMatchObject({ name: "Olu", email: "olu@example.org", accountAdmin: false });
    expect(await rolesOf(first.actor?.id ?? "")).toEqual(["approver", "member"]);
    const second = await signInAs({ ...claims, email: "renamed@example.org", groups: ["devs", "ops"] });
    expect(second.actor).toMatchObject({ id: first.actor?.id, accountAdmin: true });
    expect(await rolesOf(first.actor?.id ?? "")).toEqual(["member"]);
    const third = await signInAs({ ...claims, groups: "none of ours" });
    expect(third.actor).toMatchObject({ accountAdmin: false, roles: {} });
  });

  test("an existing account is bound only when the provider vouches for the e-mail, and once", async () => {
    const doubtful = await signInAs({ sub: "u2", email: "pat@example.org" });
    expect(doubtful).toMatchObject({ error: "Callback", actor: null });
    const vouched = await signInAs({ sub: "u2", email: "pat@example.org", email_verified: true });
    expect(vouched.actor).toMatchObject({ name: "Pat" });
    const other = await signInAs({ sub: "u3", email: "pat@example.org", email_verified: true });
    expect(other).toMatchObject({ error: "Callback", actor: null });
  });

  test("demo accounts and disabled people cannot be taken over", async () => {
    const demo = await signInAs({ sub: "u4", email: "alex@demo.gantry.example", email_verified: true });
    expect(demo).toMatchObject({ error: "Callback", actor: null });
    const gone = await signInAs({ sub: "u5", email: "gone@example.org", email_verified: true });
    await database.db
      .update(people)
      .set({ disabledAt: new Date() })
      .where(eq(people.id, gone.actor?.id ?? ""));
    expect(await signInAs({ sub: "u5", email: "gone@example.org" })).toMatchObject({
      error: "AccessDenied",
      actor: null,
    });
  });

  test("claims without an e-mail are refused and leave nobody behind", async () => {
    expect(await signInAs({ sub: "u6" })).toMatchObject({ error: "Callback", actor: null });
    expect(
      await database.db
        .select()
        .from(people)
        .where(eq(people.oidcSubject, `${provider.issuer}|u6`)),
    ).toEqual([]);
  });

  test("a forged state or a code of somebody else's browser is refused", async () => {
    const browser = visit();
    const { redirect } = await browser.post("signin/oidc");
    const granted = provider.consent(redirect, { sub: "u7", email: "u7@example.org" });
    expect(errorOf(await browser.get("callback/oidc", { ...granted, state: "forged" }))).toBe("OAuthCallback");
    expect(errorOf(await visit().get("callback/oidc", granted))).toBe("OAuthCallback");
  });
});
