import { type ChildProcess, spawn } from "node:child_process";
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectSocket } from "node:net";
import { createInterface } from "node:readline";
import { dynamicValue, field, readFields, readMsgpack } from "./wire.ts";

/** A provider's plugin process, asked directly: what would it plan for this configuration? Nothing is ever applied. */
export type ProviderClient = {
  configure(config: unknown): Promise<void>;
  /** The planned state for a new resource, or the provider's complaint. */
  plan(type: string, config: unknown): Promise<{ planned: unknown } | { complaint: string }>;
  /** Whether the process still lives: a provider may crash on a strange configuration. */
  isAlive(): boolean;
  close(): void;
};

// The handshake of HashiCorp's plugin system: a fixed word that shows the process it was not started by hand.
const handshake = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5",
};

export async function openProvider(binary: string): Promise<ProviderClient> {
  const env: Record<string, string> = { ...handshake, TMPDIR: "/tmp", AWS_EC2_METADATA_DISABLED: "true" };
  const child = spawn(binary, [], { env: env as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "ignore"] });
  const socket = await firstLine(child);
  const session = connect("http://provider", { createConnection: () => connectSocket(socket) });
  session.on("error", () => session.destroy());
  return {
    configure: async (config) => {
      const reply = readFields(
        await call(session, "Configure", Buffer.concat([field(1, "1.11.4"), field(2, dynamicValue(config))])),
      );
      const complaint = complaintOf(reply.get(1));
      if (complaint !== undefined) throw new Error(`The provider refuses its configuration: ${complaint}`);
    },
    plan: async (type, config) => {
      const parts = [
        field(1, type),
        field(2, dynamicValue(null)),
        field(3, dynamicValue(config)),
        field(4, dynamicValue(config)),
      ];
      const reply = readFields(await call(session, "PlanResourceChange", Buffer.concat(parts)));
      const complaint = complaintOf(reply.get(4));
      if (complaint !== undefined) return { complaint };
      const state = reply.get(1)?.[0];
      return { planned: state ? readMsgpack(readFields(state).get(1)![0]!) : null };
    },
    isAlive: () => child.exitCode === null && child.signalCode === null && !session.destroyed && !session.closed,
    close: () => {
      session.close();
      child.kill("SIGKILL");
    },
  };
}

/** `1|5|unix|/tmp/plugin123|grpc|` */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The provider ended with code ${code}.`)));
    createInterface({ input: child.stdout! }).once("line", (line) => resolve(line.split("|")[3] ?? ""));
  });
}

/** Severity 1 is an error; warnings are passed over. */
function complaintOf(diagnostics: readonly Buffer[] | undefined): string | undefined {
  for (const diagnostic of diagnostics ?? []) {
    const isError = diagnostic[0] === 0x08 && diagnostic[1] === 1;
    const fields = readFields(diagnostic);
    if (isError)
      return `${fields.get(2)?.[0]?.toString("utf8") ?? ""} ${fields.get(3)?.[0]?.toString("utf8") ?? ""}`.trim();
  }
  return undefined;
}

function call(session: ClientHttp2Session, method: string, message: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":method": "POST",
      ":path": `/tfplugin5.Provider/${method}`,
      "content-type": "application/grpc",
      te: "trailers",
    });
    const chunks: Buffer[] = [];
    let status = "";
    stream.on("trailers", (trailers) => {
      status = trailers["grpc-status"] === "0" ? "" : String(trailers["grpc-message"] ?? trailers["grpc-status"]);
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () => reject(new Error("The provider closed the connection.")));
    stream.on("end", () => (status === "" ? resolve(Buffer.concat(chunks).subarray(5)) : reject(new Error(status))));
    // A provider that hangs on a strange configuration is given up and started anew.
    stream.setTimeout(10_000, () => {
      session.destroy();
      reject(new Error("The provider does not answer."));
    });
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([prefix, message]));
  });
}
