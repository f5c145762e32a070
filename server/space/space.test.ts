import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { people } from "#db/schema/person.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Actor, systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { type Context, createContext } from "#server/context.ts";
import { isPassword } from "#server/secret/password.ts";
import { changePassword, resetPassword } from "./change-password.ts";
import { setAccountAdmin, setPersonDisabled } from "./change-person.ts";
import { createPerson } from "./create-person.ts";
import { createSpace } from "./create-space.ts";
import { createDemoAccounts } from "./demo.ts";
import { listMembers } from "./list-members.ts";
import { listPeople } from "./list-people.ts";
import { findSpace, listSpaces } from "./list-spaces.ts";
import { setMemberRoles } from "./set-member-roles.ts";
import { updateSpace } from "./update-space.ts";

const database = openTestDatabase();
let ids: Awaited<ReturnType<typeof createDemoAccounts>>;

const contextOf = (actor: Actor): Context => createContext({ db: database.db, actor, via: "ui" });

async function as(key: string): Promise<Context> {
  const actor = await loadActor(database.db, ids.people[key] ?? "");
  if (!actor) throw new Error(`${key} cannot act`);
  return contextOf(actor);
}

const space = (slug: string) => ids.spaces[slug] ?? "";
const person = (key: string) => ids.people[key] ?? "";

async function lastEvent() {
  const [event] = await database.db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  return event;
}

beforeAll(async () => {
  ids = await createDemoAccounts(contextOf(systemActor("release")));
});

describe("finding spaces", () => {
  test("people see their spaces and their own roles there", async () => {
    const listed = await listSpaces(await as("ari"));
    expect(listed.map(({ slug, roles }) => [slug, [...roles].sort()])).toEqual([
      ["data-platform", ["approver", "member"]],
      ["payments", ["approver"]],
    ]);
  });

  test("a space is found by its short name, and does not exist for strangers", async () => {
    const admin = await as("alex");
    const lonely = await createSpace(admin, { slug: "lonely", name: "Lonely" });
    expect(await findSpace(admin, { slug: "lonely" })).toMatchObject({ id: lonely.id, name: "Lonely" });
    await expect(findSpace(await as("maya"), { slug: "lonely" })).rejects.toMatchObject({ code: "not_found" });
    await expect(findSpace(admin, { slug: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("changing a space", () => {
  test("a space admin changes the budget, and both values are on record", async () => {
    await updateSpace(await as("sam"), { spaceId: space("payments"), monthlyBudget: "5000.50" });
    expect(await lastEvent()).toMatchObject({
      action: "space.changed",
      actorId: person("sam"),
      spaceId: space("payments"),
      data: { changes: { monthlyBudget: { before: "4000", after: "5000.50" } } },
    });
  });

  test("a change that changes nothing leaves no event", async () => {
    const before = await lastEvent();
    await updateSpace(await as("sam"), { spaceId: space("payments"), name: "Payments" });
    expect((await lastEvent())?.seq).toBe(before?.seq);
  });

  test("a member may not, and Sam's rights end at the border of his space", async () => {
    const wish = { spaceId: space("payments"), name: "Mine" };
    await expect(updateSpace(await as("maya"), wish)).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = { spaceId: space("data-platform"), name: "Mine" };
    await expect(updateSpace(await as("sam"), elsewhere)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("two spaces cannot share a short name", async () => {
    const again = createSpace(await as("alex"), { slug: "payments", name: "Again" });
    await expect(again).rejects.toMatchObject({ code: "conflict", place: { path: "slug" } });
  });
});

describe("members", () => {
  test("an admin gives roles, which hold from the next request on", async () => {
    await setMemberRoles(await as("sam"), {
      spaceId: space("payments"),
      person: person("maya"),
      roles: ["member", "approver"],
    });
    expect((await as("maya")).actor).toMatchObject({
      roles: { [space("payments")]: expect.arrayContaining(["approver"]) },
    });
    expect(await lastEvent()).toMatchObject({
      action: "membership.changed",
      objectId: person("maya"),
      data: { before: ["member"], after: ["member", "approver"] },
    });
    await setMemberRoles(await as("sam"), {
      spaceId: space("payments"),
      person: "MAYA@demo.gantry.example",
      roles: ["member"],
    });
  });

  test("no role left means no member", async () => {
    const admin = await as("alex");
    await setMemberRoles(admin, { spaceId: space("payments"), person: person("dana"), roles: [] });
    const members = await listMembers(admin, { spaceId: space("payments") });
    expect(members.some((member) => member.id === person("dana"))).toBe(false);
    await setMemberRoles(admin, { spaceId: space("payments"), person: person("dana"), roles: ["designer"] });
  });

  test("nobody gives himself a role", async () => {
    const more = { spaceId: space("payments"), person: person("sam"), roles: ["admin", "policy_admin"] as const };
    await expect(setMemberRoles(await as("sam"), { ...more, roles: [...more.roles] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("an automation cannot become an approver", async () => {
    const wish = { spaceId: space("payments"), person: person("deploy-bot"), roles: ["approver" as const] };
    await expect(setMemberRoles(await as("sam"), wish)).rejects.toMatchObject({ code: "bad_input" });
  });

  test("of admins who all leave at once, one stays", async () => {
    const alex = await as("alex");
    const tiny = await createSpace(alex, { slug: "tiny", name: "Tiny" });
    const keys = ["maya", "ari", "dana", "priya", "audrey", "sam"];
    for (const key of keys) await setMemberRoles(alex, { spaceId: tiny.id, person: person(key), roles: ["admin"] });
    const contexts = await Promise.all(keys.map(as));
    const leaving = contexts.map((ctx) => setMemberRoles(ctx, { spaceId: tiny.id, person: ctx.actor.id, roles: [] }));
    const results = await Promise.allSettled(leaving);
    expect(results.filter((result) => result.status === "rejected")).toMatchObject([{ reason: { code: "conflict" } }]);
  });

  test("a program's rights end where those of its person end", async () => {
    const alex = await as("alex");
    await setMemberRoles(alex, {
      spaceId: space("payments"),
      person: person("deploy-bot"),
      roles: ["member", "designer"],
    });
    expect((await as("deploy-bot")).actor).toMatchObject({ roles: { [space("payments")]: ["member"] } });
    await setPersonDisabled(alex, { personId: person("maya"), disabled: true });
    expect(await loadActor(database.db, person("deploy-bot"))).toBeNull();
    await setPersonDisabled(alex, { personId: person("maya"), disabled: false });
  });
});

describe("people", () => {
  test("an account admin adds somebody; the generated password works and is stored as a hash only", async () => {
    const { person: made, generatedPassword } = await createPerson(await as("alex"), {
      email: "New.Person@Example.org",
      name: "New Person",
      memberships: [{ spaceId: space("payments"), roles: ["member"] }],
    });
    expect(made).not.toHaveProperty("passwordHash");
    const [row] = await database.db.select().from(people).where(eq(people.id, made.id));
    expect(row?.email).toBe("new.person@example.org");
    expect(await isPassword(generatedPassword ?? "", row?.passwordHash)).toBe(true);
    expect(JSON.stringify(await database.db.select().from(auditEvents))).not.toContain(generatedPassword);
  });

  test("the same e-mail in another case is the same person", async () => {
    const again = createPerson(await as("alex"), { email: "MAYA@demo.gantry.example", name: "Maya" });
    await expect(again).rejects.toMatchObject({ code: "conflict", place: { path: "email" } });
  });

  test("people of the account are an account admin's business", async () => {
    await expect(listPeople(await as("sam"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(createPerson(await as("sam"), { email: "x@x.example", name: "X" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await listPeople(await as("alex"))).length).toBeGreaterThan(7);
  });

  test("the last account admin can neither be disabled nor demoted", async () => {
    const alex = await as("alex");
    await expect(setPersonDisabled(alex, { personId: person("alex"), disabled: true })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(setAccountAdmin(alex, { personId: person("alex"), accountAdmin: false })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("a changed password ends the sessions of the old one, and needs it", async () => {
    const alex = await as("alex");
    const { person: made } = await createPerson(alex, { email: "pw@example.org", name: "Pw" });
    const password = await resetPassword(alex, { personId: made.id });
    const [before] = await database.db.select().from(people).where(eq(people.id, made.id));
    const actor = await loadActor(database.db, made.id);
    if (!actor || !before) throw new Error("missing");
    const self = contextOf(actor);
    await expect(changePassword(self, { current: "wrong", next: "correct horse battery" })).rejects.toMatchObject({
      code: "bad_input",
      place: { path: "current" },
    });
    await changePassword(self, { current: password, next: "correct horse battery" });
    const claim = { sessionId: crypto.randomUUID(), sessionVersion: before.sessionVersion };
    expect(await loadActor(database.db, made.id, claim)).toBeNull();
  });
});
