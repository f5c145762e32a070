type Described<Key> = { key: Key; values: Record<string, unknown> };

/** Pairs what was wanted with what is there, the most alike first; each is used once. */
export function pairByLikeness<Wanted, Found>(
  wanted: readonly Described<Wanted>[],
  found: readonly Described<Found>[],
): Map<Wanted, Found> {
  const scored = wanted
    .flatMap((want) =>
      found.map((one) => ({ want: want.key, one: one.key, likeness: likeness(want.values, one.values) })),
    )
    .sort((left, right) => right.likeness - left.likeness);
  const pairs = new Map<Wanted, Found>();
  const used = new Set<Found>();
  for (const { want, one } of scored) {
    if (pairs.has(want) || used.has(one)) continue;
    pairs.set(want, one);
    used.add(one);
  }
  return pairs;
}

function likeness(planned: Record<string, unknown>, actual: Record<string, unknown>): number {
  const both = Object.keys(planned).filter((name) => actual[name] !== undefined && actual[name] !== null);
  const equal = both.filter((name) => planned[name] === actual[name]).length;
  return 2 * equal - both.length;
}
