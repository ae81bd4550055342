import { createHash } from 'node:crypto';
import { LRUCache } from './lru-cache';
import { EncoderThread } from './encoder-thread';

/** Length of a sentence vector. */
export const DIMENSIONS = 384;

export type EncodeOptions = {
  /** Milliseconds after which the answer is undefined; absent: as long as it takes. */
  budgetMs?: number;
  /** Aborted: the answer is undefined. */
  signal?: AbortSignal;
};

/** Turns sentences into vectors whose dot product says how alike in meaning they are. */
export interface Encoder {
  /**
   * The text's vector: 384 numbers of Euclidean length 1; only the first 256 tokens count. Undefined
   * when it would be late, too many others wait, or the encoder is broken or closed. Never rejects.
   * The vector is shared: do not write into it.
   */
  encode(text: string, options?: EncodeOptions): Promise<Float32Array | undefined>;
  /** Loads the model ahead of the first text; without it the first texts are late. */
  warmUp(): Promise<void>;
  /** Ends the thread; every text from now on is answered undefined. */
  close(): Promise<void>;
}

export type EncoderSettings = {
  /** Texts that may wait; a further one is answered undefined at once. */
  maxQueued?: number;
  /** Vectors kept, least recently used out first; one takes about 1.7 KB. */
  maxCached?: number;
  /** Told when the thread has broken; it is started again for a text after `restartMs`. */
  onFailure?: (error: Error) => void;
  restartMs?: number;
};

type Job = { id: number; key: string; text: string; waiters: Set<Waiter> };
type Waiter = (vector: Float32Array | undefined) => void;

/** Texts handed to the thread ahead of time: enough that it never idles, few enough to drop late ones. */
const AHEAD = 2;

export function createEncoder(settings: EncoderSettings = {}): Encoder {
  return new ThreadedEncoder(settings);
}

class ThreadedEncoder implements Encoder {
  private readonly maxQueued: number;
  private readonly restartMs: number;
  private readonly vectors: LRUCache<string, Float32Array>;
  /** By key, waiting and handed over alike: the same text twice at a time is computed once. */
  private readonly jobs = new Map<string, Job>();
  private readonly queue = new Set<Job>();
  private readonly handedOver = new Map<number, Job>();
  private thread: EncoderThread | undefined;
  private brokenUntil = 0;
  private closed = false;
  private lastId = 0;

  constructor(private readonly settings: EncoderSettings) {
    this.maxQueued = settings.maxQueued ?? 64;
    this.restartMs = settings.restartMs ?? 30_000;
    this.vectors = new LRUCache(settings.maxCached ?? 2048);
  }

  encode(
    text: string,
    { budgetMs, signal }: EncodeOptions = {},
  ): Promise<Float32Array | undefined> {
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.vectors.get(key);
    if (known) return Promise.resolve(known);
    const job = signal?.aborted ? undefined : this.jobOf(key, text);
    if (!job) return Promise.resolve(undefined);
    return this.wait(job, budgetMs, signal);
  }

  async warmUp(): Promise<void> {
    await this.running()?.ready;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.queue) this.finish(job, undefined);
    await this.thread?.close();
  }

  private jobOf(key: string, text: string): Job | undefined {
    const known = this.jobs.get(key);
    if (known) return known;
    if (this.queue.size >= this.maxQueued || !this.running()) return undefined;
    const job: Job = { id: ++this.lastId, key, text, waiters: new Set() };
    this.jobs.set(key, job);
    this.queue.add(job);
    this.handOver();
    return job;
  }

  private wait(job: Job, budgetMs?: number, signal?: AbortSignal) {
    return new Promise<Float32Array | undefined>((resolve) => {
      const leave = (vector: Float32Array | undefined) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        job.waiters.delete(leave);
        resolve(vector);
      };
      const giveUp = () => {
        leave(undefined);
        if (job.waiters.size === 0 && this.queue.has(job)) this.finish(job, undefined);
      };
      const timer = budgetMs === undefined ? undefined : setTimeout(giveUp, budgetMs);
      signal?.addEventListener('abort', giveUp);
      job.waiters.add(leave);
    });
  }

  /** The thread, started if need be; undefined while it is broken or after closing. */
  private running(): EncoderThread | undefined {
    if (this.closed || (!this.thread && performance.now() < this.brokenUntil)) return undefined;
    this.thread ??= new EncoderThread({
      answered: (id, vector) => {
        const job = this.handedOver.get(id);
        if (!job) return;
        if (vector) this.vectors.set(job.key, vector);
        this.finish(job, vector);
        // Not at once: answers that come while others are dealt with are delivered in the same turn of
        // the event loop, and with a new text for each one that turn would not end.
        setImmediate(() => {
          this.handedOver.delete(id);
          this.handOver();
        });
      },
      ended: (error) => this.ended(error),
    });
    return this.thread;
  }

  private handOver(): void {
    for (const job of this.queue) {
      if (this.handedOver.size >= AHEAD) return;
      this.queue.delete(job);
      this.handedOver.set(job.id, job);
      this.thread?.request(job.id, job.text);
    }
  }

  private finish(job: Job, vector: Float32Array | undefined): void {
    this.queue.delete(job);
    this.jobs.delete(job.key);
    for (const waiter of [...job.waiters]) waiter(vector);
  }

  private ended(error: Error | undefined): void {
    this.thread = undefined;
    this.brokenUntil = performance.now() + this.restartMs;
    this.handedOver.clear();
    for (const job of [...this.jobs.values()]) this.finish(job, undefined);
    if (error) this.settings.onFailure?.(error);
  }
}
