import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { actingAs, createContext } from "#server/context.ts";
import { createDemoAccounts } from "./demo.ts";
import { keepTimeZone } from "./keep-time-zone.ts";
import { findPersonById } from "./person.ts";

const database = openTestDatabase();

test("the zone of the browser is kept for the one who uses it, and nonsense is refused", async () => {
  const ctx = createContext({ db: database.db, actor: systemActor("command"), via: "ui" });
  const { people } = await createDemoAccounts(ctx);
  const zoneOf = async (who: string) => (await findPersonById(database.db, people[who] ?? "")).timeZone;
  const maya = await loadActor(database.db, people.maya ?? "");
  if (!maya) throw new Error("The demo has no Maya.");
  await keepTimeZone(actingAs(ctx, maya), { timeZone: "Asia/Tokyo" });
  expect(await zoneOf("maya")).toBe("Asia/Tokyo");
  expect(await zoneOf("ari")).toBe("Asia/Jerusalem");
  await expect(keepTimeZone(actingAs(ctx, maya), { timeZone: "Mars/Base" })).rejects.toThrow("not a time zone");
  await expect(keepTimeZone(ctx, { timeZone: "UTC" })).rejects.toMatchObject({ code: "forbidden" });
});
