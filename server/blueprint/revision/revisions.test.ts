import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { blueprintRevisions, catalogEntries } from "#db/schema/blueprint.ts";
import { spaces } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import type { Automation, Person, Role } from "#server/actor.ts";
import { findCatalogItem } from "#server/blueprint/catalog/find-catalog-item.ts";
import { listCatalog } from "#server/blueprint/catalog/list-catalog.ts";
import { createContext } from "#server/context.ts";
import { diffRevisions } from "./diff-revisions.ts";
import { findRevision, listRevisions } from "./find-revision.ts";
import { publishRevision, unpublish } from "./publish-revision.ts";
import { reviewRevision } from "./review-revision.ts";
import { saveRevision } from "./save-revision.ts";

const database = openTestDatabase();
let spaceId = "";
let otherSpaceId = "";

beforeAll(async () => {
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const rows = await database.db
    .insert(spaces)
    .values([
      { slug: "shop", name: "Shop", createdAt },
      { slug: "lab", name: "Lab", createdAt },
    ])
    .returning({ id: spaces.id });
  spaceId = rows[0]?.id ?? "";
  otherSpaceId = rows[1]?.id ?? "";
});

function person(name: string, roles: readonly Role[], space = spaceId): Person {
  const id = `00000000-0000-4000-8000-${Buffer.from(name.padEnd(6, "x").slice(0, 6)).toString("hex")}`;
  const shared = { accountAdmin: false, groups: [], email: `${name}@example.com` };
  return { kind: "person", id, name, ...shared, roles: { [space]: roles } };
}

const as = (actor: Person | Automation) => createContext({ db: database.db, actor, via: "ui" });
const dana = () => as(person("dana", ["designer"]));
const rob = () => as(person("rob", ["designer"]));
const member = () => as(person("mia", ["member"]));
const stranger = () => as(person("sam", ["designer"], otherSpaceId));

function files(description: string): Record<string, string> {
  const yaml = [
    "spec_version: 2",
    `description: ${description}`,
    "grains:",
    "  hello:",
    "    kind: shell",
    "    spec: {activities: {deploy: {commands: ['echo hello']}}}",
  ];
  return { "blueprint.yaml": yaml.join("\n"), "README.md": "# Hello" };
}

async function reviewed(name: string, text = "First") {
  const { revision } = await saveRevision(dana(), { spaceId, blueprintName: name, files: files(text) });
  return reviewRevision(rob(), { spaceId, revisionId: revision.id, verdict: "reviewed" });
}

const actionsOn = async (name: string) => {
  const rows = await database.db
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .where(eq(auditEvents.objectId, name))
    .orderBy(auditEvents.seq);
  return rows.map(({ action }) => action);
};

describe("a revision", () => {
  test("waits for review, and is the same revision when the same files come again", async () => {
    const first = await saveRevision(dana(), { spaceId, blueprintName: "same", files: files("One") });
    const again = await saveRevision(rob(), { spaceId, blueprintName: "same", files: files("One") });
    expect(first.revision.state).toBe("in_review");
    expect(again.revision.id).toBe(first.revision.id);
    expect(await actionsOn("same")).toEqual(["blueprint.revision_created"]);
  });

  test("with an error is refused with its place, and nothing is kept", async () => {
    const bad = { "blueprint.yaml": "spec_version: 2\ngrains:\n  a: {kind: bicep, spec: {}}\n" };
    await expect(saveRevision(dana(), { spaceId, blueprintName: "bad", files: bad })).rejects.toMatchObject({
      code: "bad_input",
      place: { file: "blueprint.yaml", row: 3, column: 13, path: "grains.a.kind" },
    });
    expect(await listRevisions(dana(), { spaceId, blueprintName: "bad" })).toEqual([]);
    expect(await actionsOn("bad")).toEqual([]);
  });

  test("with a path that leaves its folder is refused", async () => {
    const bad = { ...files("x"), "../x.sh": "id" };
    await expect(saveRevision(dana(), { spaceId, blueprintName: "path", files: bad })).rejects.toThrow("../x.sh");
  });

  test("is not written by a member, nor seen by another space", async () => {
    const wanted = { spaceId, blueprintName: "mine", files: files("Mine") };
    await expect(saveRevision(member(), wanted)).rejects.toMatchObject({ code: "forbidden" });
    await expect(saveRevision(stranger(), wanted)).rejects.toMatchObject({ code: "not_found" });
    const { revision } = await saveRevision(dana(), wanted);
    await expect(findRevision(stranger(), { revisionId: revision.id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listRevisions(stranger(), { spaceId: otherSpaceId })).map(({ id }) => id)).not.toContain(revision.id);
  });

  test("of the same files can be written by two spaces without one seeing the other's", async () => {
    const mine = await saveRevision(dana(), { spaceId, blueprintName: "twin", files: files("Twin") });
    const theirs = await saveRevision(stranger(), {
      spaceId: otherSpaceId,
      blueprintName: "twin",
      files: files("Twin"),
    });
    expect(theirs.revision.id).not.toBe(mine.revision.id);
    expect(theirs.revision.digest).toBe(mine.revision.digest);
  });
});

describe("review", () => {
  test("is not for the author, nor for a program the author sent", async () => {
    const { revision } = await saveRevision(dana(), { spaceId, blueprintName: "eyes", files: files("Eyes") });
    const review = { spaceId, revisionId: revision.id, verdict: "reviewed" } as const;
    await expect(reviewRevision(dana(), review)).rejects.toMatchObject({ code: "forbidden" });
    const { kind, ...author } = person("dana", ["designer"]);
    const bot: Automation = { ...author, kind: "automation", id: "bot", accountAdmin: false, onBehalfOf: author };
    await expect(reviewRevision(as(bot), review)).rejects.toMatchObject({ code: "forbidden" });
    expect((await findRevision(dana(), { revisionId: revision.id })).state).toBe("in_review");
  });

  test("of an automation's work is not for the person it acted for", async () => {
    const owner = person("olga", ["designer"]);
    const bot: Automation = { ...owner, kind: "automation", id: "bot-1", accountAdmin: false, onBehalfOf: owner };
    const { revision } = await saveRevision(as(bot), { spaceId, blueprintName: "bots", files: files("Bot") });
    await expect(
      reviewRevision(as(owner), { spaceId, revisionId: revision.id, verdict: "reviewed" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("happens once: of two at the same moment one is refused", async () => {
    const { revision } = await saveRevision(dana(), { spaceId, blueprintName: "race", files: files("Race") });
    const review = (verdict: "reviewed" | "rejected") =>
      reviewRevision(rob(), { spaceId, revisionId: revision.id, verdict, note: "seen" });
    const results = await Promise.allSettled([review("reviewed"), review("rejected")]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await actionsOn("race")).toEqual(["blueprint.revision_created", "blueprint.reviewed"]);
  });

  test("said again, even at the same moment, is answered as the first and written once", async () => {
    const { revision } = await saveRevision(dana(), { spaceId, blueprintName: "again", files: files("Again") });
    const review = () => reviewRevision(rob(), { spaceId, revisionId: revision.id, verdict: "reviewed", note: "ok" });
    const states = (await Promise.all([review(), review(), review()])).map(({ state }) => state);
    expect(states).toEqual(["reviewed", "reviewed", "reviewed"]);
    expect(await actionsOn("again")).toEqual(["blueprint.revision_created", "blueprint.reviewed"]);
  });

  test("that rejects needs a reason", async () => {
    const { revision } = await saveRevision(dana(), { spaceId, blueprintName: "why", files: files("Why") });
    const review = { spaceId, revisionId: revision.id, verdict: "rejected" } as const;
    await expect(reviewRevision(rob(), review)).rejects.toMatchObject({ code: "bad_input" });
  });

  test("refuses a ring of nested blueprints", async () => {
    const nest = (name: string) => ({
      "blueprint.yaml": `spec_version: 2\ngrains:\n  inner: {kind: blueprint, spec: {source: {path: ${name}}}}\n`,
    });
    const a = await saveRevision(dana(), { spaceId, blueprintName: "ring-a", files: nest("ring-b") });
    await reviewRevision(rob(), { spaceId, revisionId: a.revision.id, verdict: "reviewed" });
    const b = await saveRevision(dana(), { spaceId, blueprintName: "ring-b", files: nest("ring-a") });
    await expect(reviewRevision(rob(), { spaceId, revisionId: b.revision.id, verdict: "reviewed" })).rejects.toThrow(
      "nests itself",
    );
  });
});

describe("publishing", () => {
  test("offers a reviewed revision, replaces the one before, and leaves evidence", async () => {
    const first = await reviewed("offer");
    await publishRevision(rob(), { spaceId, revisionId: first.id });
    const second = await reviewed("offer", "Second");
    await publishRevision(rob(), { spaceId, revisionId: second.id });
    const item = await findCatalogItem(member(), { spaceId, blueprintName: "offer" });
    expect(item.revision.id).toBe(second.id);
    expect(item.card.reviewer?.name).toBe("rob");
    expect((await actionsOn("offer")).filter((action) => action === "blueprint.published")).toHaveLength(2);
    const [diff] = await diffRevisions(member(), { fromRevisionId: first.id, toRevisionId: second.id });
    expect(diff?.patch).toContain("-description: First\n+description: Second");
  });

  test("is not for the author, a member, or an unreviewed revision", async () => {
    const revision = await reviewed("strict");
    const publish = { spaceId, revisionId: revision.id };
    await expect(publishRevision(dana(), publish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(publishRevision(member(), publish)).rejects.toMatchObject({ code: "forbidden" });
    const { revision: waiting } = await saveRevision(dana(), { spaceId, blueprintName: "strict", files: files("New") });
    await expect(publishRevision(rob(), { spaceId, revisionId: waiting.id })).rejects.toMatchObject({
      code: "conflict",
    });
    const rows = await database.db.select().from(catalogEntries).where(eq(catalogEntries.blueprintName, "strict"));
    expect(rows).toEqual([]);
  });

  test("shows when a newer change waits for review", async () => {
    await publishRevision(rob(), { spaceId, revisionId: (await reviewed("newer")).id });
    await saveRevision(dana(), { spaceId, blueprintName: "newer", files: files("Newer") });
    const { items } = await listCatalog(member(), { spaceId });
    expect(items.find((item) => item.blueprintName === "newer")?.hasChangesWaiting).toBe(true);
  });

  test("can be taken back; the revision stays", async () => {
    const revision = await reviewed("gone");
    await publishRevision(rob(), { spaceId, revisionId: revision.id });
    await unpublish(rob(), { spaceId, blueprintName: "gone" });
    await expect(findCatalogItem(member(), { spaceId, blueprintName: "gone" })).rejects.toMatchObject({
      code: "not_found",
    });
    const kept = await database.db.select().from(blueprintRevisions).where(eq(blueprintRevisions.id, revision.id));
    expect(kept).toHaveLength(1);
    await unpublish(rob(), { spaceId, blueprintName: "gone" });
    expect((await actionsOn("gone")).filter((action) => action === "blueprint.unpublished")).toHaveLength(1);
    await expect(unpublish(rob(), { spaceId, blueprintName: "never" })).rejects.toMatchObject({ code: "not_found" });
  });
});
