export const dynamic = "force-dynamic";

/** This process lives. Says nothing about the database: see /api/ready. */
export function GET(): Response {
  return Response.json({ status: "ok", pid: process.pid }, { headers: { "cache-control": "no-store" } });
}
