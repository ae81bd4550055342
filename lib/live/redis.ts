import { Redis } from 'ioredis';

export type RedisOptions = {
  /** Told of every connection error; the client goes on reconnecting. */
  onError?: (error: Error) => void;
  /** Longest wait for an answer to one command, milliseconds. */
  commandTimeoutMs?: number;
};

const RECONNECT_MAX_MS = 1000;

/**
 * Opens a connection for live state. It fails fast instead of queueing: while the server is away a
 * command rejects at once, and one that was under way is never sent twice, since a counter would then
 * count twice. Reconnects for ever; `status` is `ready` while it can be used.
 */
export function openRedis(url: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5000,
    commandTimeout: options.commandTimeoutMs ?? 1000,
    retryStrategy: (attempt) => Math.min(attempt * 50, RECONNECT_MAX_MS),
  });
  redis.on('error', (error: Error) => options.onError?.(error));
  return redis;
}

/**
 * Opens a connection and waits until it can be used.
 * @throws Error naming REDIS_URL and its host when that takes longer than `timeoutMs`.
 */
export async function connectRedis(
  url: string,
  options: RedisOptions & { timeoutMs?: number } = {},
): Promise<Redis> {
  const redis = openRedis(url, options);
  const timeoutMs = options.timeoutMs ?? 5000;
  let timer: NodeJS.Timeout | undefined;
  let last: Error | undefined;
  redis.on('error', (error: Error) => (last = error));
  const ready = new Promise<void>((resolve) => redis.once('ready', resolve));
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const { host } = new URL(url);
      const cause = last?.message ?? `no answer in ${timeoutMs} ms`;
      reject(new Error(`REDIS_URL: cannot reach Redis at ${host}: ${cause}`, { cause: last }));
    }, timeoutMs);
  });
  // A first attempt that fails is followed by others; only `late` ends the wait.
  redis.connect().catch((error: Error) => (last = error));
  try {
    await Promise.race([ready, late]);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
