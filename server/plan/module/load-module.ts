import { parseFile } from "#server/plan/hcl/parse-body.ts";
import type { Block, Body } from "#server/plan/hcl/syntax.ts";
import type { Budget } from "#server/plan/limits.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import type { SourceFiles } from "#server/plan/source-files.ts";
import { jsonBody } from "./json-body.ts";
import { addBlocks, emptyModule, type ModuleSource } from "./module-source.ts";

const overridePattern = /(?:^|_)override\.tf(?:\.json)?$/;

/** Reads the `.tf` and `.tf.json` files of one folder, and merges its override files in as Terraform does. */
export function loadModule(files: SourceFiles, path: string, budget: Budget): ModuleSource {
  const names = moduleFiles(files, path);
  if (names.length === 0)
    throw new PlanError(
      `There are no .tf files in "${path === "" ? "." : path}".`,
      undefined,
      "Check the path of the grain's or module's source.",
    );
  const bodies = names.filter((name) => !overridePattern.test(name)).map((name) => parseSource(files, name, budget));
  const overrides = names
    .filter((name) => overridePattern.test(name))
    .flatMap((name) => parseSource(files, name, budget).blocks);
  const module = emptyModule(path);
  module.at = { file: names[0]!, line: 1, column: 1 };
  for (const body of bodies)
    addBlocks(module, { ...body, blocks: body.blocks.map((block) => overridden(block, overrides)) });
  return module;
}

export function moduleFiles(files: SourceFiles, path: string): string[] {
  const prefix = path === "" ? "" : `${path}/`;
  return files
    .list(path)
    .filter((file) => !file.slice(prefix.length).includes("/"))
    .filter((file) => /\.tf(?:\.json)?$/.test(file) && !/(?:^|\/)\.[^/]*$/.test(file));
}

function parseSource(files: SourceFiles, name: string, budget: Budget): Body {
  const bytes = files.read(name) ?? new Uint8Array();
  const text = decode(bytes, name);
  const source = { file: name, text, maxDepth: budget.limits.maxSyntaxDepth };
  budget.step(1 + (text.length >> 4));
  return name.endsWith(".json") ? jsonBody(source) : parseFile(source);
}

export function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PlanError("This file is not UTF-8 text.", { file, line: 1, column: 1 });
  }
}

/** An override replaces the arguments it sets, and every nested block of a type that it has itself. */
function overridden(block: Block, overrides: readonly Block[]): Block {
  return overrides.filter((other) => isSameTarget(block, other)).reduce(overrideBlock, block);
}

function isSameTarget(block: Block, other: Block): boolean {
  if (block.type !== other.type) return false;
  if (block.type === "locals" || block.type === "terraform") return true;
  return block.labels.join("\0") === other.labels.join("\0");
}

function overrideBlock(block: Block, override: Block): Block {
  const replaced = new Set(
    override.body.blocks.map((inner) => (inner.type === "dynamic" ? inner.labels[0] : inner.type)),
  );
  const kept = block.body.blocks.filter(
    (inner) => !replaced.has(inner.type === "dynamic" ? inner.labels[0] : inner.type),
  );
  const attributes = new Map([...block.body.attributes, ...override.body.attributes]);
  if (block.type === "locals")
    for (const name of override.body.attributes.keys()) if (!block.body.attributes.has(name)) attributes.delete(name);
  return { ...block, body: { ...block.body, attributes, blocks: [...kept, ...override.body.blocks] } };
}
