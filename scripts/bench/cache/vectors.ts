import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIMENSIONS, type Encoder } from '@/lib/encoder/encoder';

const FOLDER = join(tmpdir(), 'rolegate-bench');

/** The encoder's vectors of texts, kept in a file: ten thousand take most of a minute. */
export async function vectorsOf(
  encoder: Encoder,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const name = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
  const file = join(FOLDER, `vectors-${name}.bin`);
  const bytes = (await kept(file, texts.length)) ?? (await encoded(encoder, texts));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, bytes);
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return texts.map((_, at) => numbers.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS));
}

async function kept(file: string, count: number): Promise<Uint8Array | null> {
  const bytes = await readFile(file).catch(() => null);
  // Away from the pool of small buffers, whose places need not be multiples of four.
  return bytes?.byteLength === count * DIMENSIONS * 4 ? new Uint8Array(bytes) : null;
}

async function encoded(encoder: Encoder, texts: readonly string[]): Promise<Uint8Array> {
  const numbers = new Float32Array(texts.length * DIMENSIONS);
  for (const [at, text] of texts.entries()) {
    const vector = await encoder.encode(text);
    if (!vector) throw new Error('the encoder did not answer');
    numbers.set(vector, at * DIMENSIONS);
  }
  return new Uint8Array(numbers.buffer);
}

/** A vector between two others, nearer to the first: their cosine is 0.75 to 0.95 where the two are strangers. */
export function between(near: Float32Array, far: Float32Array): Float32Array {
  const weight = 0.4 + 0.5 * Math.random();
  return unit(near.map((value, at) => value + weight * (far[at] ?? 0)));
}

/** A vector that is nearly another. */
export const beside = (vector: Float32Array): Float32Array =>
  unit(vector.map((value) => value + (Math.random() - 0.5) * 0.05));

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
