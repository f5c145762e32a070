import { desc, eq, isNull } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { auditEvents } from "#db/schema/audit.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { people } from "#db/schema/person.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { publishRevision } from "#server/blueprint/revision/publish-revision.ts";
import { reviewRevision } from "#server/blueprint/revision/review-revision.ts";
import { saveRevision } from "#server/blueprint/revision/save-revision.ts";
import { MovedClock } from "#server/command/demo/moved-clock.ts";
import { type Context, createContext } from "#server/context.ts";
import { createDraft } from "#server/decision/draft.ts";

const offers = 100;
const revisionsWaiting = 100;
const draftsOpen = 60;

/** A large catalog, revisions that wait for review, and open drafts; all by the verbs. */
export async function seedCatalog(db: NodePgDatabase, spaceId: string): Promise<void> {
  const as = await actorsOf(db);
  const dana = await as("dana");
  const alex = await as("alex");
  const released = await db
    .select({ name: blueprintRevisions.blueprintName, files: blueprintRevisions.files })
    .from(blueprintRevisions)
    .where(isNull(blueprintRevisions.spaceId))
    .orderBy(blueprintRevisions.blueprintName);
  for (let n = 0; n < offers + revisionsWaiting; n++) {
    const source = released[n % released.length];
    if (!source) throw new Error("The release brought no blueprint.");
    const blueprintName = `${source.name}-${1 + (n % offers)}`;
    const files = { ...source.files, "CHANGES.md": `Change ${n}.\n` };
    const { revision } = await saveRevision(dana, { spaceId, blueprintName, files });
    if (n >= offers) continue;
    await reviewRevision(alex, { spaceId, revisionId: revision.id, verdict: "reviewed", note: "Read." });
    await publishRevision(alex, { spaceId, revisionId: revision.id });
  }
  const maya = await as("maya");
  for (let n = 0; n < draftsOpen; n++)
    await createDraft(maya, { spaceId, changes: { name: `draft-${n}`, blueprintName: "web-preview" } });
}

/** Demo accounts as they act at the moment the trail ends. */
async function actorsOf(db: NodePgDatabase): Promise<(name: string) => Promise<Context>> {
  const [last] = await db.select({ at: auditEvents.at }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  const clock = new MovedClock(last?.at ?? new Date());
  return async (name) => {
    const [row] = await db
      .select({ id: people.id })
      .from(people)
      .where(eq(people.email, `${name}@demo.gantry.example`));
    const actor = await loadActor(db, row?.id ?? "");
    if (!actor) throw new Error(`The demo has nobody called ${name}.`);
    return createContext({ db, clock, actor, via: "ui" });
  };
}
