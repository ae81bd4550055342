import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

type Reply = 'ready' | { id: number; vector: Float32Array } | { id: number; error: string };

/** What the thread reports, each at most once for a request; `ended` is the last. */
export type ThreadEvents = {
  answered(id: number, vector: Float32Array | undefined): void;
  /** The thread is gone: `error` says why, undefined after `close`. */
  ended(error: Error | undefined): void;
};

const CLOSE_MS = 2000;

/** The worker stays a file of the checkout: no bundler sees it, so none can lose it. */
function workerFile(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'encoder', 'worker', 'main.mjs');
}

/** One thread that holds the model. It never keeps the process alive. */
export class EncoderThread {
  private readonly worker = new Worker(/* turbopackIgnore: true */ workerFile());
  private failure: Error | undefined;
  private closing = false;
  private readonly exited: Promise<void>;
  /** Resolves when the model is loaded, or the thread has ended without it. */
  readonly ready: Promise<void>;

  constructor(private readonly events: ThreadEvents) {
    const { worker } = this;
    worker.unref();
    worker.on('error', (error) => (this.failure = error as Error));
    this.exited = new Promise((resolve) =>
      worker.once('exit', (code) => {
        const unexpected = this.failure ?? new Error(`the encoder's thread ended with ${code}`);
        events.ended(this.closing ? undefined : unexpected);
        resolve();
      }),
    );
    const loaded = new Promise<void>((resolve) =>
      worker.on('message', (reply: Reply) => {
        if (reply === 'ready') resolve();
        else events.answered(reply.id, 'vector' in reply ? reply.vector : undefined);
      }),
    );
    this.ready = Promise.race([loaded, this.exited]);
  }

  request(id: number, text: string): void {
    this.worker.postMessage({ id, text });
  }

  /** Lets what is being computed end, then frees the model; a thread that hangs is ended. */
  async close(): Promise<void> {
    this.closing = true;
    this.worker.postMessage('close');
    const timer = setTimeout(() => void this.worker.terminate(), CLOSE_MS);
    await this.exited;
    clearTimeout(timer);
  }
}
