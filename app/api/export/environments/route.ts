import { download } from "#server/api/download.ts";
import { exportEnvironments, readExportQuestion } from "#server/environment/export-environments.ts";

export const dynamic = "force-dynamic";

/** All pages of the environments list under the same filter, as CSV with UTC times. */
export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return download(request, async (ctx) => exportEnvironments(ctx, await readExportQuestion(ctx, query)));
}
