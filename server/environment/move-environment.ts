import { and, eq } from "drizzle-orm";
import { type EnvironmentState, environments, environmentTransitions } from "#db/schema/environment.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { billableStates, type LifecycleEvent, nextState } from "./lifecycle.ts";

export type Environment = typeof environments.$inferSelect;
type Changes = Partial<
  Pick<
    Environment,
    | "activeAt"
    | "endedAt"
    | "endsAt"
    | "leftovers"
    | "outputs"
    | "sealedOutputs"
    | "driftState"
    | "decisionId"
    | "planHash"
  >
>;
type Move = { reason?: string; set?: Changes };

/** Writes down that an environment came to a state, and what it costs from now on. */
export async function recordTransition(
  tx: Context,
  environment: Environment,
  step: { event: string; from: EnvironmentState | null; reason?: string | undefined },
): Promise<void> {
  const isBilled = (billableStates as readonly EnvironmentState[]).includes(environment.state);
  await tx.db.insert(environmentTransitions).values({
    environmentId: environment.id,
    spaceId: environment.spaceId,
    event: step.event,
    fromState: step.from,
    toState: environment.state,
    hourlyCost: isBilled ? environment.hourlyCost : "0",
    actor: recordActor(tx.actor),
    at: tx.clock.now(),
  });
  await recordEvent(tx, {
    action: "environment.moved",
    spaceId: environment.spaceId,
    object: environmentObject(environment),
    data: { event: step.event, from: step.from, to: environment.state, ...(step.reason && { reason: step.reason }) },
  });
  await notifyChange(tx, { topic: "environment", id: environment.id, spaceId: environment.spaceId });
}

/**
 * The only writer of an environment's state. Conditional on the state the caller saw: of two that race, one gets a
 * conflict. An event that the state does not know is refused.
 */
export async function moveEnvironment(
  tx: Context,
  environment: Environment,
  event: LifecycleEvent,
  { reason, set = {} }: Move = {},
): Promise<Environment> {
  const state = nextState(environment.state, event);
  if (!state)
    throw new Problem(
      "conflict",
      `The environment is ${environment.state.replaceAll("_", " ")}; ${event} is not possible now.`,
    );
  const [moved] = await tx.db
    .update(environments)
    .set({ ...set, state, stateSince: tx.clock.now(), stateReason: reason ?? "" })
    .where(and(eq(environments.id, environment.id), eq(environments.state, environment.state)))
    .returning();
  if (!moved) throw new Problem("conflict", "The environment changed meanwhile. Reload and try again.");
  await recordTransition(tx, moved, { event, from: environment.state, reason });
  crashpoint("environment.move-before-commit");
  return moved;
}
