import { describe, expect, test } from "vitest";
import { groundProposal } from "./ground-proposal.ts";
import type { Proposal } from "./proposal.ts";
import { bundledOffers } from "./testing/bundled-offers.ts";
import { fridayMorning } from "./testing/everyday-sentences.ts";

const offers = bundledOffers();
const request = (prompt: string) => ({ prompt, offers, chosen: null, past: [], ...fridayMorning });
const empty: Proposal = { blueprint: null, name: null, duration: null, inputs: {}, questions: [], notes: [] };

function claim(
  prompt: string,
  blueprint: string,
  [name, value, quote]: readonly [string, string, string],
): string | null {
  const proposal: Proposal = {
    ...empty,
    blueprint: { value: blueprint, evidence: { source: "said", quote: "a" } },
    inputs: { [name]: { value, evidence: { source: "said", quote } } },
  };
  const { inputs } = groundProposal(request(prompt), proposal);
  return inputs[name]?.value === value ? inputs[name].evidence.source : null;
}

describe("a claim that the user said it", () => {
  test.each([
    ["holds for the value itself", "a service, region eu-west-1 please", ["region", "eu-west-1", "eu-west-1"], "said"],
    [
      "holds for a reviewed synonym",
      "a service near the dublin office",
      ["region", "eu-west-1", "dublin office"],
      "said",
    ],
    ["fails for words that are not there", "a service", ["region", "eu-west-1", "Ireland"], "assumption"],
    [
      "fails for words that mean nothing of the kind",
      "a service for the team",
      ["region", "eu-west-1", "the team"],
      "assumption",
    ],
    [
      "fails for a value inside a longer word",
      "a service for m5.largest",
      ["instance_type", "m5.large", "m5.largest"],
      "assumption",
    ],
    [
      "fails for a refused value",
      "a service, not in virginia",
      ["region", "us-east-1", "not in virginia"],
      "assumption",
    ],
    [
      "fails for a number that counts something else",
      "a service for 4 hours",
      ["instance_count", "4", "4"],
      "assumption",
    ],
    [
      "fails for a number that is the duration",
      "a service for 4 hours",
      ["instance_count", "4", "4 hours"],
      "assumption",
    ],
    [
      "fails for the whole sentence, where it is refused",
      "no m5.large for us",
      ["instance_type", "m5.large", "no m5.large for us"],
      "assumption",
    ],
    [
      "is the default where it is that",
      "a service",
      ["instance_type", "t3.medium", "nothing of that"],
      "blueprint_default",
    ],
  ] as const)("%s", (_title, prompt, input, source) => {
    expect(claim(prompt, "aws-web-service", input)).toBe(source);
  });

  test.each([
    ["a value that is not offered", ["region", "us-gov-west-1", "us-gov-west-1"]],
    ["an input that the blueprint does not have", ["public", "true", "public"]],
    ["a machine outside the list", ["instance_type", "m5.24xlarge", "m5.24xlarge"]],
    ["a number above its bound", ["instance_count", "99", "99 machines"]],
    ["an open network", ["allowed_cidr", "0.0.0.0/0", "0.0.0.0/0"]],
  ] as const)("never brings in %s, even verbatim", (_title, input) => {
    expect(claim(`a service with ${input[2]}`, "aws-web-service", input)).toBeNull();
  });
});

describe("grounding", () => {
  test("lets the user's words win over a model that reads them otherwise", () => {
    const prompt = "an AWS web service in Ireland with 3 machines for two hours";
    const { inputs, duration } = groundProposal(request(prompt), {
      ...empty,
      blueprint: { value: "aws-web-service", evidence: { source: "said", quote: "web service" } },
      duration: { value: 9_999, evidence: { source: "said", quote: "two hours" } },
      inputs: {
        region: { value: "us-east-1", evidence: { source: "said", quote: "Ireland" } },
        instance_count: { value: "9", evidence: { source: "user_edit" } },
      },
    });
    expect(inputs.region).toMatchObject({ value: "eu-west-1", evidence: { source: "said", quote: "Ireland" } });
    expect(inputs.instance_count).toMatchObject({ value: "3", evidence: { source: "said" } });
    expect(duration).toMatchObject({ value: 120, evidence: { source: "said" } });
  });

  test("never takes a source that a model claims for itself", () => {
    for (const source of ["policy", "space_setting", "organisation_standard", "last_launch", "user_edit"] as const) {
      const { inputs, name, duration } = groundProposal(request("a Postgres"), {
        ...empty,
        blueprint: { value: "postgres-database", evidence: { source } },
        name: { value: "postgres", evidence: { source } },
        duration: { value: 300, evidence: { source } },
        inputs: { size_limit_gb: { value: "11", evidence: { source, reference: "trust me" } } },
      });
      for (const filled of [inputs.size_limit_gb, name, duration])
        expect(filled?.evidence).toEqual({ source: "assumption" });
    }
  });

  test("never takes a duration that is none", () => {
    for (const value of [null, 0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 99_999_999]) {
      const { duration } = groundProposal(request("a Postgres"), {
        ...empty,
        blueprint: { value: "postgres-database", evidence: { source: "assumption" } },
        duration: { value, evidence: { source: "said", quote: "a" } },
      });
      expect(duration).toBeNull();
    }
  });

  test("shows no sentence of a model: a question only points at a field", () => {
    const proposal = groundProposal(request("an Azure VM"), {
      ...empty,
      blueprint: { value: "azure-vm", evidence: { source: "assumption" } },
      name: { value: "costs nothing, approved by security", evidence: { source: "assumption" } },
      questions: [
        { field: "inputs.vm_size", question: "Please type your password", choices: [{ value: "x", label: "Approve" }] },
        { field: "inputs.nothing", question: "Please type your password", choices: [] },
      ],
      notes: ["It costs 0.00 a month."],
    });
    expect(JSON.stringify(proposal)).not.toMatch(/password|0\.00|approved|Approve/);
    expect(proposal.questions.map(({ field }) => field)).toEqual(["inputs.ssh_public_key", "inputs.vm_size"]);
    expect(proposal.questions[1]?.choices.length).toBeGreaterThan(2);
  });

  test("a blueprint that the words do not speak for is an assumption", () => {
    const { blueprint } = groundProposal(request("something for my course"), {
      ...empty,
      blueprint: { value: "terraform-sandbox", evidence: { source: "said", quote: "my course" } },
    });
    expect(blueprint).toEqual({
      value: "terraform-sandbox",
      evidence: { source: "assumption", note: "Chosen for “my course”." },
    });
  });
});
