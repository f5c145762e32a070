/** Numbers between 0 and 1 that look random and are the same for the same seed, so that two runs measure the same rows. */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the items; throws when there are none. */
export function oneOf<T>(items: readonly T[], draw: () => number): T {
  const item = items[Math.floor(draw() * items.length)];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

/** A UUID of drawn numbers. */
export function drawId(draw: () => number): string {
  const part = () =>
    Math.floor(draw() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  const hex = part() + part() + part() + part();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
