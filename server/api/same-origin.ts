import { config } from "#server/config.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Origins the portal answers at: the configured one, and on this machine each name of the loopback. */
function isOwnOrigin(origin: string, host: string | null): boolean {
  const own = new URL(config().publicUrl);
  try {
    const given = new URL(origin);
    if (given.origin === own.origin) return true;
    return loopback.has(own.hostname) && loopback.has(given.hostname) && given.host === host;
  } catch {
    return false;
  }
}

/**
 * A session travels by cookie, so a change must come from our own pages: a POST without Origin, or with a foreign one, or
 * of a type that a form could send, is refused.
 */
export function refuseForeignOrigin(request: Request): Response | undefined {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const origin = request.headers.get("origin");
  const isJson = /^application\/json\b/.test(request.headers.get("content-type") ?? "");
  if (origin && isJson && isOwnOrigin(origin, request.headers.get("host"))) return undefined;
  const message = "This request did not come from the portal's own pages, or is no JSON.";
  return Response.json({ error: { code: "forbidden", message } }, { status: 403 });
}
