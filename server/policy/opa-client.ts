import { withDeadline } from "#server/with-deadline.ts";
export type OpaOptions = {
  url: string;
  token?: string | undefined;
  timeoutMs: number;
  fetch?: typeof fetch;
};

type Call = { method: "GET" | "PUT" | "POST"; path: string; body?: string; type?: string };
type Reply = { status: number; body: unknown };

export type OpaHealth = { isHealthy: boolean; engine: string | null; message: string };

export type OpaDocument = { result: unknown; engine: string | null; decisionId: string | undefined };

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

  /** Healthy is an OPA whose bundles, where it has any, are active. */
  async health(): Promise<OpaHealth> {
    try {
      const { status, body } = await this.call({ method: "GET", path: "/health?bundles=true" });
      if (isRefused(status)) return unhealthy(refusedText(status));
      if (status !== 200) return unhealthy(`OPA is not healthy (${status}): ${healthFault(body)}`);
      return { isHealthy: true, engine: await this.engine(), message: "OPA answers." };
    } catch (error) {
      return unhealthy(error instanceof Error ? error.message : String(error));
    }
  }

  /** Version and bundles, which OPA adds to any answer on request. */
  private async engine(): Promise<string | null> {
    const { body } = await this.call({ method: "GET", path: "/v1/data/system/version?provenance=true" });
    const version = fieldOf(fieldOf(body, "result"), "version");
    return engineName(fieldOf(body, "provenance")) ?? (typeof version === "string" ? `opa ${version}` : null);
  }

  async hasModule(id: string): Promise<boolean> {
    const { status } = await this.call({ method: "GET", path: `/v1/policies/${encodeURIComponent(id)}` });
    return status === 200;
  }

  async putModule(id: string, source: string): Promise<void> {
    const path = `/v1/policies/${encodeURIComponent(id)}`;
    const { status, body } = await this.call({ method: "PUT", path, body: source, type: "text/plain" });
    if (isRefused(status)) throw new Error(refusedText(status));
    if (status !== 200) throw new Error(`OPA refused the policy (${status}): ${messageOf(body)}`);
  }

  /** The document at a path of `data`; undefined where there is none. A failing built-in is an error. */
  async evaluate(path: readonly string[], input: unknown): Promise<OpaDocument> {
    const place = `/v1/data/${path.map(encodeURIComponent).join("/")}?strict-builtin-errors=true&provenance=true`;
    const { status, body } = await this.call({ method: "POST", path: place, body: JSON.stringify({ input }) });
    if (isRefused(status)) throw new Error(refusedText(status));
    if (status !== 200) throw new Error(`OPA could not evaluate the policy (${status}): ${messageOf(body)}`);
    // An answer that is not OPA's, from a proxy in between, must not read as "nothing is defined".
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("OPA's answer is not JSON.");
    const decisionId = fieldOf(body, "decision_id");
    return {
      result: fieldOf(body, "result"),
      engine: engineName(fieldOf(body, "provenance")),
      decisionId: typeof decisionId === "string" ? decisionId.slice(0, 100) : undefined,
    };
  }
}

const unhealthy = (message: string): OpaHealth => ({ isHealthy: false, engine: null, message });
const isRefused = (status: number) => status === 401 || status === 403;
const refusedText = (status: number) => `OPA refuses the portal (${status}): check OPA_TOKEN and OPA's authorisation.`;

function healthFault(body: unknown): string {
  const error = fieldOf(body, "error");
  return typeof error === "string" ? error.slice(0, 200) : "its bundles or plugins are not ready.";
}

const longestEngine = 200;

/** `opa 1.9.0`, with the revision of each bundle it holds. */
function engineName(provenance: unknown): string | null {
  const version = fieldOf(provenance, "version");
  if (typeof version !== "string") return null;
  const bundles = Object.entries((fieldOf(provenance, "bundles") as Record<string, unknown> | undefined) ?? {});
  const revisions = bundles
    .map(([name, bundle]) => `${name}@${String(fieldOf(bundle, "revision") || "unnamed")}`)
    .sort();
  return `opa ${version}${revisions.length > 0 ? ` (${revisions.join(", ")})` : ""}`.slice(0, longestEngine);
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

/** The first particular error OPA names, with its code and row, else its summary. */
function messageOf(body: unknown): string {
  const errors = fieldOf(body, "errors");
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const message = fieldOf(first, "message") ?? fieldOf(body, "message");
  if (typeof message !== "string") return "no reason given";
  const code = fieldOf(first, "code");
  const row = fieldOf(fieldOf(first, "location"), "row");
  const place = typeof row === "number" && row > 0 ? ` (row ${row})` : "";
  return `${typeof code === "string" ? `${code}: ` : ""}${message}${place}`.slice(0, 500);
}
