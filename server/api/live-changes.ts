import { EventEmitter, on } from "node:events";
import pg from "pg";
import { config } from "#server/config.ts";
import { type Change, changeChannel } from "#server/job/notify-change.ts";
import { logger } from "#server/log.ts";

type Shared = typeof globalThis & { gantryLiveChanges?: EventEmitter };

/** Sent once the connection to the database is back: whatever happened meanwhile was not heard. */
export const reconnected: Change = { topic: "space", id: "*", spaceId: null };

const longestPause = 5_000;

/** One LISTEN connection for the process, whoever listens; comes back by itself. */
function changes(): EventEmitter {
  const shared = globalThis as Shared;
  if (shared.gantryLiveChanges) return shared.gantryLiveChanges;
  const emitter = new EventEmitter().setMaxListeners(0);
  shared.gantryLiveChanges = emitter;
  // Open streams would keep a stopping server waiting for its browsers.
  process.once("SIGTERM", () => emitter.emit("stop"));
  void keepListening(emitter);
  return emitter;
}

async function keepListening(emitter: EventEmitter): Promise<void> {
  for (let pause = 100, isFirst = true; ; pause = Math.min(pause * 2, longestPause), isFirst = false) {
    const client = new pg.Client({ connectionString: config().DATABASE_URL, application_name: "gantry live" });
    try {
      const ended = new Promise<void>((resolve) => {
        client.on("error", () => resolve());
        client.on("end", () => resolve());
      });
      await client.connect();
      client.on("notification", ({ payload }) => payload && emitter.emit("change", JSON.parse(payload) as Change));
      await client.query(`listen ${changeChannel}`);
      if (!isFirst) emitter.emit("change", reconnected);
      pause = 100;
      await ended;
    } catch (error) {
      logger.warn({ err: error }, "live updates lost the database");
    } finally {
      await client.end().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Changes of one space, and of the account, as they are committed; ends with `signal` or when the server stops. */
export async function* liveChanges(spaceId: string, signal: AbortSignal | undefined): AsyncGenerator<Change> {
  const emitter = changes();
  const stop = new AbortController();
  const halt = () => stop.abort();
  emitter.once("stop", halt);
  signal?.addEventListener("abort", halt);
  try {
    for await (const [change] of on(emitter, "change", { signal: stop.signal }) as AsyncIterable<[Change]>)
      if (change.spaceId === null || change.spaceId === spaceId) yield change;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    emitter.off("stop", halt);
    signal?.removeEventListener("abort", halt);
  }
}
