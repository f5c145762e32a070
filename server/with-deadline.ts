/**
 * Runs work that must end: at the deadline its signal aborts and the caller goes on at once, whether the work heeds the
 * signal or not. `AbortSignal.timeout` alone is not enough: a signal that only a pending read refers to may be collected
 * before it fires, and the read then never ends.
 */
export async function withDeadline<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const late = new DOMException("The deadline has passed.", "TimeoutError");
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort(late);
      reject(late);
    }, timeoutMs);
  });
  const working = work(controller.signal);
  // After the deadline nobody waits for it any more.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
