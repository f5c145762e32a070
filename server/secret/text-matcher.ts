/** Finds many texts in a stream of characters in one pass (Aho and Corasick). */
export type TextMatcher = {
  start: number;
  /** The state after one more character code. */
  next(state: number, code: number): number;
  /** How many of the last characters could be the beginning of a text. */
  depth(state: number): number;
  /** Length of the longest text that ends here, 0 for none. */
  matched(state: number): number;
};

export function createTextMatcher(texts: readonly string[]): TextMatcher {
  const edges: Map<number, number>[] = [new Map()];
  const depths = [0];
  const lengths = [0];
  for (const text of texts) insert(text, edges, depths, lengths);
  const fallbacks = linkFallbacks(edges, lengths);
  const next = (state: number, code: number): number => {
    for (let at = state; ; at = fallbacks[at]!) {
      const target = edges[at]!.get(code);
      if (target !== undefined) return target;
      if (at === 0) return 0;
    }
  };
  return { start: 0, next, depth: (state) => depths[state]!, matched: (state) => lengths[state]! };
}

function insert(text: string, edges: Map<number, number>[], depths: number[], lengths: number[]): void {
  let state = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let target = edges[state]!.get(code);
    if (target === undefined) {
      target = edges.push(new Map()) - 1;
      depths.push(i + 1);
      lengths.push(0);
      edges[state]!.set(code, target);
    }
    state = target;
  }
  lengths[state] = text.length;
}

/** Breadth first: each state's fallback is the longest proper suffix that is also a beginning. */
function linkFallbacks(edges: Map<number, number>[], lengths: number[]): number[] {
  const fallbacks = new Array<number>(edges.length).fill(0);
  const queue = [...edges[0]!.values()];
  for (let i = 0; i < queue.length; i++) {
    const state = queue[i]!;
    for (const [code, target] of edges[state]!) {
      let at = fallbacks[state]!;
      while (at !== 0 && !edges[at]!.has(code)) at = fallbacks[at]!;
      fallbacks[target] = edges[at]!.get(code) ?? 0;
      if (lengths[target] === 0) lengths[target] = lengths[fallbacks[target]!]!;
      queue.push(target);
    }
  }
  return fallbacks;
}
