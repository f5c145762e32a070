import path from "node:path";
import { listFolders } from "#server/blueprint/revision/read-folder.ts";
import { findBlueprintFaults, readIconNames } from "./blueprint-findings.ts";

const dir = process.argv[2] ?? "blueprints";
const iconNames = readIconNames(process.cwd());
let passed = 0;
let failed = 0;

for (const name of listFolders(dir)) {
  const faults = await findBlueprintFaults(path.join(dir, name), iconNames);
  for (const fault of faults) console.error(`${name}: ${fault}`);
  if (faults.length === 0) passed += 1;
  else failed += 1;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
