import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

// Measured as a bundle, as the worker runs it: tsx wraps every closure to keep its name, which costs.
const outfile = join(process.cwd(), "dist", "rego-bench.mjs");
await build({
  entryPoints: ["server/command/rego-bench.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
await import(pathToFileURL(outfile).href);
