import { createHash } from "node:crypto";
import { z } from "zod";
import { type Context, inTransaction } from "#server/context.ts";
import { httpStatus, Problem } from "#server/errors.ts";
import type { Lease } from "#server/job/job.ts";
import {
  largestState,
  lockState,
  readState,
  requireJob,
  type StateOwner,
  unlockState,
  writeState,
} from "./terraform-state.ts";

const Info = z.looseObject({ ID: z.string().min(1).max(200) });
const Credentials = z.tuple([z.coerce.number().int().positive(), z.uuid()]);

/**
 * Terraform's HTTP state backend. The user name is the number of the job and the password its lease's token, so that the
 * right to the state ends the moment the lease does.
 */
export async function answerStateRequest(ctx: Context, owner: StateOwner, request: Request): Promise<Response> {
  try {
    const lease = readLease(request.headers.get("authorization"));
    if (!lease)
      return new Response("Unauthorized", { status: 401, headers: { "www-authenticate": 'Basic realm="gantry"' } });
    return await answer(ctx, owner, { request, lease });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return new Response(error.message, { status: httpStatus[error.code] });
  }
}

async function answer(
  ctx: Context,
  owner: StateOwner,
  { request, lease }: { request: Request; lease: Lease },
): Promise<Response> {
  const lockId = new URL(request.url).searchParams.get("ID");
  switch (request.method) {
    case "GET": {
      await inTransaction(ctx, (tx) => requireJob(tx, owner, lease));
      const state = await readState(ctx, owner);
      return state === null ? new Response(null, { status: 204 }) : json(state);
    }
    case "POST": {
      const text = await readBody(request);
      await writeState(ctx, owner, { text, lockId, lease });
      return new Response(null, { status: 200 });
    }
    case "LOCK": {
      const info = readInfo(await readBody(request));
      const taken = await lockState(ctx, owner, { info, lease });
      return taken.locked ? new Response(null, { status: 200 }) : json(JSON.stringify(taken.holder), 423);
    }
    case "UNLOCK": {
      const body = await readBody(request);
      await unlockState(ctx, owner, { lockId: body ? readInfo(body).ID : null, lease });
      return new Response(null, { status: 200 });
    }
    default:
      return new Response("The state can be read, written, locked and unlocked.", { status: 405 });
  }
}

const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { "content-type": "application/json" } });

/** Reads the body whole, and checks it against the digest that Terraform sends along. */
async function readBody(request: Request): Promise<string> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > largestState) throw new Problem("too_large", `More than ${largestState} bytes.`);
  const digest = request.headers.get("content-md5");
  if (digest && createHash("md5").update(bytes).digest("base64") !== digest)
    throw new Problem("bad_input", "The body does not match its Content-MD5.");
  return bytes.toString("utf8");
}

function readInfo(text: string): z.infer<typeof Info> {
  try {
    return Info.parse(JSON.parse(text));
  } catch {
    throw new Problem("bad_input", "This is not what Terraform says of a lock.");
  }
}

function readLease(header: string | null): Lease | null {
  const [scheme, encoded = ""] = header?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "basic") return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const parsed = Credentials.safeParse(text.split(":"));
  return parsed.success ? { jobId: parsed.data[0], token: parsed.data[1] } : null;
}
