import { sql } from "drizzle-orm";
import { database } from "#db/client.ts";
import { configuredOpa } from "#server/policy/choose-evaluator.ts";

export const dynamic = "force-dynamic";

/**
 * This process can serve: the database answers; 503 with the reason otherwise. An OPA that does not answer makes it
 * *degraded*: every launch is denied meanwhile, while all else goes on.
 */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    await database().execute(sql`select 1`);
  } catch {
    return Response.json({ status: "unavailable", reason: "The database does not answer." }, { status: 503, headers });
  }
  const opa = await configuredOpa()?.health();
  const { pid } = process;
  if (!opa) return Response.json({ status: "ready", pid }, { headers });
  const policies = { engine: opa.engine ?? "opa", isHealthy: opa.isHealthy, message: opa.message };
  if (opa.isHealthy) return Response.json({ status: "ready", pid, policies }, { headers });
  const reason = `Policies cannot be asked, so every launch is denied: ${opa.message}`;
  return Response.json({ status: "degraded", pid, reason, policies }, { headers });
}
