import type { EnvironmentState } from "#db/schema/environment.ts";

type Facts = { state: EnvironmentState; endsAt: Date | null };

/** What time alone makes of an environment: pure, so that every hour of every zone can be tested. */
export function dueEvent(environment: Facts, now: Date): "terminate" | undefined {
  const isOver = environment.endsAt !== null && environment.endsAt <= now;
  const isRunning =
    environment.state === "active" || environment.state === "updating" || environment.state === "launch_failed";
  return isOver && isRunning ? "terminate" : undefined;
}
