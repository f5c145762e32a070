import { database } from "#db/client.ts";
import { systemActor } from "#server/actor.ts";
import { createContext } from "#server/context.ts";
import { answerStateRequest } from "#server/run/terraform-door.ts";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ environment: string; grain: string }> };

/** Terraform's HTTP state backend for workers on other hosts; a worker on this one has a door of its own. */
async function answer(request: Request, { params }: Params): Promise<Response> {
  const { environment, grain } = await params;
  const ctx = createContext({ db: database(), actor: systemActor("worker"), via: "worker" });
  return answerStateRequest(ctx, { environmentId: environment, grain: decodeURIComponent(grain) }, request);
}

export { answer as GET, answer as POST };
