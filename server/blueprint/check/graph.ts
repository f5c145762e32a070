type Vertex = { name: string; dependsOn: readonly string[] };

/** The first ring of dependencies, in order and closed: `["a", "b", "a"]`. Null when there is none. */
export function findCycle(vertices: readonly Vertex[]): string[] | null {
  const byName = new Map(vertices.map((vertex) => [vertex.name, vertex]));
  const done = new Set<string>();
  const walk = (name: string, trail: string[]): string[] | null => {
    const start = trail.indexOf(name);
    if (start >= 0) return [...trail.slice(start), name];
    if (done.has(name)) return null;
    for (const next of byName.get(name)?.dependsOn ?? []) {
      const cycle = walk(next, [...trail, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return null;
  };
  for (const { name } of vertices) {
    const cycle = walk(name, []);
    if (cycle) return cycle;
  }
  return null;
}

/** Everything `name` waits for, directly or through others. */
export function upstreamOf(vertices: readonly Vertex[], name: string): Set<string> {
  const byName = new Map(vertices.map((vertex) => [vertex.name, vertex]));
  const found = new Set<string>();
  const open = [...(byName.get(name)?.dependsOn ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byName.get(next)?.dependsOn ?? []));
  }
  return found;
}
