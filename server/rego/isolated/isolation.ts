import { Worker } from "node:worker_threads";
import { nowhere, RegoErrors, regoError } from "#server/rego/errors.ts";
import { defaultBudget } from "#server/rego/eval/budget.ts";
import type { IsolatedAnswer, IsolatedRequest, Question, Ready, Reply } from "./protocol.ts";
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
  /** How long a thread may take to load the engine. */
  startMs?: number;
  /** How many may wait for a thread; more are refused at once. */
  mostWaiting?: number;
  /** Where `dist/rego-worker.mjs` or the sources are found. */
  root?: string;
}

interface Waiting {
  request: IsolatedRequest;
  settle: (outcome: IsolatedAnswer | RegoErrors) => void;
}

interface Thread {
  worker: Worker;
  isReady: boolean;
  busy: { id: number; waiting: Waiting; timer: NodeJS.Timeout } | undefined;
}

/** Under a name of its own: bundlers try to follow what stands in `new Worker(…)`, and this is found at run time. */
const EngineThread = Worker;

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
    const bounds = { size: 2, heapMb: 128, graceMs: 200, compileMs: 2_000, startMs: 60_000, mostWaiting: 100 };
    this.options = { ...bounds, root: process.cwd(), ...options };
  }

  /** Rejects with `RegoErrors`: those of the policy, or `eval_cancel_error` where it was ended. */
  run(request: IsolatedRequest): Promise<IsolatedAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: IsolatedAnswer | RegoErrors) =>
        outcome instanceof RegoErrors ? reject(outcome) : resolve(outcome);
      if (this.closed) settle(cancelled("the engine is shutting down"));
      else if (this.queue.length >= this.options.mostWaiting) settle(cancelled("too many evaluations are waiting"));
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
    const worker = new EngineThread(this.file, {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const thread: Thread = { worker, isReady: false, busy: undefined };
    this.threads.add(thread);
    worker.unref();
    worker.on("message", (said: Reply | Ready) => ("ready" in said ? this.begin(thread) : this.settle(thread, said)));
    worker.on("error", (error: NodeJS.ErrnoException) => this.lose(thread, lostText(error)));
    worker.on("exit", () => this.lose(thread, "the thread of the evaluation ended"));
    return thread;
  }

  /** The clock of a question starts with a thread that has the engine. */
  private ask(thread: Thread, waiting: Waiting): void {
    const { startMs } = this.options;
    const timer = setTimeout(() => this.lose(thread, `the engine did not start within ${startMs} ms`), startMs);
    thread.busy = { id: this.next++, waiting, timer };
    thread.worker.ref();
    if (thread.isReady) this.begin(thread);
  }

  private begin(thread: Thread): void {
    thread.isReady = true;
    const { busy } = thread;
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    const { request } = busy.waiting;
    const limit = timeFor(request) + this.options.compileMs + this.options.graceMs;
    busy.timer = setTimeout(() => this.lose(thread, `evaluation took longer than ${limit} ms`), limit);
    const question: Question = { id: busy.id, request };
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

const testsMs = 20_000;

function timeFor({ query, evaluate, tests }: IsolatedRequest): number {
  if (tests !== undefined) return tests.totalMs ?? testsMs;
  return evaluate?.budget?.wallMs ?? (query === undefined ? 0 : defaultBudget.wallMs);
}

function cancelled(message: string): RegoErrors {
  return new RegoErrors([regoError("eval_cancel_error", nowhere, message)]);
}

function lostText(error: NodeJS.ErrnoException): string {
  return error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "evaluation needs more memory than it may have" : error.message;
}
