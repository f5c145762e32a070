import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The bundled worker where there is one of these sources; in a source tree the worker itself, through tsx. */
export function findWorkerFile(root: string): string {
  const bundled = join(root, "dist", "rego-worker.mjs");
  const sources = join(root, "server", "rego");
  const source = join(sources, "isolated", "source-worker.mjs");
  const isBundled = existsSync(bundled);
  if (!existsSync(source)) {
    if (isBundled) return bundled;
    throw new Error(`Neither ${bundled} nor ${source} exists: run \`npm run build:rego-worker\`.`);
  }
  return isBundled && statSync(bundled).mtimeMs >= newest(sources) ? bundled : source;
}

/** When a source was last written: a bundle that is older would answer as the engine did before. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const engine = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  return engine.reduce((latest, file) => Math.max(latest, statSync(join(folder, file)).mtimeMs), 0);
}
