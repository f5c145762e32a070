const firstSeconds = 2;
const longestSeconds = 300;

/** Seconds until the next try after `attempts` failed ones: doubling, bounded, spread by ±50 % so that a herd disperses. */
export function backOffSeconds(attempts: number, random: () => number = Math.random): number {
  const plain = Math.min(firstSeconds * 2 ** Math.max(0, attempts - 1), longestSeconds);
  return plain * (0.5 + random());
}
