import type { Blueprint, GrainKind } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { type ServingConnections, servingConnections } from "#server/space/connections.ts";

export type WhereItRuns = {
  agent: Blueprint["agent"];
  /** Name of the connection its Terraform grains get. */
  connection: string | null;
  /** The cloud a connection is missing to; its launches are simulated until somebody adds one. */
  missesConnectionTo: "aws" | "azure" | "gcp" | null;
};

type Part = Pick<Blueprint, "agent" | "cloud"> & { grainKinds: readonly string[] };

/** What this host's own driver can run for real. */
const runnable: readonly string[] = ["terraform", "opentofu", "shell"] satisfies readonly GrainKind[];
const connectable = (cloud: Blueprint["cloud"]) =>
  cloud === "aws" || cloud === "azure" || cloud === "gcp" ? cloud : null;

/** A blueprint for a cloud is simulated until its space has a connection that serves launches for that cloud. */
export function whereItRuns(blueprint: Part, connections: ServingConnections): WhereItRuns {
  const cloud = connectable(blueprint.cloud);
  const usable = cloud !== null && blueprint.grainKinds.every((kind) => runnable.includes(kind));
  const connection = (usable && connections[cloud]) || null;
  if (blueprint.agent === "local" || connection) return { agent: "local", connection, missesConnectionTo: null };
  return { agent: "simulator", connection: null, missesConnectionTo: usable ? cloud : null };
}

/** The same for a blueprint whose grains are at hand, as the space is connected now. */
export async function whereItWouldRun(
  ctx: Pick<Context, "db">,
  spaceId: string,
  blueprint: Pick<Blueprint, "agent" | "cloud" | "grains">,
): Promise<WhereItRuns> {
  const kinds = blueprint.grains.map(({ kind }) => kind);
  return whereItRuns({ ...blueprint, grainKinds: kinds }, await servingConnections(ctx, spaceId));
}
