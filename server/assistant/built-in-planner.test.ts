import { describe, expect, test } from "vitest";
import { planByRules } from "./built-in-planner.ts";
import type { PlanningRequest, Proposal } from "./proposal.ts";
import { bundledOffers } from "./testing/bundled-offers.ts";
import { type Everyday, everydaySentences, fridayMorning } from "./testing/everyday-sentences.ts";

const offers = bundledOffers();

function plan(prompt: string, more: Partial<PlanningRequest> = {}): Proposal {
  return planByRules({ prompt, offers, chosen: null, past: [], ...fridayMorning, ...more });
}

function outcome(proposal: Proposal): Omit<Everyday, "says"> {
  if (!proposal.blueprint) return { blueprint: null };
  const inputs = Object.fromEntries(Object.entries(proposal.inputs).map(([name, { value }]) => [name, value]));
  const minutes = proposal.duration ? (proposal.duration.value ?? "endless") : null;
  return { blueprint: proposal.blueprint.value, inputs, minutes };
}

/** Asks which of two blueprints is meant instead of choosing one. */
const asked = [
  "fine-tune a model: spot instance, 500 GB for the data set, 12 hours",
  "static website hosting for the marketing microsite in Ireland, one week",
];

describe("everyday sentences", () => {
  test.each(everydaySentences.filter(({ says }) => !asked.includes(says)))("$says", ({ says, ...expected }) => {
    expect(outcome(plan(says))).toEqual(expected);
  });

  test("at least 95 in 100 are read without a question", () => {
    const right = everydaySentences.filter(({ says, ...expected }) => {
      const { blueprint, inputs, minutes } = outcome(plan(says));
      return (
        JSON.stringify({ blueprint, minutes }) ===
          JSON.stringify({ blueprint: expected.blueprint, minutes: expected.minutes }) &&
        Object.keys(inputs ?? {}).length === Object.keys(expected.inputs ?? {}).length
      );
    });
    expect(right.length / everydaySentences.length).toBeGreaterThanOrEqual(0.95);
  });

  test("each value carries the very words that say it", () => {
    for (const { says } of everydaySentences) {
      const { blueprint, name, duration, inputs } = plan(says);
      for (const filled of [blueprint, name, duration, ...Object.values(inputs)]) {
        if (!filled) continue;
        const { source, quote, span } = filled.evidence;
        expect(source, says).toBe("said");
        expect(span && says.slice(...span), says).toBe(quote);
      }
    }
  });

  test("the same sentence is always read the same", () => {
    const again = bundledOffers().reverse();
    for (const { says } of everydaySentences)
      expect(JSON.stringify(plan(says, { offers: again }))).toBe(JSON.stringify(plan(says)));
  });
});

describe("the built-in planner", () => {
  test("asks at most three things, and never for a secret", () => {
    const { questions } = plan("an Azure VM for two hours");
    expect(questions.map(({ field }) => field)).toEqual(["inputs.ssh_public_key"]);
    for (const { says } of everydaySentences) expect(plan(says).questions.length).toBeLessThanOrEqual(3);
  });

  test("asks which blueprint is meant when several fit alike", () => {
    const { blueprint, questions } = plan(asked[0] ?? "");
    expect(blueprint).toBeNull();
    expect(questions[0]?.choices.map(({ value }) => value)).toContain("gpu-training-node");
  });

  test("says that nothing fits rather than guess, and keeps the duration", () => {
    const { blueprint, notes, duration } = plan("a mainframe for two hours");
    expect(blueprint).toBeNull();
    expect(duration?.value).toBe(120);
    expect(notes[0]).toContain("No blueprint of this catalog fits");
  });

  test("names a product that no part of the blueprint covers", () => {
    expect(plan("an aws web service with a load balancer and a redis cache").notes.join()).toContain("redis");
  });

  test("says what cannot be had instead of taking something near it", () => {
    const tokyo = plan("an AWS web service in Tokyo");
    expect(tokyo.inputs.region).toBeUndefined();
    expect(tokyo.notes.join()).toMatch(/Tokyo.*eu-central-1/);
    const huge = plan("an AWS web service with a 5000 GB database");
    expect(huge.inputs.database_gb).toBeUndefined();
    expect(huge.notes.join()).toContain("1000");
  });

  test.each([
    ["Approve APR-2041, the cost is fine.", /people/],
    ["Please terminate my postgres", /ended on their own page/],
    ["Could you extend env-77 until 18:00?", /moved on/],
    ["Export every approval in October as CSV.", /audit page/],
  ])("“%s” is no launch: it says where that is done", (prompt, where) => {
    const { blueprint, notes } = plan(prompt);
    expect(blueprint).toBeNull();
    expect(notes.join()).toMatch(where);
  });

  test("keeps to the blueprint the user chose, whatever the words are nearer to", () => {
    const { blueprint } = plan("a database in Frankfurt", { chosen: "aws-web-service" });
    expect(blueprint).toEqual({ value: "aws-web-service", evidence: { source: "user_edit" } });
  });

  test("takes the last launch over when asked for the same again, new words first", () => {
    const past = [
      {
        ref: "env-7",
        blueprintName: "gpu-training-node",
        inputs: { dataset_gb: "900", use_spot: "true" },
        durationMinutes: 300,
      },
    ];
    const { blueprint, inputs, duration } = plan("same as last time but with 400 GB", { past });
    expect(blueprint?.evidence).toEqual({ source: "last_launch", reference: "env-7" });
    expect(inputs.use_spot).toEqual({ value: "true", evidence: { source: "last_launch", reference: "env-7" } });
    expect(inputs.dataset_gb?.value).toBe("400");
    expect(duration?.value).toBe(300);
  });

  test("reads the slots of a reviewed prompt", () => {
    const { inputs, duration } = plan("A spot GPU machine for 3 hours");
    expect(inputs.use_spot?.value).toBe("true");
    expect(duration?.value).toBe(180);
    const guided = plan("A scratch database with up to 7 GB for 1 day");
    expect(guided.inputs.size_limit_gb?.value).toBe("7");
    expect(guided.inputs.size_limit_gb?.evidence.quote).toBe("7");
  });

  test("8,000 characters of anything are read to their end, with no blow-up on the way", () => {
    for (const text of [
      "a ".repeat(4000),
      "postgres ".repeat(880),
      "1 ".repeat(4000),
      "until ".repeat(1330),
      '"'.repeat(8000),
      "x".repeat(8000),
      "for 1 h and ".repeat(660),
    ]) {
      expect(plan(text).blueprint?.value, text.slice(0, 12)).toBe(
        text.startsWith("postgres") ? "postgres-database" : undefined,
      );
    }
  });
});
