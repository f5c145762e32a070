import { config } from "#server/config.ts";
import { Isolation } from "#server/rego/isolated/isolation.ts";

type Shared = typeof globalThis & { gantryPolicyIsolation?: Isolation };

/** The threads of this process for what people try. Kept on globalThis: Next loads modules more than once in a process. */
export function policyIsolation(): Isolation {
  const shared = globalThis as Shared;
  shared.gantryPolicyIsolation ??= new Isolation({ size: 2, heapMb: 96, mostWaiting: 20, root: config().homeDir });
  return shared.gantryPolicyIsolation;
}
