import path from "node:path";
import { and, desc, eq, isNull, notExists, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { spaces } from "#db/schema/space.ts";
import { systemActor } from "#server/actor.ts";
import { type Blueprint, blueprintFormat } from "#server/blueprint/blueprint.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { actingAs, type Context, inTransaction } from "#server/context.ts";
import { checkFolder, parseOrThrow } from "./check-folder.ts";
import { setEntry } from "./publish-revision.ts";
import { listFolders, readFolder } from "./read-folder.ts";
import { digestFiles } from "./revision.ts";
import { findByDigest, insertRevision } from "./save-revision.ts";

export type BundledLoad = {
  /** Names that came in reviewed, with the first load. */
  reviewed: string[];
  /** Names that are new or changed since, and wait for review. */
  waiting: string[];
  refused: { name: string; message: string }[];
};

/** One load at a time, however many processes start together. */
const loadLock = 7_272_801;

/**
 * Takes in the blueprints that lie in `dir`. The first load brings them reviewed by the release and published in every
 * space. After that a new or changed folder becomes a revision that waits for review, like any other change.
 */
export async function loadBundledBlueprints(ctx: Context, dir: string): Promise<BundledLoad> {
  const release = actingAs(ctx, systemActor("release"));
  return inTransaction(release, async (tx) => {
    await tx.db.execute(sql`select pg_advisory_xact_lock(${loadLock})`);
    await refreshDocuments(tx);
    const isFirst = !(await hasRelease(tx));
    const load: BundledLoad = { reviewed: [], waiting: [], refused: [] };
    for (const name of listFolders(dir)) {
      const outcome = await loadFolder(tx, { name, folder: path.join(dir, name), isFirst });
      if (outcome === "reviewed" || outcome === "waiting") load[outcome].push(name);
      else if (outcome) load.refused.push({ name, message: outcome.message });
    }
    for (const spaceId of await listEmptySpaces(tx)) await publishRelease(tx, { spaceId });
    return load;
  });
}

type Folder = { name: string; folder: string; isFirst: boolean };

async function loadFolder(
  tx: Context,
  { name, folder, isFirst }: Folder,
): Promise<"reviewed" | "waiting" | { message: string } | null> {
  try {
    const files = readFolder(folder);
    checkFolder(files);
    if (await findByDigest(tx, { spaceId: null, blueprintName: name, digest: digestFiles(files) })) return null;
    const { blueprint } = parseOrThrow(name, files);
    await insertRevision(tx, { spaceId: null, blueprint, files, state: isFirst ? "reviewed" : "in_review" });
    return isFirst ? "reviewed" : "waiting";
  } catch (error) {
    // One bad folder must not keep the others from loading; a broken connection ends the whole load at the next query.
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

async function hasRelease(tx: Context): Promise<boolean> {
  const [row] = await tx.db
    .select({ id: blueprintRevisions.id })
    .from(blueprintRevisions)
    .where(isNull(blueprintRevisions.spaceId))
    .limit(1);
  return row !== undefined;
}

/** Spaces in whose catalog nothing was ever published; one that was emptied on purpose stays empty. */
async function listEmptySpaces(tx: Context): Promise<string[]> {
  const published = tx.db
    .select({ seq: auditEvents.seq })
    .from(auditEvents)
    .where(and(eq(auditEvents.action, "blueprint.published"), eq(auditEvents.spaceId, spaces.id)));
  const rows = await tx.db.select({ id: spaces.id }).from(spaces).where(notExists(published)).orderBy(spaces.createdAt);
  return rows.map(({ id }) => id);
}

/** Publishes what came reviewed with the release into a space: what a new space starts with. */
export async function publishRelease(ctx: Context, { spaceId }: { spaceId: string }): Promise<string[]> {
  const release = actingAs(ctx, systemActor("release"));
  return inTransaction(release, async (tx) => {
    const rows = await tx.db
      .selectDistinctOn([blueprintRevisions.blueprintName], {
        id: blueprintRevisions.id,
        blueprintName: blueprintRevisions.blueprintName,
        digest: blueprintRevisions.digest,
        title: sql<string>`${blueprintRevisions.document} ->> 'title'`,
      })
      .from(blueprintRevisions)
      .where(and(isNull(blueprintRevisions.spaceId), eq(blueprintRevisions.state, "reviewed")))
      .orderBy(blueprintRevisions.blueprintName, desc(blueprintRevisions.createdAt));
    for (const revision of rows) await setEntry(tx, { spaceId, revision });
    return rows.map(({ blueprintName }) => blueprintName);
  });
}

/** The parsed form follows from the files; it is made anew when a release reads more out of them. */
async function refreshDocuments(tx: Context): Promise<void> {
  const stale = await tx.db
    .select({ id: blueprintRevisions.id, name: blueprintRevisions.blueprintName, files: blueprintRevisions.files })
    .from(blueprintRevisions)
    .where(sql`coalesce((${blueprintRevisions.document} ->> 'format')::int, 0) < ${blueprintFormat}`);
  for (const { id, name, files } of stale) {
    const blueprint: Blueprint | undefined = parseBlueprint(files, { name }).blueprint;
    if (blueprint)
      await tx.db.update(blueprintRevisions).set({ document: blueprint }).where(eq(blueprintRevisions.id, id));
  }
}
