const prefix = "plan:";

/** The key of a decision's inputs under which the real plan of a grain is kept. */
export const planKey = (grain: string) => `${prefix}${grain}`;

/** The real plans among a decision's inputs, by grain. */
export function realPlansIn(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(inputs).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(kept.map(([key, plan]) => [key.slice(prefix.length), plan]));
}
