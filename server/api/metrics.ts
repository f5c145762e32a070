import { sql } from "drizzle-orm";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { database } from "#db/client.ts";
import { environments } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";

type Shared = typeof globalThis & { gantryMetrics?: Registry };

/** One registry a process: Next may load this module more than once. */
function registry(): Registry {
  const shared = globalThis as Shared;
  if (shared.gantryMetrics) return shared.gantryMetrics;
  const register = new Registry();
  collectDefaultMetrics({ register });
  new Gauge({
    name: "gantry_environments",
    help: "Environments by state.",
    labelNames: ["state"],
    registers: [register],
    async collect() {
      this.reset();
      const rows = await database()
        .select({ state: environments.state, n: sql<number>`count(*)::int` })
        .from(environments)
        .groupBy(environments.state);
      for (const { state, n } of rows) this.set({ state }, n);
    },
  });
  new Gauge({
    name: "gantry_jobs",
    help: "Jobs by state.",
    labelNames: ["state"],
    registers: [register],
    async collect() {
      this.reset();
      const rows = await database()
        .select({ state: jobs.state, n: sql<number>`count(*)::int` })
        .from(jobs)
        .groupBy(jobs.state);
      for (const { state, n } of rows) this.set({ state }, n);
    },
  });
  shared.gantryMetrics = register;
  return register;
}

/** All metrics in the Prometheus text format, read now. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  const register = registry();
  return { contentType: register.contentType, text: await register.metrics() };
}
