import { download } from "#server/api/download.ts";
import { Problem } from "#server/errors.ts";
import { ReadLogInput, streamLog } from "#server/run/read-log.ts";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ environmentId: string }> };

/** The whole log of a run as text, times in UTC. */
export function GET(request: Request, { params }: Params): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return download(request, async (ctx) => {
    const { environmentId } = await params;
    const input = ReadLogInput.safeParse({ environmentId, runId: query.get("run") });
    if (!input.success) throw new Problem("bad_input", "Name a run of the environment.", { place: { path: "run" } });
    const { cursor: _cursor, ...question } = input.data;
    const lines = streamLog(ctx, question);
    // The first page is read before the answer begins, so that a refusal still has its own status.
    const first = await lines.next();
    async function* text() {
      for (let page = first; !page.done; page = await lines.next())
        yield page.value.map((line) => `${line.at.toISOString()} ${line.level.padEnd(5)} ${line.text}\n`).join("");
    }
    return { fileName: `${input.data.runId}.log`, contentType: "text/plain; charset=utf-8", content: text() };
  });
}
