import pg from "pg";
import { jobChannel } from "#server/job/enqueue-job.ts";
import { logger } from "#server/log.ts";

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** Calls `wake` whenever a job is queued anywhere; reconnects by itself. Polling covers what is missed meanwhile. */
export function listenForJobs(url: string, wake: () => void): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = firstPauseMs;

  const again = () => {
    if (stopped) return;
    timer = setTimeout(() => void connect(), pause);
    pause = Math.min(pause * 2, longestPauseMs);
  };
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    client = next;
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      next.end().catch(() => undefined);
      again();
    };
    next.on("error", (error) => {
      logger.warn({ err: error }, "The connection that hears of new jobs broke.");
      over();
    });
    next.on("end", over);
    next.on("notification", wake);
    try {
      await next.connect();
      await next.query(`listen ${jobChannel}`);
      pause = firstPauseMs;
      wake();
    } catch {
      over();
    }
  };
  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
