import { database } from "#db/client.ts";
import { findReadiness } from "#server/api/readiness.ts";
import { configuredOpa } from "#server/policy/choose-evaluator.ts";

export const dynamic = "force-dynamic";

/** This process can serve; 503 with the reason otherwise. */
export async function GET(): Promise<Response> {
  const { status, body } = await findReadiness(database(), configuredOpa());
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
