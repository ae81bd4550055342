import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script, sent once to a server and called by its digest from then on. */
export class RedisScript {
  private readonly digest: string;

  constructor(private readonly lua: string) {
    this.digest = createHash('sha1').update(lua).digest('hex');
  }

  /** @throws what ioredis throws; a server that has forgotten the script is told it again. */
  async run(redis: Redis, keys: readonly string[], argument: unknown): Promise<unknown> {
    const rest = [...keys, JSON.stringify(argument)];
    try {
      return await redis.evalsha(this.digest, keys.length, ...rest);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(this.lua, keys.length, ...rest);
    }
  }
}
