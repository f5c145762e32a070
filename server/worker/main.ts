import { closeDatabase, database } from "#db/client.ts";
import { systemActor } from "#server/actor.ts";
import { config } from "#server/config.ts";
import { createContext } from "#server/context.ts";
import { whyOnDisk } from "#server/grain/secret-folder.ts";
import { findCliConfig } from "#server/grain/terraform/cli-config.ts";
import { plainError } from "#server/job/job.ts";
import { logger } from "#server/log.ts";
import { handlers } from "./handlers.ts";
import { listenForJobs } from "./listen.ts";
import { startWorker } from "./loop.ts";
import { startSchedule } from "./schedule.ts";

const settings = config();
const url = settings.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set. Start Gantry with `npm start`, which sets it.");
const ctx = createContext({ db: database(), actor: systemActor("worker"), via: "worker" });
const worker = startWorker(ctx, handlers, {
  concurrency: settings.WORKER_CONCURRENCY,
  leaseSeconds: settings.JOB_LEASE_SECONDS,
  graceSeconds: settings.WORKER_GRACE_SECONDS,
});
const schedule = startSchedule({ ...ctx, actor: systemActor("schedule"), via: "schedule" });
const ears = listenForJobs(url, worker.wake);
logger.info({ worker: worker.id, concurrency: settings.WORKER_CONCURRENCY }, "The worker is ready.");
const { problem } = findCliConfig();
if (problem) logger.warn(problem);
const onDisk = whyOnDisk();
if (onDisk)
  logger.warn(
    { dataDir: settings.dataDir },
    `Plans, variables and outputs lie on the disk while steps run, readable by this user alone. ${onDisk}`,
  );

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ signal, graceSeconds: settings.WORKER_GRACE_SECONDS }, "The worker stops: it takes no new jobs.");
  schedule.stop();
  await worker.stop();
  await ears.stop();
  await closeDatabase();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
process.on("unhandledRejection", (error) => logger.error({ err: plainError(error) }, "A rejection nobody handled."));
