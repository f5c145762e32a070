import { compile, evaluate, isRegoErrors, type Prepared } from "#server/rego/engine.ts";
import { mutate, randomModules } from "./module.ts";
import { Random } from "./random.ts";
import { randomJson, randomObject } from "./samples.ts";

/** What happened to one module: it answered, or the code of the error that refused it. */
export interface Outcome {
  readonly stage: "compile" | "evaluate" | "answered";
  readonly code: string;
  readonly sources: readonly string[];
  /** A fault of the engine: an exception of the wrong class, an internal error, two unlike answers. */
  readonly fault: string | undefined;
  readonly ms: number;
}

const budget = { steps: 200_000, wallMs: 1_000 };

interface Case {
  readonly sources: readonly string[];
  readonly input: unknown;
  readonly data: unknown;
}

/** The case of a seed: modules, input and data. */
export function caseOf(seed: number): Case {
  const random = new Random(seed);
  let sources = randomModules(random);
  if (random.chance(0.25)) {
    for (let i = random.below(4); i >= 0; i--) sources = sources.map((source) => mutate(random, source));
  }
  const input: unknown = JSON.parse(random.chance(0.9) ? randomObject(random) : randomJson(random));
  return { sources, input, data: { base: JSON.parse(randomJson(random)) } };
}

type Attempt = { stage: Outcome["stage"]; code: string; answer: string; fault: string | undefined };

function refusal(stage: "compile" | "evaluate", error: unknown): Attempt {
  if (!isRegoErrors(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { stage, code: "exception", answer: "", fault: `${stage} threw: ${text}` };
  }
  const fault = error.code === "eval_internal_error" ? `internal error: ${error.message}` : undefined;
  return { stage, code: error.code, answer: error.code, fault };
}

function attempt({ sources, input, data }: Case, strictBuiltinErrors: boolean): Attempt {
  let prepared: Prepared;
  try {
    prepared = compile(sources.map((source, i) => ({ file: `fuzz-${i}.rego`, source })));
  } catch (error) {
    return refusal("compile", error);
  }
  try {
    const { results } = evaluate(prepared, "data.fuzz", { input, data, budget, strictBuiltinErrors });
    return { stage: "answered", code: "ok", answer: JSON.stringify(results), fault: undefined };
  } catch (error) {
    return refusal("evaluate", error);
  }
}

/** Runs the case of a seed; some of them twice, the second time with their sources in another order. */
export function check(seed: number): Outcome {
  const random = new Random(seed ^ 0x5bd1e995);
  const made = caseOf(seed);
  const isStrict = random.chance(0.3);
  const started = performance.now();
  const first = attempt(made, isStrict);
  const ms = performance.now() - started;
  const { stage, code } = first;
  let { fault } = first;
  if (!fault && stage === "answered" && random.chance(0.1)) {
    const again = attempt({ ...made, sources: [...made.sources].reverse() }, isStrict);
    if (again.answer !== first.answer && again.code !== "eval_cancel_error") {
      fault = `two answers: ${first.answer} and ${again.answer}`;
    }
  }
  return { stage, code, sources: made.sources, fault, ms };
}
