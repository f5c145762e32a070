import { desc } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { secrets } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { createContext } from "#server/context.ts";
import { createDemoAccounts } from "./demo.ts";
import { deleteSecret, listSecrets, openSecret, saveSecret } from "./secrets.ts";

const database = openTestDatabase();
let made: Awaited<ReturnType<typeof createDemoAccounts>>;
let spaceId: string;

async function as(key: string) {
  const actor = await loadActor(database.db, made.people[key] ?? "");
  if (!actor) throw new Error(`${key} cannot act`);
  return createContext({ db: database.db, actor, via: "ui" });
}

beforeAll(async () => {
  made = await createDemoAccounts(createContext({ db: database.db, actor: systemActor("release"), via: "command" }));
  spaceId = made.spaces.payments ?? "";
});

const secret = {
  name: "mail-prod",
  kind: "parameter",
  value: { key: "AKIA-very-secret" },
  publicPart: { account: "1234" },
};

test("an admin keeps a secret that nobody can read again, only use", async () => {
  const saved = await saveSecret(await as("sam"), { spaceId, ...secret });
  expect(JSON.stringify(saved)).not.toContain("AKIA");
  expect(JSON.stringify(await listSecrets(await as("maya"), { spaceId }))).not.toContain("AKIA");
  expect(JSON.stringify(await database.db.select().from(secrets))).not.toContain("AKIA");
  expect(JSON.stringify(await database.db.select().from(auditEvents))).not.toContain("AKIA");
  expect(await openSecret(database, { spaceId, name: "mail-prod" })).toEqual({ key: "AKIA-very-secret" });
});

test("replacing it is a change on record, with what may be shown of it", async () => {
  await saveSecret(await as("sam"), { spaceId, ...secret, value: { key: "new" }, publicPart: { account: "9" } });
  expect(await openSecret(database, { spaceId, name: "mail-prod" })).toEqual({ key: "new" });
  const [event] = await database.db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  expect(event).toMatchObject({
    action: "secret.changed",
    data: { kind: "parameter", changes: { account: { before: "1234", after: "9" } } },
  });
});

test("members cannot keep or delete secrets, and what is deleted is gone", async () => {
  await expect(saveSecret(await as("maya"), { spaceId, ...secret })).rejects.toMatchObject({ code: "forbidden" });
  await expect(deleteSecret(await as("maya"), { spaceId, name: "mail-prod" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await deleteSecret(await as("sam"), { spaceId, name: "mail-prod" });
  await expect(openSecret(database, { spaceId, name: "mail-prod" })).rejects.toMatchObject({ code: "not_found" });
});
