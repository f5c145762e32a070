import { isAgentName } from "#server/agent/agent.ts";
import type { GrainKind } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { GrainDriver } from "#server/grain/driver.ts";
import { drivers } from "#server/grain/drivers.ts";
import { simulatedDriver } from "./simulated-driver.ts";

/** Whether a kind of grain can take over what drifted on an agent. */
export function canAccept(ctx: Context, agent: string, kind: GrainKind): boolean {
  return chooseDriver(ctx, agent, kind).accept !== undefined;
}

/** What runs a kind of grain on an agent. */
export function chooseDriver(ctx: Context, agent: string, kind: GrainKind): GrainDriver {
  if (!isAgentName(agent))
    throw new Problem("unavailable", `There is no agent named ${JSON.stringify(agent)}.`, {
      remedy: "Choose local or simulator.",
    });
  return agent === "simulator" ? simulatedDriver(ctx) : drivers[kind];
}
