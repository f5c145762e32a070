import { withDeadline } from "#server/with-deadline.ts";
export type OpaOptions = {
  url: string;
  token?: string | undefined;
  timeoutMs: number;
  fetch?: typeof fetch;
};

type Call = { method: "GET" | "PUT" | "POST"; path: string; body?: string; type?: string };
type Reply = { status: number; body: unknown };

export type OpaHealth = { isHealthy: boolean; version: string | null; message: string };

/** OPA's REST interface, as far as it is needed. Messages never name the server's address: they end in stored verdicts. */
export class OpaClient {
  private readonly options: OpaOptions;
  private readonly base: string;

  constructor(options: OpaOptions) {
    this.options = options;
    this.base = options.url.replace(/\/+$/, "");
  }

  private async call({ method, path, body, type = "application/json" }: Call): Promise<Reply> {
    const { token, timeoutMs } = this.options;
    const headers = {
      ...(body !== undefined && { "content-type": type }),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    try {
      return await withDeadline(timeoutMs, async (signal) => {
        const asked = { method, headers, redirect: "error" as const, signal, ...(body !== undefined && { body }) };
        const response = await (this.options.fetch ?? fetch)(`${this.base}${path}`, asked);
        return { status: response.status, body: readJson(await response.text()) };
      });
    } catch (error) {
      const isLate = error instanceof Error && error.name === "TimeoutError";
      throw new Error(isLate ? `OPA did not answer within ${timeoutMs} ms.` : "OPA cannot be reached.");
    }
  }

  async health(): Promise<OpaHealth> {
    try {
      const { status } = await this.call({ method: "GET", path: "/health" });
      if (status !== 200) return { isHealthy: false, version: null, message: `OPA is not healthy (${status}).` };
      return { isHealthy: true, version: await this.version(), message: "OPA answers." };
    } catch (error) {
      return { isHealthy: false, version: null, message: error instanceof Error ? error.message : String(error) };
    }
  }

  private async version(): Promise<string | null> {
    const { body } = await this.call({ method: "GET", path: "/v1/data/system/version" });
    const result = fieldOf(body, "result");
    const version = fieldOf(result, "version");
    return typeof version === "string" ? version : null;
  }

  async hasModule(id: string): Promise<boolean> {
    const { status } = await this.call({ method: "GET", path: `/v1/policies/${encodeURIComponent(id)}` });
    return status === 200;
  }

  async putModule(id: string, source: string): Promise<void> {
    const path = `/v1/policies/${encodeURIComponent(id)}`;
    const { status, body } = await this.call({ method: "PUT", path, body: source, type: "text/plain" });
    if (status !== 200) throw new Error(`OPA refused the policy (${status}): ${messageOf(body)}`);
  }

  /** The document at a path of `data`; undefined where there is none. A failing built-in is an error. */
  async evaluate(path: readonly string[], input: unknown): Promise<unknown> {
    const place = `/v1/data/${path.map(encodeURIComponent).join("/")}?strict-builtin-errors=true`;
    const { status, body } = await this.call({ method: "POST", path: place, body: JSON.stringify({ input }) });
    if (status !== 200) throw new Error(`OPA could not evaluate the policy (${status}): ${messageOf(body)}`);
    return fieldOf(body, "result");
  }
}

function readJson(text: string): unknown {
  try {
    return text === "" ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The first particular error OPA names, else its summary. */
function messageOf(body: unknown): string {
  const errors = fieldOf(body, "errors");
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const message = fieldOf(first, "message") ?? fieldOf(body, "message");
  return typeof message === "string" ? message.slice(0, 500) : "no reason given";
}
