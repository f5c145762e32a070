import { Worker } from "node:worker_threads";
import { nowhere, RegoErrors, regoError } from "#server/rego/errors.ts";
import { defaultBudget } from "#server/rego/eval/budget.ts";
import type { IsolatedAnswer, IsolatedRequest, Question, Reply } from "./protocol.ts";
import { findWorkerFile } from "./worker-file.ts";

export interface IsolationOptions {
  /** Evaluations at one time; each has a thread of its own. */
  size?: number;
  /** Heap of a thread, in MB. */
  heapMb?: number;
  /** How long after the time in its budget a thread is ended by force. */
  graceMs?: number;
  /** How long compiling alone may take. */
  compileMs?: number;
  /** Where `dist/rego-worker.mjs` or the sources are found. */
  root?: string;
}

interface Waiting {
  request: IsolatedRequest;
  settle: (outcome: IsolatedAnswer | RegoErrors) => void;
}

interface Thread {
  worker: Worker;
  busy: { id: number; waiting: Waiting; timer: NodeJS.Timeout } | undefined;
}

/**
 * Evaluates in worker threads with a heap of their own. A policy that outlives its time or its memory
 * ends with its thread: the process does not notice, and the next evaluation gets a new one.
 */
export class Isolation {
  private readonly threads = new Set<Thread>();
  private readonly queue: Waiting[] = [];
  private readonly options: Required<IsolationOptions>;
  private file: string | undefined;
  private next = 0;
  private closed = false;

  constructor(options: IsolationOptions = {}) {
    this.options = { size: 2, heapMb: 128, graceMs: 200, compileMs: 2_000, root: process.cwd(), ...options };
  }

  /** Rejects with `RegoErrors`: those of the policy, or `eval_cancel_error` where it was ended. */
  run(request: IsolatedRequest): Promise<IsolatedAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: IsolatedAnswer | RegoErrors) =>
        outcome instanceof RegoErrors ? reject(outcome) : resolve(outcome);
      if (this.closed) settle(cancelled("the engine is shutting down"));
      else this.queue.push({ request, settle });
      this.pump();
    });
  }

  private pump(): void {
    while (this.queue.length > 0) {
      const thread = this.idleThread();
      if (thread === undefined) return;
      this.ask(thread, this.queue.shift() as Waiting);
    }
  }

  private idleThread(): Thread | undefined {
    for (const thread of this.threads) if (thread.busy === undefined) return thread;
    return this.threads.size < this.options.size ? this.startThread() : undefined;
  }

  private startThread(): Thread {
    this.file ??= findWorkerFile(this.options.root);
    const { heapMb } = this.options;
    const worker = new Worker(this.file, {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const thread: Thread = { worker, busy: undefined };
    this.threads.add(thread);
    worker.unref();
    worker.on("message", (reply: Reply) => this.settle(thread, reply));
    worker.on("error", (error: NodeJS.ErrnoException) => this.lose(thread, lostText(error)));
    worker.on("exit", () => this.lose(thread, "the thread of the evaluation ended"));
    return thread;
  }

  private ask(thread: Thread, waiting: Waiting): void {
    const { request } = waiting;
    const wallMs = request.evaluate?.budget?.wallMs ?? (request.query === undefined ? 0 : defaultBudget.wallMs);
    const limit = wallMs + this.options.compileMs + this.options.graceMs;
    const id = this.next++;
    const timer = setTimeout(() => this.lose(thread, `evaluation took longer than ${limit} ms`), limit);
    thread.busy = { id, waiting, timer };
    thread.worker.ref();
    const question: Question = { id, request };
    thread.worker.postMessage(question);
  }

  private settle(thread: Thread, reply: Reply): void {
    const { busy } = thread;
    if (busy === undefined || busy.id !== reply.id) return;
    this.release(thread);
    busy.waiting.settle("answer" in reply ? reply.answer : new RegoErrors(reply.errors));
    this.pump();
  }

  private release(thread: Thread): void {
    clearTimeout(thread.busy?.timer);
    thread.busy = undefined;
    thread.worker.unref();
  }

  /** The thread is gone or must go; what it was doing is cancelled. */
  private lose(thread: Thread, why: string): void {
    if (!this.threads.delete(thread)) return;
    const { busy } = thread;
    this.release(thread);
    void thread.worker.terminate();
    busy?.waiting.settle(cancelled(why));
    this.pump();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0)) waiting.settle(cancelled("the engine is shutting down"));
    const threads = [...this.threads];
    for (const thread of threads) this.lose(thread, "the engine is shutting down");
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

function cancelled(message: string): RegoErrors {
  return new RegoErrors([regoError("eval_cancel_error", nowhere, message)]);
}

function lostText(error: NodeJS.ErrnoException): string {
  return error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "evaluation needs more memory than it may have" : error.message;
}
