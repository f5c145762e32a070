import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { OpaEvaluator } from "#server/policy/opa-evaluator.ts";

export type Readiness = { status: 200 | 503; body: Record<string, unknown> };

/**
 * Whether this process can serve: the database answers. An OPA that cannot be asked makes it *degraded*, not unready: every
 * launch is denied meanwhile, while all else goes on, teardown and the audit trail first.
 */
export async function findReadiness(db: Db, opa: Pick<OpaEvaluator, "health"> | undefined): Promise<Readiness> {
  try {
    await db.execute(sql`select 1`);
  } catch {
    return { status: 503, body: { status: "unavailable", reason: "The database does not answer." } };
  }
  const health = await opa?.health();
  const { pid } = process;
  if (!health) return { status: 200, body: { status: "ready", pid } };
  const policies = { engine: health.engine ?? "opa", isHealthy: health.isHealthy, message: health.message };
  if (health.isHealthy) return { status: 200, body: { status: "ready", pid, policies } };
  const reason = `Policies cannot be asked, so every launch is denied: ${health.message}`;
  return { status: 200, body: { status: "degraded", pid, reason, policies } };
}
