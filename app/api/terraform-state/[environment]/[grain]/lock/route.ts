import { database } from "#db/client.ts";
import { systemActor } from "#server/actor.ts";
import { createContext } from "#server/context.ts";
import { answerStateRequest } from "#server/run/terraform-door.ts";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ environment: string; grain: string }> };

/** Next routes know no LOCK and UNLOCK: `lock_method = "POST"`, `unlock_method = "DELETE"`. */
const methods: Record<string, string> = { POST: "LOCK", DELETE: "UNLOCK" };

async function answer(request: Request, { params }: Params): Promise<Response> {
  const { environment, grain } = await params;
  const ctx = createContext({ db: database(), actor: systemActor("worker"), via: "worker" });
  const { url, headers } = request;
  const asked = new Request(url, { method: methods[request.method] ?? "", headers, body: await request.arrayBuffer() });
  return answerStateRequest(ctx, { environmentId: environment, grain: decodeURIComponent(grain) }, asked);
}

export { answer as DELETE, answer as POST };
