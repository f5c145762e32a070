import { createHash } from "node:crypto";
import type { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from "./evaluator.ts";
import { OpaClient, type OpaHealth, type OpaOptions } from "./opa-client.ts";
import { definesRule, type Policy } from "./policy.ts";

export type OpaEvaluator = PolicyEvaluator & { health(): Promise<OpaHealth> };

/** How long an OPA that was healthy is asked without looking again. */
const healthHoldsMs = 15_000;

const askedRules = ["result", "deny", "warn"] as const;

/** A policy in a package of its own, so that it meets no other policy that OPA holds. */
export function isolatedSource({ source, packageName }: Policy, isolated: string): string {
  const name = packageName.replaceAll(".", "\\.");
  return source
    .replace(new RegExp(`^package\\s+${name}\\b`, "m"), `package ${isolated}`)
    .replace(new RegExp(`\\bdata\\.${name}\\b`, "g"), `data.${isolated}`);
}

/**
 * A module that asks the policy with the document and the limits that came with the question. Limits are never stored in
 * OPA, so those of one space cannot reach another.
 */
function askingSource(
  policy: Policy,
  { isolated, asking, keys }: { isolated: string; asking: string; keys: readonly string[] },
) {
  const limits = keys.map((key) => ` with data.${key} as input.data.${key}`).join("");
  const rules = askedRules.filter((rule) => definesRule(policy, rule));
  const answers = rules.map(
    (rule) =>
      `answer["${rule}"] := found if {\n\tfound := data.${isolated}.${rule} with input as input.document${limits}\n}`,
  );
  return `package ${asking}\n\nimport rego.v1\n\n${answers.join("\n\n")}\n`;
}

/** Limits the policy can read: named in its source, and usable as a name in Rego. */
function readableKeys({ source }: Policy, data: Record<string, unknown>): string[] {
  return Object.keys(data)
    .filter((key) => /^[A-Za-z_]\w*$/.test(key) && key !== "gantry" && new RegExp(`\\b${key}\\b`).test(source))
    .sort();
}

type Modules = { asking: string; all: { id: string; source: string }[] };

function modulesFor(policy: Policy, keys: readonly string[]): Modules {
  const isolated = `gantry.policy_${policy.digest}`;
  const suffix = createHash("sha256").update(keys.join(" ")).digest("hex").slice(0, 12);
  const asking = `ask_${policy.digest}_${suffix}`;
  return {
    asking,
    all: [
      { id: `gantry_policy_${policy.digest}`, source: isolatedSource(policy, isolated) },
      { id: `gantry_${asking}`, source: askingSource(policy, { isolated, asking: `gantry.${asking}`, keys }) },
    ],
  };
}

/** Asks a running OPA: sources go there once, questions with their own limits each time. Throws where OPA gives no answer. */
export function createOpaEvaluator(options: OpaOptions): OpaEvaluator {
  const client = new OpaClient(options);
  const uploads = new Map<string, Promise<void>>();
  let engine: string | null = null;
  let healthyUntil = 0;

  /** In order, as the asking module refers to the policy. A failed upload is tried again with the next question. */
  async function upload({ asking, all }: Modules): Promise<void> {
    const running =
      uploads.get(asking) ??
      all.reduce((before, { id, source }) => before.then(() => client.putModule(id, source)), Promise.resolve());
    uploads.set(asking, running);
    await running.catch((error: unknown) => {
      uploads.delete(asking);
      throw error;
    });
  }

  async function isForgotten({ all }: Modules): Promise<boolean> {
    const present = await Promise.all(all.map(({ id }) => client.hasModule(id)));
    return present.includes(false);
  }

  async function ask({ policy, data, input }: PolicyQuestion): Promise<PolicyAnswer> {
    const keys = readableKeys(policy, data);
    const modules = modulesFor(policy, keys);
    await upload(modules);
    const limits = Object.fromEntries(keys.map((key) => [key, data[key]]));
    const evaluate = () =>
      client.evaluate(["gantry", modules.asking, "answer"], { document: input ?? null, data: limits });
    let answer = await evaluate();
    // A restarted OPA has forgotten every policy and answers nothing.
    if (answer.result === undefined && (await isForgotten(modules))) {
      uploads.delete(modules.asking);
      await upload(modules);
      answer = await evaluate();
    }
    engine = answer.engine ?? engine;
    const { result, decisionId } = answer;
    const found = typeof result === "object" && result !== null ? result : {};
    return { ...found, facts: [], ...(decisionId !== undefined && { decisionId }) };
  }

  async function health(): Promise<OpaHealth> {
    const found = await client.health();
    engine = found.engine ?? engine;
    healthyUntil = found.isHealthy ? performance.now() + healthHoldsMs : 0;
    return found;
  }

  return {
    get engine() {
      return engine ?? "opa of unknown version";
    },
    health,
    async evaluate(question) {
      if (performance.now() > healthyUntil) {
        const found = await health();
        if (!found.isHealthy) throw new Error(found.message);
      }
      return ask(question);
    },
  };
}
