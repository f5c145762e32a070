import { parentPort } from "node:worker_threads";
import { answer } from "./answer.ts";
import type { Question, Ready } from "./protocol.ts";

parentPort?.on("message", (question: Question) => parentPort?.postMessage(answer(question)));
parentPort?.postMessage({ ready: true } satisfies Ready);
