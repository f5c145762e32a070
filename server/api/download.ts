import { createApiContext } from "#server/api/context.ts";
import type { Context } from "#server/context.ts";
import { httpStatus, Problem } from "#server/errors.ts";
import { logger } from "#server/log.ts";

export type Download = { fileName: string; contentType: string; content: AsyncIterable<string> };

function readCookie(request: Request, name: string): string | undefined {
  const jar = request.headers.get("cookie") ?? "";
  const pair = jar.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

function refusal(error: unknown, requestId: string): Response {
  if (error instanceof Problem) {
    const { code, message, remedy } = error;
    return Response.json({ error: { code, message, remedy, requestId } }, { status: httpStatus[code] });
  }
  logger.error({ err: error, requestId }, "a download failed");
  return Response.json(
    { error: { code: "internal", message: "Something went wrong on our side.", requestId } },
    { status: 500 },
  );
}

/**
 * Answers a signed-in person's link with a file, streamed as it is made. Downloads can leave a trace (an export is an
 * event), so another site's page may not start one.
 */
export async function download(request: Request, make: (ctx: Context) => Promise<Download>): Promise<Response> {
  const { ctx, requestId } = await createApiContext({
    readCookie: (name) => readCookie(request, name),
    header: (name) => request.headers.get(name),
    via: "ui",
  });
  try {
    if (!ctx) throw new Problem("unauthenticated", "Sign in first.");
    if (request.headers.get("sec-fetch-site") === "cross-site")
      throw new Problem("forbidden", "This download was not started from the portal's own pages.");
    const { fileName, contentType, content } = await make(ctx);
    return new Response(streamOf(content), {
      headers: {
        "content-type": contentType,
        "content-disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "_")}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return refusal(error, requestId);
  }
}

function streamOf(content: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
