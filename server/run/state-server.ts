import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "#server/context.ts";
import type { Lease } from "#server/job/job.ts";
import { answerStateRequest } from "./terraform-door.ts";
import { largestState } from "./terraform-state.ts";

export type StateBackend = { address: string; lockAddress: string; username: string; password: string };

const servers = new WeakMap<object, Promise<number>>();

/**
 * Where the Terraform of a run finds its state: a door of the worker's own on the loopback address, so that a run does
 * not depend on the web process being up.
 */
export async function stateBackendFor(
  ctx: Context,
  owner: { environmentId: string; grain: string },
  lease: Lease,
): Promise<StateBackend> {
  let port = servers.get(ctx.db);
  if (!port) {
    port = openServer(ctx);
    servers.set(ctx.db, port);
  }
  const path = `/${owner.environmentId}/${encodeURIComponent(owner.grain)}`;
  const base = `http://127.0.0.1:${await port}${path}`;
  return { address: base, lockAddress: `${base}/lock`, username: String(lease.jobId), password: lease.token };
}

function openServer(ctx: Context): Promise<number> {
  const server = http.createServer((incoming, outgoing) => {
    answerNode(ctx, incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // A worker with nothing else to do may end.
      server.unref();
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function answerNode(ctx: Context, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const [, environmentId = "", grain = ""] = url.pathname.split("/");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > largestState) return void outgoing.writeHead(413).end();
    chunks.push(chunk as Buffer);
  }
  const headers = new Headers();
  for (const name of ["authorization", "content-md5"]) {
    const value = incoming.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const method = incoming.method ?? "GET";
  const body = method === "GET" ? {} : { body: Buffer.concat(chunks) };
  const request = new Request(url, { method, headers, ...body });
  const response = await answerStateRequest(ctx, { environmentId, grain: decodeURIComponent(grain) }, request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
