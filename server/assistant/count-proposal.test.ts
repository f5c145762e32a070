import { beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { createDraft } from "#server/decision/draft.ts";
import { rulesOnly } from "./choose-planner.ts";
import { proposalLimits } from "./count-proposal.ts";
import { proposeDraft } from "./propose-draft.ts";
import { type CatalogPortal, openCatalogPortal } from "./testing/catalog-portal.ts";

const database = openTestDatabase();
let portal: CatalogPortal;
beforeAll(async () => {
  portal = await openCatalogPortal(database.db);
});

async function start() {
  portal.clock.pass(2);
  const ctx = await portal.as("maya");
  return { ctx, draft: await createDraft(ctx, { spaceId: portal.spaceId, changes: {} }) };
}

describe("a sentence", () => {
  test("above the limit of a minute is refused with the seconds to wait, however many come at once", async () => {
    const { ctx, draft } = await start();
    const asks = Array.from({ length: proposalLimits.minute + 5 }, () =>
      proposeDraft(ctx, { draftId: draft.id, prompt: "a Postgres" }, rulesOnly).then(
        () => "read",
        (error) => error.code,
      ),
    );
    const outcomes = await Promise.all(asks);
    expect(outcomes.filter((code) => code === "rate_limited")).toHaveLength(5);
    await expect(proposeDraft(ctx, { draftId: draft.id, prompt: "a Postgres" })).rejects.toMatchObject({
      code: "rate_limited",
      details: { seconds: 60, window: "minute" },
    });
    portal.clock.pass(1);
    await expect(proposeDraft(ctx, { draftId: draft.id, prompt: "a Postgres" }, rulesOnly)).resolves.toBeDefined();
  });

  test("above the limit of a day is refused till tomorrow", async () => {
    const { ctx, draft } = await start();
    portal.clock.at = Date.parse("2026-04-01T00:00:00Z");
    const ask = () => proposeDraft(ctx, { draftId: draft.id, prompt: "x" }, rulesOnly);
    for (let n = 0; n < proposalLimits.day; n += proposalLimits.minute) {
      await Promise.allSettled(Array.from({ length: proposalLimits.minute }, ask));
      portal.clock.pass(1);
    }
    await expect(ask()).rejects.toMatchObject({ code: "rate_limited", details: { window: "day" } });
    portal.clock.pass(1440);
  });
});
