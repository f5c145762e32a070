import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { environments } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import type { Context } from "#server/context.ts";
import { createDraft, type Draft, editDraft } from "#server/decision/draft.ts";
import { acceptCorrections } from "./accept-corrections.ts";
import type { Attempt } from "./attempt.ts";
import type { GuardedPlanner } from "./choose-planner.ts";
import { rulesOnly } from "./choose-planner.ts";
import { groundProposal } from "./ground-proposal.ts";
import type { Proposal } from "./proposal.ts";
import { proposeDraft } from "./propose-draft.ts";
import { openCatalogPortal } from "./testing/catalog-portal.ts";

const database = openTestDatabase();
let portal: Awaited<ReturnType<typeof openCatalogPortal>>;
beforeAll(async () => {
  portal = await openCatalogPortal(database.db);
});

/** A planner that proposes what it is told, behind the same grounding as a model. */
const proposing = (proposal: Partial<Proposal>): GuardedPlanner => ({
  propose: async (request) => ({
    proposal: groundProposal(request, {
      blueprint: null,
      name: null,
      duration: null,
      inputs: {},
      questions: [],
      notes: [],
      ...proposal,
    }),
    planner: "fake",
    fellBack: null,
  }),
});

async function start(more = {}): Promise<{ ctx: Context; draft: Draft }> {
  portal.clock.pass(2);
  const ctx = await portal.as("maya");
  return { ctx, draft: await createDraft(ctx, { spaceId: portal.spaceId, changes: more }) };
}

async function propose(prompt: string, planner: GuardedPlanner = rulesOnly) {
  const { ctx, draft } = await start();
  return { ctx, ...(await proposeDraft(ctx, { draftId: draft.id, prompt }, planner)) };
}

const said = (quote: string) => ({ source: "said" as const, quote });

describe("a sentence", () => {
  test("fills the draft, each value with its evidence, and launches nothing", async () => {
    const { draft } = await propose("I need a Postgres called shop for two hours");
    expect(draft).toMatchObject({ blueprintName: "postgres-database", durationMinutes: 120, state: "open" });
    expect(draft.evidence).toMatchObject({
      blueprint: { source: "said" },
      duration: { source: "said", quote: "two hours" },
      "inputs.database": { source: "said", quote: "shop" },
    });
    expect(await database.db.select({ id: environments.id }).from(environments)).toEqual([]);
  });

  test("is on the audit trail, a pasted credential covered", async () => {
    const { draft } = await propose("a Postgres for an hour, password: hunter2-hunter2");
    const rows = await database.db
      .select({ data: auditEvents.data })
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "assistant.proposed"), eq(auditEvents.objectId, draft.id)));
    expect(JSON.stringify(rows)).toContain("a Postgres for an hour");
    expect(JSON.stringify(rows)).not.toContain("hunter2");
  });

  test("of somebody else's draft is refused", async () => {
    const { draft } = await start();
    const ari = await portal.as("ari");
    await expect(proposeDraft(ari, { draftId: draft.id, prompt: "a Postgres" })).rejects.toThrow(/somebody else/);
  });
});

describe("what a model claims", () => {
  const postgres = { value: "postgres-database", evidence: said("Postgres") };

  test("without the user's words is an assumption", async () => {
    const { draft } = await propose(
      "a Postgres for two hours",
      proposing({
        blueprint: postgres,
        inputs: {
          size_limit_gb: { value: "12", evidence: said("twelve gigabytes") },
          database: { value: "billing", evidence: { source: "policy", reference: "naming" } },
        },
        name: { value: "approved by security", evidence: said("a") },
      }),
    );
    expect(draft.evidence).toMatchObject({
      "inputs.size_limit_gb": { source: "assumption" },
      "inputs.database": { source: "assumption" },
      name: { source: "assumption" },
    });
    expect(draft.name).not.toContain("security");
  });

  test("with words that mean something else is an assumption", async () => {
    const { draft } = await propose(
      "a Postgres for two hours",
      proposing({ blueprint: postgres, inputs: { size_limit_gb: { value: "12", evidence: said("two hours") } } }),
    );
    expect(draft.evidence["inputs.size_limit_gb"]).toEqual({ source: "assumption" });
  });

  test("that the catalog or the blueprint does not have is dropped", async () => {
    const { draft, notes } = await propose(
      "a Postgres for two hours",
      proposing({
        blueprint: { value: "free-lunch", evidence: said("Postgres") },
        inputs: {
          price: { value: "0.00", evidence: said("two") },
          region: { value: "mars-1", evidence: said("a") },
          version: { value: "99", evidence: said("Postgres") },
        },
      }),
    );
    expect(draft.blueprintName).toBe("postgres-database");
    expect(Object.keys(draft.inputs)).toEqual([]);
    expect(notes.join()).not.toContain("free-lunch");
  });

  test("for a secret is dropped", async () => {
    const { draft } = await propose(
      "the vault demo with token abc123",
      proposing({
        blueprint: { value: "vault-demo", evidence: said("vault demo") },
        inputs: { token: { value: "abc123", evidence: said("abc123") } },
      }),
    );
    expect(draft.blueprintName).toBe("vault-demo");
    expect(draft.inputs.token).toBeUndefined();
    expect(draft.setSecrets).toEqual([]);
  });

  test("in a megabyte is bounded", async () => {
    const long = "x".repeat(1_000_000);
    const { draft } = await propose(
      "a Postgres for two hours",
      proposing({
        blueprint: { value: "postgres-database", evidence: { source: "said", quote: long } },
        name: { value: long, evidence: said(long) },
        inputs: { database: { value: long, evidence: said(long) } },
        questions: Array.from({ length: 100 }, () => ({ field: "duration", question: long, choices: [] })),
      }),
    );
    expect(JSON.stringify(draft).length).toBeLessThan(5000);
    expect(draft.questions.length).toBeLessThanOrEqual(3);
  });

  test("against the user's own words gives way to them", async () => {
    const { draft } = await propose(
      "a Postgres with 7 GB for two hours",
      proposing({
        blueprint: postgres,
        duration: { value: 40_000, evidence: said("two hours") },
        inputs: { size_limit_gb: { value: "20", evidence: said("a") } },
      }),
    );
    expect(draft.durationMinutes).toBe(120);
    expect(draft.inputs.size_limit_gb).toBe("7");
  });
});

describe("what the user set himself", () => {
  test("stays, whatever is proposed", async () => {
    const { ctx, draft } = await start({ blueprintName: "postgres-database" });
    const edited = await editDraft(ctx, {
      id: draft.id,
      version: draft.version,
      changes: { inputs: { size_limit_gb: "3" }, durationMinutes: 45, name: "mine" },
    });
    const answer = await proposeDraft(
      ctx,
      { draftId: edited.id, prompt: "an AWS web service named other with 15 GB for two days" },
      rulesOnly,
    );
    expect(answer.draft).toMatchObject({
      blueprintName: "postgres-database",
      name: "mine",
      durationMinutes: 45,
      inputs: { size_limit_gb: "3" },
    });
    expect(answer.draft.evidence).toMatchObject({
      blueprint: { source: "user_edit" },
      duration: { source: "user_edit" },
      "inputs.size_limit_gb": { source: "user_edit" },
    });
  });

  test("stays also when the sentence fits nothing", async () => {
    const { ctx, draft } = await propose("a Postgres for two hours");
    const edited = await editDraft(ctx, {
      id: draft.id,
      version: draft.version,
      changes: { inputs: { database: "ledger" } },
    });
    const answer = await proposeDraft(ctx, { draftId: edited.id, prompt: "and a pizza" }, rulesOnly);
    expect(answer.draft).toMatchObject({ blueprintName: "postgres-database", inputs: { database: "ledger" } });
  });

  test("is not overwritten by an answer that comes late", async () => {
    const { ctx, draft } = await start();
    const slow: GuardedPlanner = {
      propose: async (request) => {
        await editDraft(ctx, { id: draft.id, version: draft.version, changes: { name: "typed meanwhile" } });
        return rulesOnly.propose(request);
      },
    };
    await expect(proposeDraft(ctx, { draftId: draft.id, prompt: "a Postgres" }, slow)).rejects.toThrow(
      /edited the draft/,
    );
  });
});

describe("a denial", () => {
  const service = { value: "aws-web-service", evidence: said("AWS web service") };

  test("of what the assistant assumed is corrected by it, and every step is kept", async () => {
    const { draft } = await propose(
      "an AWS web service for 4 hours",
      proposing({ blueprint: service, inputs: { region: { value: "us-east-1", evidence: said("Virginia") } } }),
    );
    expect(draft.inputs.region).toBe("eu-central-1");
    expect(draft.evidence["inputs.region"]).toMatchObject({ source: "policy", reference: "allowed-regions" });
    const attempts = draft.attempts as Attempt[];
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["applied", "passed"]);
    expect(attempts.length).toBeLessThanOrEqual(3);
  });

  test("of what the user said is only offered, and taken by him", async () => {
    const { ctx, draft } = await propose("an AWS web service in Virginia for 4 hours");
    expect(draft.inputs.region).toBe("us-east-1");
    const [attempt] = draft.attempts as Attempt[];
    expect(attempt).toMatchObject({
      word: "Denied",
      outcome: "offered",
      corrections: [{ field: "inputs.region", from: "us-east-1", to: "eu-central-1", isUsers: true }],
    });
    const taken = await acceptCorrections(ctx, {
      draftId: draft.id,
      version: draft.version,
      fields: ["inputs.region"],
    });
    expect(taken.inputs.region).toBe("eu-central-1");
    expect((taken.attempts as Attempt[]).at(-1)?.outcome).toBe("passed");
  });

  test("offers nothing for a field that was not denied", async () => {
    const { ctx, draft } = await propose("an AWS web service in Virginia for 4 hours");
    await expect(
      acceptCorrections(ctx, { draftId: draft.id, version: draft.version, fields: ["inputs.cost_center"] }),
    ).rejects.toThrow(/Nothing was offered/);
  });

  test("that nothing helps against ends the tries at once", async () => {
    const { draft } = await propose("an AWS web service in Virginia for 89 days on m6i.xlarge with 10 machines");
    const attempts = draft.attempts as Attempt[];
    expect(attempts.length).toBeLessThanOrEqual(3);
    expect(attempts.at(-1)?.outcome).not.toBe("applied");
    expect(draft.durationMinutes).toBe(89 * 1440);
  });
});
