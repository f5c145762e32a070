// The portal's tRPC door without its pages: the web process of rehearsals where there is no build.
import { createServer, type IncomingMessage } from "node:http";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { encode } from "next-auth/jwt";
import { database } from "#db/client.ts";
import { createApiContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/router.ts";
import { refuseForeignOrigin } from "#server/api/same-origin.ts";
import { sessionCookieName, sessionSecret, tokenFor } from "#server/auth/session-token.ts";
import { signInToDemo, visitor } from "#server/auth/sign-in.ts";
import { config } from "#server/config.ts";
import { createContext } from "#server/context.ts";

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const body: Buffer[] = [];
  for await (const chunk of incoming) body.push(chunk);
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    ...(body.length > 0 && { body: Buffer.concat(body) }),
  });
}

async function signInAnswer(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const ctx = createContext({ db: database(), actor: visitor, via: "ui" });
  const signedIn = await signInToDemo(ctx, { email: form.get("email") ?? "" });
  const token = await encode({ token: { ...tokenFor(signedIn, new Date()) }, secret: sessionSecret() });
  return new Response("{}", { headers: { "set-cookie": `${sessionCookieName(config())}=${token}; Path=/` } });
}

function procedure(request: Request): Response | Promise<Response> {
  const cookies = new Map(
    (request.headers.get("cookie") ?? "").split("; ").map((pair) => pair.split(/=(.*)/s) as [string, string]),
  );
  const createContextOf = () =>
    createApiContext({
      readCookie: (name) => cookies.get(name),
      header: (name) => request.headers.get(name),
      via: "ui",
    });
  return (
    refuseForeignOrigin(request) ??
    fetchRequestHandler({ endpoint: "/api/trpc", req: request, router: appRouter, createContext: createContextOf })
  );
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/api/ready") return Response.json({ status: "ready", pid: process.pid });
  if (pathname === "/api/auth/csrf") return Response.json({ csrfToken: "none" });
  if (pathname === "/api/auth/callback/demo") return signInAnswer(request);
  return procedure(request);
}

createServer(async (incoming, outgoing) => {
  const response = await answer(await requestOf(incoming));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(config().PORT, "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
