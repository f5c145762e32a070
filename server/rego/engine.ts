import { type Annotation, readAnnotations } from "./annotations.ts";
import type { Body, Module } from "./ast.ts";
import { type Compiled, type CompilerOptions, compileModules, compileQuery } from "./compile/compile.ts";
import { RegoErrors } from "./errors.ts";
import { type Budget, defaultBudget } from "./eval/budget.ts";
import { evalPath, evalQuery, pathKeys, type RunOptions, type Solution } from "./eval/evaluate.ts";
import { Explainer, type Explanation } from "./eval/explainer.ts";
import type { Print } from "./eval/machine.ts";
import { Program } from "./eval/program.ts";
import type { Recorder } from "./eval/recorder.ts";
import { guardCompilation, guardEvaluation } from "./guard.ts";
import { parseQuery } from "./parser/module.ts";
import { parseSource, type RegoVersion, type Source } from "./parser/source.ts";
import { fromJson } from "./values/from-json.ts";
import { toJson } from "./values/json.ts";
import type { Value } from "./values/value.ts";

export interface CompileOptions {
  /** Without it each module is tried as v1, then as v0. */
  regoVersion?: RegoVersion;
  /** OPA's compiler strict mode: unused imports, locals and arguments; v1's checks for v0 modules. */
  strict?: boolean;
  /** Built-ins beyond the deterministic ones: `time.now_ns`, `rand.intn`, … */
  capabilities?: { allow?: readonly string[] };
  /** For tests: built-ins that do not run here compile, as tests replace them. */
  mockable?: boolean;
  /** For tests: notes which cases of parameterised tests (`test_x[note]`) were reached. */
  testCases?: boolean;
  /** Base data rules may not stand over. */
  data?: unknown;
  maxSourceBytes?: number;
  /** False leaves out the static types, which only OPA has; on by default. */
  typeCheck?: boolean;
}

export interface PreparedModule {
  file: string;
  version: RegoVersion;
  package: string;
  annotations: readonly Annotation[];
}

/** Checked modules, ready for any number of evaluations. */
export class Prepared {
  readonly modules: readonly PreparedModule[];
  readonly compiled: Compiled;
  readonly options: CompilerOptions;
  private readonly programs: { plain: Program; instrumented: Program | undefined };
  private readonly queries = new Map<string, Body>();
  private readonly paths = new Map<string, readonly Value[]>();

  constructor(compiled: Compiled, options: CompilerOptions) {
    this.compiled = compiled;
    this.options = options;
    this.modules = compiled.modules.map(preparedModule);
    this.programs = { plain: new Program(compiled.root, compiled.modules, false), instrumented: undefined };
  }

  program(instrument: boolean): Program {
    if (!instrument) return this.programs.plain;
    this.programs.instrumented ??= new Program(this.compiled.root, this.compiled.modules, true);
    return this.programs.instrumented;
  }

  path(text: string): readonly Value[] {
    const known = this.paths.get(text);
    if (known !== undefined) return known;
    const keys = pathKeys(text);
    if (this.paths.size < 100) this.paths.set(text, keys);
    return keys;
  }

  query(text: string): Body {
    const known = this.queries.get(text);
    if (known !== undefined) return known;
    const body = guardCompilation(() => compileQuery(parseQuery(text), this.compiled, this.options));
    if (this.queries.size < 100) this.queries.set(text, body);
    return body;
  }
}

function preparedModule(module: Module): PreparedModule {
  const { file, version, packagePath } = module;
  return { file, version, package: packagePath.join("."), annotations: readAnnotations(module) };
}

/** Parses and checks modules together; throws `RegoErrors`. */
export function compile(sources: readonly Source[], options: CompileOptions = {}): Prepared {
  const parsed = guardCompilation(() =>
    sources.map((source) => parseSource(source, options.regoVersion, options.maxSourceBytes)),
  );
  const compilerOptions: CompilerOptions = {
    strict: options.strict ?? false,
    typeCheck: options.typeCheck ?? true,
    builtins: { granted: new Set(options.capabilities?.allow), mockable: options.mockable ?? false },
    testCases: options.testCases ?? false,
    data: options.data === undefined ? undefined : fromJson(options.data),
  };
  return guardCompilation(() => new Prepared(compileModules(parsed, compilerOptions), compilerOptions));
}

export interface EvaluateOptions {
  /** JSON; or a `Value` made before, which saves making it again. */
  input?: unknown;
  data?: unknown;
  inputValue?: Value;
  dataValue?: Value;
  budget?: Partial<Budget>;
  now?: Date;
  timeZone?: string;
  /** Of `rand.intn` and `uuid.rfc4122`. */
  seed?: number;
  strictBuiltinErrors?: boolean;
  explain?: boolean;
  recorder?: Recorder;
}

export interface Evaluation {
  /** A JSON object of bindings and the values of the query's expressions, for each solution. */
  results: { bindings: Record<string, unknown>; expressions: unknown[] }[];
  prints: readonly Print[];
  explain?: Explanation;
  steps: number;
}

export type Query = string | { path: string };

/** Runs a query; throws `RegoErrors`, nothing else. */
export function evaluate(prepared: Prepared, query: Query, options: EvaluateOptions = {}): Evaluation {
  const { solutions, prints, explain, steps } = evaluateValues(prepared, query, options);
  const results = guardEvaluation(() =>
    solutions.map(({ bindings, expressions }) => ({
      bindings: Object.fromEntries([...bindings].map(([name, value]) => [name, toJson(value)])),
      expressions: expressions.map(toJson),
    })),
  );
  return { results, prints, steps, ...(explain === undefined ? {} : { explain }) };
}

export interface ValueEvaluation {
  solutions: Solution[];
  prints: readonly Print[];
  /** The cases of parameterised tests that were reached. */
  cases: readonly Value[];
  explain: Explanation | undefined;
  steps: number;
}

/** As `evaluate`, with Rego values: sets stay sets, numbers keep their text. */
export function evaluateValues(prepared: Prepared, query: Query, options: EvaluateOptions = {}): ValueEvaluation {
  const explainer = options.explain === true ? new Explainer() : undefined;
  const run = runOptions(options, explainer);
  const program = prepared.program(run.recorder !== undefined);
  const outcome =
    typeof query === "string"
      ? evalQuery(program, prepared.query(query), run)
      : evalPath(program, prepared.path(query.path), run);
  return { ...outcome, explain: explainer && guardEvaluation(() => explainer.explanation) };
}

function runOptions(options: EvaluateOptions, explainer: Explainer | undefined): RunOptions {
  return {
    input:
      options.inputValue !== undefined || options.input === undefined ? options.inputValue : fromJson(options.input),
    data: options.dataValue !== undefined ? options.dataValue : fromJson(options.data ?? {}),
    budget: { ...defaultBudget, ...options.budget },
    now: options.now ?? new Date(),
    timeZone: options.timeZone ?? "UTC",
    seed: options.seed ?? 1,
    strict: options.strictBuiltinErrors ?? false,
    recorder: options.recorder ?? explainer,
  };
}

/** The JSON value of one rule or document, `undefined` where it has none. */
export function evaluateRule(prepared: Prepared, path: string, options: EvaluateOptions = {}): unknown {
  const [first] = evaluateValues(prepared, { path }, options).solutions;
  const value = first?.expressions[0];
  return value === undefined ? undefined : guardEvaluation(() => toJson(value));
}

export function isRegoErrors(error: unknown): error is RegoErrors {
  return error instanceof RegoErrors;
}
