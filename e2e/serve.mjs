// @ts-check
// The portal for the journeys: a first start on an empty data folder of its own.
import fs from "node:fs";
import path from "node:path";

const data = process.env.GANTRY_DATA_DIR;
if (!data || !["e2e", "e2e-model"].includes(path.basename(data)))
  throw new Error("Set GANTRY_DATA_DIR to a folder called e2e or e2e-model: it is emptied.");
const pidFile = path.join(data, "postgres/postmaster.pid");
if (fs.existsSync(pidFile)) {
  // A run that was cut off may have left its database server behind.
  const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
  try {
    process.kill(pid, "SIGINT");
    for (let i = 0; i < 200 && fs.existsSync(pidFile); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  } catch {
    // It is gone already.
  }
}
fs.rmSync(data, { recursive: true, force: true });
await import("../start.mjs");
