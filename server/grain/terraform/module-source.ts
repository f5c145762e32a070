import fs from "node:fs";
import path from "node:path";
import { parse } from "@cdktn/hcl2json";
import { z } from "zod";

const Block = z.record(z.string(), z.unknown());
export type Block = z.infer<typeof Block>;
/** HCL's JSON form has a list of blocks, Terraform's own JSON also a single one. */
const Blocks = z.union([z.array(Block), Block.transform((one) => [one])]);
const File = z.object({
  provider: z.record(z.string(), Blocks).default({}),
  resource: z.record(z.string(), z.record(z.string(), Blocks)).default({}),
  data: z.record(z.string(), z.unknown()).default({}),
  module: z.record(z.string(), Blocks).default({}),
});

/** The blocks of one folder's files, as the author wrote them. */
export type ModuleBlocks = {
  /** By local name: `aws`, `google`. */
  providers: { name: string; body: Block }[];
  resources: { type: string; name: string; body: Block }[];
  /** Types of resources and data sources. */
  types: Set<string>;
  /** Folders of the blueprint's own that it calls as modules. */
  calls: string[];
};

/** Reads `.tf` and `.tf.json`. A file that can't be read is Terraform's to complain about. */
export async function readModule(folder: string, ours: readonly string[] = []): Promise<ModuleBlocks> {
  const blocks: ModuleBlocks = { providers: [], resources: [], types: new Set(), calls: [] };
  for (const name of fs.readdirSync(folder)) {
    if (!/\.tf(\.json)?$/.test(name) || ours.includes(name)) continue;
    const read = File.safeParse(await readFile(path.join(folder, name)));
    if (read.success) addFile(blocks, folder, read.data);
  }
  return blocks;
}

async function readFile(file: string): Promise<unknown> {
  try {
    const text = fs.readFileSync(file, "utf8");
    return file.endsWith(".json") ? JSON.parse(text) : await parse(path.basename(file), text);
  } catch {
    return null;
  }
}

function addFile(blocks: ModuleBlocks, folder: string, file: z.infer<typeof File>): void {
  for (const [name, bodies] of Object.entries(file.provider))
    for (const body of bodies) blocks.providers.push({ name, body });
  for (const [type, named] of Object.entries(file.resource)) {
    blocks.types.add(type);
    for (const [name, bodies] of Object.entries(named))
      for (const body of bodies) blocks.resources.push({ type, name, body });
  }
  for (const type of Object.keys(file.data)) blocks.types.add(type);
  for (const { source } of Object.values(file.module).flat())
    if (typeof source === "string" && /^\.\.?(\/|$)/.test(source)) blocks.calls.push(path.resolve(folder, source));
}

/** A module and all that it calls inside `boundary`, by folder; the root first. */
export async function readModules(
  root: string,
  boundary: string,
  ours: readonly string[],
): Promise<Map<string, ModuleBlocks>> {
  const found = new Map<string, ModuleBlocks>();
  const waiting = [root];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const isInside = folder === boundary || folder.startsWith(boundary + path.sep);
    if (found.has(folder) || !isInside || !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    const blocks = await readModule(folder, ours);
    found.set(folder, blocks);
    waiting.push(...blocks.calls);
  }
  return found;
}
