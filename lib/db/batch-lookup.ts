import 'server-only';

export type BatchLookupOptions<V> = {
  /** Looks many keys up at once; those without a value are missing from the answer. */
  load(keys: string[]): Promise<Map<string, V>>;
  maxBatch: number;
  /** Look-ups that wait at the same time; more are refused. */
  maxWaiting: number;
};

type Waiter<V> = {
  promise: Promise<V | null>;
  resolve(value: V | null): void;
  reject(error: unknown): void;
};

/** Promise.withResolvers of later Node versions. */
function waiter<V>(): Waiter<V> {
  let resolve!: Waiter<V>['resolve'];
  let reject!: Waiter<V>['reject'];
  const promise = new Promise<V | null>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/**
 * Look-ups that never run side by side: those that arrive while one is under way share the next.
 * So a flood of keys nobody knows costs the database one query at a time, however large it is.
 */
export class BatchLookup<V> {
  private waiting = new Map<string, Waiter<V>>();
  private running = false;

  constructor(private readonly options: BatchLookupOptions<V>) {}

  /** Null when there is no value. Rejects when the load fails or too many wait. */
  get(key: string): Promise<V | null> {
    const known = this.waiting.get(key);
    if (known) return known.promise;
    if (this.waiting.size >= this.options.maxWaiting) {
      return Promise.reject(new Error('Too many look-ups of unknown keys at once.'));
    }
    const own = waiter<V>();
    this.waiting.set(key, own);
    if (!this.running) void this.run();
    return own.promise;
  }

  private async run(): Promise<void> {
    this.running = true;
    // Those of the same tick travel together.
    await Promise.resolve();
    while (this.waiting.size > 0) {
      const batch = [...this.waiting].slice(0, this.options.maxBatch);
      for (const [key] of batch) this.waiting.delete(key);
      try {
        const found = await this.options.load(batch.map(([key]) => key));
        for (const [key, { resolve }] of batch) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const [, { reject }] of batch) reject(error);
      }
    }
    this.running = false;
  }
}
