import { duration } from "#app/_ui/time/format-time.ts";

type Usual = { p50Seconds: number; p95Seconds: number; runs: number };

/** How long launches of this took, from the records; too few promise nothing. */
export function ReadyTime({ usual, launches }: { usual: Usual | null; launches: number }) {
  if (usual) {
    const [usually, atMost] = [duration(usual.p50Seconds * 1000), duration(usual.p95Seconds * 1000)];
    return (
      <span>
        ready in {usually === atMost ? `about ${usually}` : `${usually} to ${atMost}`} ({usual.runs} runs)
      </span>
    );
  }
  if (launches === 0) return <span>never launched here</span>;
  return <span>{launches === 1 ? "1 launch" : `${launches} launches`}, too few for a usual time</span>;
}
