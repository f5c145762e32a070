import { build } from "esbuild";

/** Bundles the worker for where TypeScript is not loaded: `node server/rego/isolated/build-worker.mjs`. */
export function buildRegoWorker(root = process.cwd()) {
  return build({
    absWorkingDir: root,
    entryPoints: ["server/rego/isolated/worker.ts"],
    outfile: "dist/rego-worker.mjs",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
}

if (process.argv[1]?.endsWith("build-worker.mjs")) await buildRegoWorker();
