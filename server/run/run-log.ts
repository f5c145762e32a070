import { setTimeout as later } from "node:timers/promises";
import { logLines } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { LogLevel } from "#server/grain/driver.ts";
import { longestLine } from "#server/grain/process/output-lines.ts";
import { plainText } from "#server/grain/process/terminal-text.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { createRedactor } from "#server/secret/redactor.ts";

const flushAfterMs = 250;
const batchSize = 500;
export const mostLinesPerStep = 100_000;

type Line = typeof logLines.$inferInsert;

export type RunLog = {
  write(stepId: string | null, level: LogLevel, text: string): void;
  /** From now on these values are masked, also in lines not yet written. */
  hide(values: readonly string[]): void;
  redact(text: string): string;
  /** Resolves when all lines so far are stored; throws when the database refuses. */
  flush(): Promise<void>;
};

/** The log of one run. Lines are stored in batches and in order; what is secret is masked just before that. */
export function openRunLog(
  ctx: Context,
  run: { id: string; environmentId: string; spaceId: string },
  mostLines = mostLinesPerStep,
): RunLog {
  const secrets = new Set<string>();
  let redactor = createRedactor([]);
  const redact = (text: string) => redactor(text) + redactor.flush();
  const counts = new Map<string | null, number>();
  let waiting: Line[] = [];
  let chain: Promise<void> = Promise.resolve();
  let timer: AbortController | undefined;

  const store = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      crashpoint("log.before-flush");
      await ctx.db.insert(logLines).values(batch.map((line) => ({ ...line, text: bounded(redact(line.text)) })));
      waiting = waiting.slice(batch.length);
      crashpoint("log.after-flush");
      await notifyChange(ctx, { topic: "log", id: run.environmentId, spaceId: run.spaceId });
    }
  };
  const flush = () => {
    timer?.abort();
    timer = undefined;
    chain = chain.catch(() => undefined).then(store);
    return chain;
  };
  const flushSoon = () => {
    if (timer) return;
    timer = new AbortController();
    // A refusal here is met again, and reported, by the flush at the step's end.
    later(flushAfterMs, undefined, { signal: timer.signal })
      .then(flush)
      .catch(() => undefined);
  };
  const add = (stepId: string | null, level: LogLevel, text: string) => {
    waiting.push({ environmentId: run.environmentId, runId: run.id, stepId, level, text, at: ctx.clock.now() });
  };
  return {
    write(stepId, level, text) {
      for (const line of plainText(text).split("\n")) {
        const count = (counts.get(stepId) ?? 0) + 1;
        counts.set(stepId, count);
        if (count <= mostLines) add(stepId, level, line);
        if (count === mostLines + 1)
          add(stepId, "warn", `… [log truncated: this step wrote more than ${mostLines} lines]`);
      }
      flushSoon();
    },
    hide(values) {
      const before = secrets.size;
      for (const value of values) secrets.add(value);
      if (secrets.size > before) redactor = createRedactor([...secrets]);
    },
    redact,
    flush,
  };
}

function bounded(text: string): string {
  return text.length <= longestLine + 40 ? text : `${text.slice(0, longestLine)} … [line truncated]`;
}
