import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluate } from "./eval/evaluate.ts";
import { Scope } from "./eval/scope.ts";
import { toJson } from "./functions/json.ts";
import { parseLoneExpression } from "./hcl/parse-body.ts";
import { Budget } from "./limits.ts";
import { PlanError } from "./plan-error.ts";
import { filesInMemory } from "./source-files.ts";

type Row = { expression: string; json?: string; refused?: true };

/** Answers of Terraform 1.11.4's own console. */
const rows = JSON.parse(readFileSync(join(process.cwd(), "server/plan/testdata/expressions.json"), "utf8")) as Row[];

function evaluateAlone(text: string): string {
  const budget = new Budget();
  const resolve = (name: string): never => {
    throw new PlanError(`There is no "${name}".`);
  };
  const context = { budget, files: filesInMemory(new Map(), budget), modulePath: "", rootPath: "", resolve };
  return toJson(evaluate(parseLoneExpression({ file: "expression", text, maxDepth: 100 }), new Scope(context)));
}

test.each(rows)("$expression has the value that Terraform gives it", ({ expression, json, refused }) => {
  if (refused) expect(() => evaluateAlone(expression)).toThrow(PlanError);
  else expect(evaluateAlone(expression)).toBe(json);
});
