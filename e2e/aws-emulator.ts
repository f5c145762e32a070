import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { findOnPath, findProviderMirror } from "./terraform-mirror.ts";

/** What this machine lacks for real Terraform against an emulator of AWS, or undefined. */
export function missingForEmulator(): string | undefined {
  if (!findOnPath("terraform")) return "terraform is not on the PATH";
  if (!findOnPath("moto_server")) return "moto_server (pip install 'moto[server]') is not on the PATH";
  if (!findProviderMirror()) return "there is no folder with Terraform's AWS provider";
  return undefined;
}

/** An account at an emulator of AWS's API on a free port, empty at the start. */
export class EmulatedAccount {
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(endpoint: string, running: ChildProcess) {
    this.endpoint = endpoint;
    this.#process = running;
  }

  static open(): Promise<EmulatedAccount> {
    const running = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    return new Promise((resolve, reject) => {
      running.once("error", reject);
      running.once("exit", (code) => reject(new Error(`moto_server ended with ${code}`)));
      for (const stream of [running.stdout, running.stderr])
        createInterface({ input: stream }).on("line", (line) => {
          const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
          if (address) resolve(new EmulatedAccount(address, running));
        });
    });
  }

  close(): void {
    this.#process.kill("SIGTERM");
  }

  /** Names of all buckets. */
  async buckets(): Promise<string[]> {
    const answer = await this.#s3("");
    return [...(await answer.text()).matchAll(/<Name>([^<]+)<\/Name>/g)].map((match) => match[1] ?? "");
  }

  async versioning(bucket: string): Promise<string> {
    const answer = await this.#s3(`${bucket}?versioning`);
    return /<Status>([^<]+)<\/Status>/.exec(await answer.text())?.[1] ?? "";
  }

  async setVersioning(bucket: string, status: "Enabled" | "Suspended"): Promise<void> {
    const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";
    const body = `<VersioningConfiguration xmlns="${xmlns}"><Status>${status}</Status></VersioningConfiguration>`;
    const answer = await this.#s3(`${bucket}?versioning`, { method: "PUT", body });
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`);
  }

  /** The emulator reads of a signature only whom it is for. */
  #s3(where: string, init: RequestInit = {}): Promise<Response> {
    const scope = "AKIAEMULATOREXAMPLE0/20260101/eu-central-1/s3/aws4_request";
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    return fetch(`${this.endpoint}/${where}`, {
      ...init,
      headers: { authorization, "content-type": "application/xml" },
    });
  }
}
