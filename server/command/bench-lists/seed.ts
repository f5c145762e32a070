import { desc, eq, sql } from "drizzle-orm";
import { closeDatabase, database } from "#db/client.ts";
import { environments } from "#db/schema/environment.ts";
import { spaces } from "#db/schema/space.ts";
import { systemActor } from "#server/actor.ts";
import { verifyChain } from "#server/audit/verify-chain.ts";
import { config } from "#server/config.ts";
import { createContext } from "#server/context.ts";
import { seedCatalog } from "./seed-catalog.ts";
import { seedEnvironments } from "./seed-environments.ts";
import { seedEvents } from "./seed-events.ts";
import { readMembers, seedPeople } from "./seed-people.ts";
import { tellEvents } from "./tell-events.ts";
import { writeBeginning } from "./write-beginning.ts";

const [environmentCount, eventCount] = process.argv.slice(2, 4).map(Number);
if (!environmentCount || !eventCount) throw new Error("Usage: seed.ts <environments> <events>");
const yearMs = 365 * 86_400_000;

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`[bench] ${name}: ${seconds} s`);
}

/** How far a run before came: `done` when the database is full, `begun` when it was cut off. */
async function readMark(wanted: string): Promise<"done" | "begun" | "none"> {
  const { rows } = await database().execute<{ mark: string }>(sql`
    select coalesce((select value #>> '{}' from settings where key = 'bench lists'),
      case when exists (select from spaces) then 'begun' end) as mark`);
  const mark = rows[0]?.mark;
  return mark === wanted ? "done" : mark ? "begun" : "none";
}

async function fill(environmentsWanted: number, eventsWanted: number): Promise<void> {
  const db = database();
  const now = new Date();
  const from = new Date(now.getTime() - yearMs);
  await step("weeks of real work", () => writeBeginning(db, from));
  const [space] = await db.select({ id: spaces.id }).from(spaces).where(eq(spaces.slug, "payments"));
  if (!space) throw new Error("There is no space payments.");
  await step("people", () => seedPeople(db, space.id, 200));
  await step("catalog and drafts", () => seedCatalog(db, space.id));
  const people = await readMembers(db, space.id);
  await step(`${environmentsWanted} environments`, () =>
    seedEnvironments(db, { spaceId: space.id, count: environmentsWanted, people, from, to: now }),
  );
  const columns = {
    id: environments.id,
    number: environments.number,
    name: environments.name,
    ownerId: environments.ownerId,
    blueprintName: environments.blueprintName,
  };
  const stock = await db
    .select(columns)
    .from(environments)
    .where(eq(environments.spaceId, space.id))
    .orderBy(sql`${environments.state} = 'active' desc`, desc(environments.createdAt), desc(environments.id));
  const others = await db.select({ id: spaces.id }).from(spaces);
  const spaceIds = [space.id, ...others.map(({ id }) => id)];
  const events = tellEvents({ spaceIds, people, environments: stock });
  await step(`${eventsWanted} audit events`, () =>
    seedEvents(db, { count: eventsWanted, to: now, events, dataDir: config().dataDir }),
  );
  await step("verification of the whole trail", async () => {
    const ctx = createContext({ db, actor: systemActor("command"), via: "command" });
    const { verifiedTo, head, fault } = await verifyChain(ctx, { fromStart: true });
    if (fault || verifiedTo !== head) throw new Error(`The trail does not verify: ${fault?.message ?? verifiedTo}`);
  });
}

async function seed(): Promise<void> {
  const wanted = `${environmentCount} environments, ${eventCount} events`;
  const mark = await readMark(wanted);
  if (mark === "done") return console.log(`[bench] reusing ${wanted}`);
  if (mark !== "none") throw new Error(`Remove ${config().dataDir} first: it holds another or an unfinished database.`);
  await fill(environmentCount ?? 0, eventCount ?? 0);
  await database().execute(
    sql`insert into settings (key, value, updated_at) values ('bench lists', ${JSON.stringify(wanted)}::jsonb, now())`,
  );
}

await seed().finally(closeDatabase);
