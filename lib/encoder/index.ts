import 'server-only';
import { log } from '@/lib/log';
import { createEncoder, type Encoder } from './encoder';

export { DIMENSIONS, createEncoder, type Encoder, type EncodeOptions } from './encoder';
export { similarityOf } from './similarity';

const holder = globalThis as typeof globalThis & { __rolegateEncoder?: Encoder };

/** The process's encoder. Its thread starts with the first text. */
export function encoder(): Encoder {
  return (holder.__rolegateEncoder ??= createEncoder({
    onFailure: (error) => log().error({ err: error }, 'the sentence encoder has stopped'),
  }));
}

/** Ends the process's encoder, if it ever ran. A later `encoder()` is a new one. */
export async function closeEncoder(): Promise<void> {
  const running = holder.__rolegateEncoder;
  holder.__rolegateEncoder = undefined;
  await running?.close();
}
