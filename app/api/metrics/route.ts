import { readMetrics } from "#server/api/metrics.ts";
import { config } from "#server/config.ts";

export const dynamic = "force-dynamic";

/** Prometheus metrics. Where GANTRY_METRICS_TOKEN is set, only with it as a bearer token. */
export async function GET(request: Request): Promise<Response> {
  const { GANTRY_METRICS_TOKEN: token } = config();
  if (token && request.headers.get("authorization") !== `Bearer ${token}`)
    return new Response("A bearer token is needed.\n", { status: 401, headers: { "www-authenticate": "Bearer" } });
  const { contentType, text } = await readMetrics();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
