export const renewEveryMs = 10 * 60_000;

type Page = { now(): number; isVisible(): boolean; renew(): Promise<unknown> };

/**
 * What a page does for its session, at each tick of its clock and whenever it comes into view: one that is in view renews
 * it, at most so often; one in the background lets it run out.
 */
export function keepRenewed({ now, isVisible, renew }: Page): () => void {
  let last = now();
  return () => {
    if (!isVisible() || now() - last < renewEveryMs) return;
    last = now();
    // A missed renewal is no failure of the page: the next one, or the next question to the server, tells.
    renew().catch(() => undefined);
  };
}
