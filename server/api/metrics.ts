import { eq, sql } from "drizzle-orm";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { database } from "#db/client.ts";
import { auditHead } from "#db/schema/audit.ts";
import { environments } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";
import { readProgress, readWhole } from "#server/audit/verified.ts";
import { config } from "#server/config.ts";

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
  addAuditMetrics(register);
  shared.gantryMetrics = register;
  return register;
}

/** How far the trail is, how far it was verified, when, and whether something is wrong with it. */
function addAuditMetrics(register: Registry): void {
  const gauge = (name: string, help: string, read: (dataDir: string) => Promise<number | null> | number | null) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        const value = await read(config().dataDir);
        this.reset();
        if (value !== null) this.set(value);
      },
    });
  const secondsOf = (at: string | undefined) => (at ? Date.parse(at) / 1000 : null);
  gauge("gantry_audit_events", "Events in the audit trail.", async () => {
    const [head] = await database().select({ seq: auditHead.seq }).from(auditHead).where(eq(auditHead.id, 1));
    return head?.seq ?? null;
  });
  gauge("gantry_audit_verified_events", "Events verified so far.", (dir) => readProgress(dir)?.seq ?? null);
  gauge(
    "gantry_audit_whole_verified_timestamp_seconds",
    "When the whole trail was last verified from its start.",
    (dir) => secondsOf(readWhole(dir)?.at),
  );
  gauge("gantry_audit_fault", "1 when a verification found the trail broken, 0 when not.", (dir) =>
    (readProgress(dir)?.fault ?? readWhole(dir)?.fault) ? 1 : 0,
  );
}

/** All metrics in the Prometheus text format, read now. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  const register = registry();
  return { contentType: register.contentType, text: await register.metrics() };
}
