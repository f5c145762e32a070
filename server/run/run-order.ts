export type Part = { name: string; after: readonly string[] };
export type PartState = "succeeded" | "failed" | "skipped" | "cancelled";

/** Names in an order in which each comes after what it depends on. Unknown and circular dependencies are ignored. */
export function inOrder(parts: readonly Part[]): string[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const ordered = new Set<string>();
  const visit = (part: Part, path: ReadonlySet<string>) => {
    for (const name of part.after) {
      const earlier = byName.get(name);
      if (earlier && !path.has(name) && !ordered.has(name)) visit(earlier, new Set([...path, name]));
    }
    ordered.add(part.name);
  };
  for (const part of parts) if (!ordered.has(part.name)) visit(part, new Set([part.name]));
  return [...ordered];
}

/** The same parts to be taken down: each after those that depend on it. */
export function reversed(parts: readonly Part[]): Part[] {
  const names = inOrder(parts).reverse();
  return names.map((name) => ({
    name,
    after: parts.filter((part) => part.after.includes(name)).map((part) => part.name),
  }));
}

/**
 * Does the parts, several at a time, each after those it depends on. After a failure nothing new begins, unless
 * `continuePastFailures`; parts never begun are missing from the result. A thrown error ends everything: it is rethrown
 * once the parts under way are done.
 */
export async function runInOrder(
  parts: readonly Part[],
  work: (name: string) => Promise<PartState>,
  options: { atOnce: number; continuePastFailures?: boolean },
): Promise<Map<string, PartState>> {
  const names = new Set(parts.map(({ name }) => name));
  const order = inOrder(parts);
  const waiting = new Map(
    order.map((name, position) => {
      const { after } = parts.find((part) => part.name === name)!;
      // Only what comes earlier counts, so that a circle can't wait for itself.
      return [name, after.filter((other) => names.has(other) && order.indexOf(other) < position)];
    }),
  );
  const done = new Map<string, PartState>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];
  const mayBegin = () => errors.length === 0 && (options.continuePastFailures || ![...done.values()].some(isEnd));
  for (;;) {
    for (const [name, after] of waiting) {
      if (!mayBegin() || running.size >= options.atOnce || !after.every((other) => done.has(other))) continue;
      waiting.delete(name);
      const part = work(name)
        .then((state) => void done.set(name, state))
        .catch((error: unknown) => void errors.push(error))
        .finally(() => running.delete(name));
      running.set(name, part);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (errors.length > 0) throw errors[0];
  return done;
}

const isEnd = (state: PartState) => state === "failed" || state === "cancelled";
