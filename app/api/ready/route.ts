import { sql } from "drizzle-orm";
import { database } from "#db/client.ts";

export const dynamic = "force-dynamic";

/** This process can serve: the database answers. 503 with the reason otherwise. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    await database().execute(sql`select 1`);
    return Response.json({ status: "ready", pid: process.pid }, { headers });
  } catch {
    return Response.json({ status: "unavailable", reason: "The database does not answer." }, { status: 503, headers });
  }
}
