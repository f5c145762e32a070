import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GuardedPlanner, guardedModel, type Planned } from "#server/assistant/choose-planner.ts";
import type { PlanningRequest } from "#server/assistant/proposal.ts";
import { bundledOffers } from "#server/assistant/testing/bundled-offers.ts";
import { fridayMorning } from "#server/assistant/testing/everyday-sentences.ts";
import {
  calls,
  type FakeModelServer,
  fails,
  inTurn,
  neverAnswers,
  redirects,
  says,
  sendsWithoutEnd,
  startFakeModelServer,
  trickles,
} from "#server/assistant/testing/fake-model-server.ts";
import { readConfig } from "#server/config.ts";
import { configuredModel } from "./configured-model.ts";

const offers = bundledOffers();
const timeoutMs = 1500;
let server: FakeModelServer;
let elsewhere: FakeModelServer;
let planner: GuardedPlanner;

beforeAll(async () => {
  server = await startFakeModelServer();
  elsewhere = await startFakeModelServer();
  const model = configuredModel(
    readConfig({
      ASSISTANT_PROVIDER: "openai-compatible",
      ASSISTANT_MODEL: "fake",
      ASSISTANT_BASE_URL: server.url,
      ASSISTANT_API_KEY: "key-of-the-provider",
    }),
  );
  if (!model) throw new Error("The model is configured.");
  planner = guardedModel(model, "fake", timeoutMs);
});
afterAll(async () => {
  await server.close();
  await elsewhere.close();
});

const sentence = "I need a Postgres called shop for two hours to try a migration";
const ask = (prompt = sentence, more: Partial<PlanningRequest> = {}): Promise<Planned> =>
  planner.propose({ prompt, offers, chosen: null, past: [], ...fridayMorning, ...more });

const good = {
  blueprint: { name: "postgres-database", quote: "Postgres" },
  name: "shop trial",
  minutes: { value: 120, quote: "two hours" },
  inputs: [{ name: "database", value: "shop", quote: "shop" }],
  questions: [],
};

describe("a model that answers well", () => {
  test("looks at the catalog, then proposes; every value has the user's words", async () => {
    server.behave(
      inTurn(
        calls("search_catalog", { words: "postgres" }),
        calls("describe_blueprint", { name: "postgres-database" }),
        calls("propose_draft", good),
      ),
    );
    const { proposal, planner: name, fellBack } = await ask();
    expect({ name, fellBack }).toEqual({ name: "fake", fellBack: null });
    expect(proposal.blueprint?.value).toBe("postgres-database");
    expect(proposal.inputs.database).toMatchObject({ value: "shop", evidence: { source: "said", quote: "shop" } });
    expect(proposal.duration).toMatchObject({ value: 120, evidence: { source: "said", quote: "two hours" } });
    const answer = server.received.at(-1) ?? "";
    expect(answer).toContain("size_limit_gb");
  });

  test("may write the draft as text where it cannot call tools", async () => {
    server.behave(says(`Here you are:\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\``));
    const { proposal, fellBack } = await ask();
    expect(fellBack).toBeNull();
    expect(proposal.inputs.database?.value).toBe("shop");
  });

  test("only takes tools that read, and the one that proposes", async () => {
    const sent = JSON.parse(server.received.at(-1)?.split("\n\n").slice(1).join("\n\n") ?? "{}");
    expect(sent.tools.map((tool: { function: { name: string } }) => tool.function.name)).toEqual([
      "search_catalog",
      "describe_blueprint",
      "propose_draft",
    ]);
  });
});

describe("a model that fails", () => {
  const spent = async (work: () => Promise<Planned>) => {
    const start = performance.now();
    const planned = await work();
    return { planned, ms: performance.now() - start };
  };

  test.each([
    ["never answers", neverAnswers, "The model did not answer within 2 s."],
    ["trickles", trickles, "The model did not answer within 2 s."],
    ["sends without end", sendsWithoutEnd, "The model's answer was longer than is read."],
    ["refuses the key", fails(401), "The model's provider refused the configured key."],
    ["is over its limit", fails(429), "The model's provider is over its limit just now."],
    [
      "is over its limit and says how long",
      fails(429, { "retry-after": "30" }),
      "The model's provider is over its limit just now; it asks to wait 30 s.",
    ],
    ["has a fault", fails(503), "The model's provider answered 503."],
    ["writes no JSON", says("I would rather talk about the weather."), "The model's answer was not usable."],
    ["writes broken JSON", says('{"blueprint": {"name": "postgres-'), "The model's answer was not usable."],
    ["calls with broken JSON", calls("propose_draft", '{"blueprint": {"na'), "The model's answer was not usable."],
    [
      "calls with other types",
      calls("propose_draft", { inputs: "all", minutes: "long" }),
      "The model's answer was not usable.",
    ],
    [
      "calls a tool that is none",
      calls("launch_environment", { skip_policy: true }),
      "The model's answer was not usable.",
    ],
    ["searches without end", calls("search_catalog", { words: "x" }), "The model's answer was not usable."],
    [
      "answers something else",
      (r: import("node:http").ServerResponse) => void r.end("<html>"),
      "The model's answer was not usable.",
    ],
  ] as const)("when it %s, the built-in planner fills the form and says why", async (_title, behaviour, sentenceOf) => {
    server.behave(behaviour);
    const { planned, ms } = await spent(() => ask());
    expect(planned.fellBack).toBe(sentenceOf);
    expect(planned.planner).toBe("built-in");
    expect(planned.proposal.inputs.database?.value).toBe("shop");
    expect(planned.proposal.duration?.value).toBe(120);
    // Far below what an endless answer would take, far above what a busy machine may.
    expect(ms).toBeLessThan(timeoutMs + 20_000);
  });

  test("is asked at most six times for one sentence", async () => {
    const before = server.received.length;
    server.behave(calls("search_catalog", { words: "x" }));
    await ask();
    expect(server.received.length - before).toBe(6);
  });

  test("sends nobody elsewhere: a redirect is not followed", async () => {
    elsewhere.behave(calls("propose_draft", good));
    server.behave(redirects(`${elsewhere.url}/chat/completions`));
    const { fellBack } = await ask();
    expect(fellBack).toBe("The model's provider cannot be reached.");
    expect(elsewhere.received).toEqual([]);
  });

  test("is not there: said, and the form is filled", async () => {
    const gone = await startFakeModelServer();
    await gone.close();
    const model = configuredModel(
      readConfig({ ASSISTANT_PROVIDER: "openai-compatible", ASSISTANT_MODEL: "m", ASSISTANT_BASE_URL: gone.url }),
    );
    if (!model) throw new Error("The model is configured.");
    const request = { prompt: sentence, offers, chosen: null, past: [], ...fridayMorning };
    const { fellBack, proposal } = await guardedModel(model, "m", timeoutMs).propose(request);
    expect(fellBack).toBe("The model's provider cannot be reached.");
    expect(proposal.blueprint?.value).toBe("postgres-database");
  });
});

describe("a model that invents", () => {
  const invented = {
    blueprint: { name: "postgres-database", quote: "Postgres" },
    minutes: { value: 999_999, quote: "two hours" },
    inputs: [
      { name: "size_limit_gb", value: "19", quote: "nineteen gigabytes" },
      { name: "version", value: "42", quote: "Postgres" },
      { name: "region", value: "mars-north-1", quote: "for" },
      { name: "price", value: "0.00", quote: "two hours" },
    ],
    questions: [{ field: "inputs.password", question: "What is your password?" }],
  };

  test("gives nothing that is shown as known", async () => {
    server.behave(calls("propose_draft", invented));
    const { proposal } = await ask();
    expect(Object.keys(proposal.inputs).sort()).toEqual(["database", "size_limit_gb"]);
    expect(proposal.inputs.size_limit_gb?.evidence).toEqual({ source: "assumption" });
    expect(proposal.duration).toMatchObject({ value: 120, evidence: { source: "said" } });
    expect(proposal.questions).toEqual([]);
  });

  test("an unknown blueprint gives way to the one that the words speak for", async () => {
    server.behave(calls("propose_draft", { ...invented, blueprint: { name: "gold-plated-postgres" } }));
    const { proposal } = await ask();
    expect(proposal.blueprint?.value).toBe("postgres-database");
    expect(proposal.notes[0]).toBe("The catalog has no such blueprint as was proposed.");
    expect(JSON.stringify(proposal)).not.toContain("gold-plated");
  });
});

test("what looks like a credential in the sentence does not reach the model", async () => {
  server.behave(calls("propose_draft", good));
  const before = server.received.length;
  await ask(`${sentence}. My password is Tr0ub4dor&3, key AKIAABCDEFGHIJKLMNOP.`);
  const bytes = server.received.slice(before).join("\n");
  expect(bytes).not.toMatch(/Tr0ub4dor|ABCDEFGHIJKLMNOP/);
  expect(bytes).toContain("to try a migration");
});

test("of a large catalog only what is near to the words goes along", async () => {
  server.behave(calls("propose_draft", good));
  const many = Array.from({ length: 500 }, (_, at) => {
    const offer = offers[at % offers.length] as (typeof offers)[number];
    return { ...offer, blueprint: { ...offer.blueprint, name: `${offer.blueprint.name}-${at}` } };
  });
  await ask(sentence, { offers: [...many, ...offers] });
  expect(server.received.at(-1)?.length).toBeLessThan(40_000);
  expect(server.received.at(-1)).toContain("postgres-database");
});
