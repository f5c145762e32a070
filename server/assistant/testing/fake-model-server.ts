import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a model does with one request of the talk; `body` is the request's JSON. */
export type Behaviour = (response: ServerResponse, body: ChatRequest) => void;
export type ChatRequest = { messages: { role: string; content: unknown }[]; tools?: unknown[] };

/** A server that speaks as OpenAI-compatible ones do, behaves as told, and keeps every byte that it was sent. */
export type FakeModelServer = {
  url: string;
  /** Head and body of each request. */
  received: string[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export async function startFakeModelServer(): Promise<FakeModelServer> {
  const received: string[] = [];
  let behaviour: Behaviour = fails(500);
  const server = createServer((request, response) => {
    response.on("error", () => {});
    void bodyOf(request).then((body) => {
      received.push(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}\n\n${body}`);
      behaviour(response, body === "" ? { messages: [] } : JSON.parse(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    behave: (next) => {
      behaviour = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const head = { id: "chat-1", object: "chat.completion", created: 1_760_000_000, model: "fake" };
const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

function sendJson(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** Answers with a text. */
export function says(text: string): Behaviour {
  return (response) => {
    const message = { role: "assistant", content: text };
    sendJson(response, 200, { ...head, choices: [{ index: 0, message, finish_reason: "stop" }], usage });
  };
}

/** Calls a tool; `args` that are a text go out as they are, broken or not. */
export function calls(tool: string, args: unknown): Behaviour {
  return (response) => {
    const json = typeof args === "string" ? args : JSON.stringify(args);
    const call = { id: "call-1", type: "function", function: { name: tool, arguments: json } };
    const message = { role: "assistant", content: null, tool_calls: [call] };
    sendJson(response, 200, { ...head, choices: [{ index: 0, message, finish_reason: "tool_calls" }], usage });
  };
}

/** One behaviour after the other, the last one again and again. */
export function inTurn(...behaviours: Behaviour[]): Behaviour {
  let at = 0;
  return (response, body) => behaviours[Math.min(at++, behaviours.length - 1)]?.(response, body);
}

export function fails(status: number, headers: Record<string, string> = {}): Behaviour {
  return (response) => sendJson(response, status, { error: { message: "no", type: "error", code: null } }, headers);
}

export function redirects(to: string): Behaviour {
  return (response) => void response.writeHead(307, { location: to }).end();
}

/** Takes the request and says nothing. */
export const neverAnswers: Behaviour = () => {};

/** Sends without end, in pieces, as long as somebody reads. */
export const sendsWithoutEnd: Behaviour = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"choices":[{"message":{"role":"assistant","content":"');
  const more = () => {
    while (!response.destroyed && response.write("x".repeat(16_384)));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};

/** Sends one byte now and then, so that the line never falls still. */
export const trickles: Behaviour = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(" ")), 20);
};
