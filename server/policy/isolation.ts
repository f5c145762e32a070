import { config } from "#server/config.ts";
import { Isolation } from "#server/rego/isolated/isolation.ts";

type Shared = typeof globalThis & { gantryPolicyIsolation?: Isolation };

/**
 * The engine's own budget ends what is tried within a second; by force it is ended when that has failed, late enough that a
 * host which is short of time does not end what is small.
 */
const bounds = () => ({ size: 2, heapMb: 96, mostWaiting: 20, compileMs: 10_000, root: config().homeDir });

/** The threads of this process for what people try. Kept on globalThis: Next loads modules more than once in a process. */
export function policyIsolation(): Isolation {
  const shared = globalThis as Shared;
  shared.gantryPolicyIsolation ??= new Isolation(bounds());
  return shared.gantryPolicyIsolation;
}
