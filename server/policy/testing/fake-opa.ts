import http from "node:http";
import type { AddressInfo } from "node:net";
import { compile, evaluateRule, isRegoErrors } from "#server/rego/engine.ts";

/** How the next answers go wrong. */
type Fault = "none" | "silent" | "broken" | "unhealthy" | "proxied";

export type FakeOpa = {
  url: string;
  modules: Map<string, string>;
  /** Bodies of all questions, as sent. */
  questions: string[];
  fault: Fault;
  /** What every question is asked with, and the token that is wanted, where one is. */
  parameters: string[];
  token: string | undefined;
  close(): Promise<void>;
};

const provenance = { version: "1.9.9", build_commit: "c0ffee", bundles: { limits: { revision: "r7" } } };

type Reply = { status: number; body: unknown };

function evaluatePath(opa: FakeOpa, segments: string[], body: string): Reply {
  const sources = [...opa.modules].map(([file, source]) => ({ file, source }));
  const { input } = JSON.parse(body) as { input: unknown };
  try {
    const path = `data.${segments.join(".")}`;
    const result = evaluateRule(compile(sources), path, {
      input,
      strictBuiltinErrors: opa.parameters.at(-1)?.includes("strict-builtin-errors=true") === true,
    });
    const found = result === undefined ? {} : { result };
    return { status: 200, body: { decision_id: `decision-${opa.questions.length}`, provenance, ...found } };
  } catch (error) {
    if (!isRegoErrors(error)) throw error;
    const errors = error.errors.map(({ code, message, file, row, col }) => ({
      code,
      message,
      location: { file, row, col },
    }));
    return {
      status: 500,
      body: { code: "internal_error", message: "error(s) occurred while evaluating query", errors },
    };
  }
}

function putModule(opa: FakeOpa, id: string, source: string): Reply {
  try {
    const others = [...opa.modules].filter(([file]) => file !== id).map(([file, text]) => ({ file, source: text }));
    compile([...others, { file: id, source }]);
    opa.modules.set(id, source);
    return { status: 200, body: {} };
  } catch (error) {
    if (!isRegoErrors(error)) throw error;
    return {
      status: 400,
      body: { code: "invalid_parameter", message: "compile", errors: [{ message: error.message }] },
    };
  }
}

function answer(
  opa: FakeOpa,
  request: { method: string; path: string; body: string; token: string | undefined },
): Reply {
  if (opa.token !== undefined && request.token !== `Bearer ${opa.token}`)
    return { status: 401, body: { code: "unauthorized", message: "request rejected by administrative policy" } };
  const [, version, kind, ...rest] = request.path.split("/").map(decodeURIComponent);
  if (version === "health" && opa.fault === "unhealthy")
    return { status: 500, body: { error: "one or more bundles are not activated" } };
  if (version === "health") return { status: 200, body: {} };
  if (kind === "policies" && request.method === "PUT") return putModule(opa, rest.join("/"), request.body);
  if (kind === "policies") return { status: opa.modules.has(rest.join("/")) ? 200 : 404, body: {} };
  if (kind === "data" && rest[0] === "system")
    return { status: 200, body: { provenance, result: { version: "1.9.9" } } };
  opa.questions.push(request.body);
  if (opa.fault === "broken") return { status: 500, body: { message: "out of order" } };
  if (opa.fault === "proxied") return { status: 200, body: "<html>Sign in</html>" };
  return evaluatePath(opa, rest, request.body);
}

/** A server with OPA's REST shapes over the embedded engine. */
export async function startFakeOpa(): Promise<FakeOpa> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [path = "", parameters = ""] = (request.url ?? "").split("?");
    if (path.startsWith("/v1/data/gantry")) opa.parameters.push(parameters);
    if (opa.fault === "silent") return;
    const body = Buffer.concat(chunks).toString();
    const reply = answer(opa, { method: request.method ?? "", path, body, token: request.headers.authorization });
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const opa: FakeOpa = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    modules: new Map(),
    questions: [],
    fault: "none",
    parameters: [],
    token: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return opa;
}
