const mostBytes = 512 * 1024;

/** Why an answer was cut off. */
export class AnswerTooLong extends Error {}

function bounded(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let seen = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > mostBytes) controller.error(new AnswerTooLong(`The answer is longer than ${mostBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(counter);
}

/**
 * The fetch that providers use: it goes to the configured address only, so that a redirect never carries the key or the
 * prompt elsewhere, and reads so much of an answer and no more.
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: "error" });
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  return new Response(bounded(response.body), { status, statusText, headers });
};
