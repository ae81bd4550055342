/** A vector of length 1 in bytes: a quarter of the memory for an error of the cosine below 0.002. */
export type PackedVector = { values: Int8Array; scale: number };

export function packVector(vector: Float32Array): PackedVector {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest / 127 || 1;
  const values = roomFor(vector.length);
  for (let at = 0; at < values.length; at++) {
    values[at] = Math.round((vector[at] as number) / scale);
  }
  return { values, scale };
}

/** The packed vector whose values were written out in base64. */
export function packedVectorOf(base64: string, scale: number): PackedVector {
  const values = roomFor(Buffer.byteLength(base64, 'base64'));
  // Straight to its place: a buffer in between would come from the pool that answers are kept in.
  Buffer.from(values.buffer, values.byteOffset, values.length).write(base64, 'base64');
  return { values, scale };
}

/** Cosine of a vector of length 1 and a packed one. */
export function cosineOf(query: Float32Array, { values, scale }: PackedVector): number {
  // Four sums, so that no addition waits for the one before it.
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length - (values.length % 4);
  for (let at = 0; at < end; at += 4) {
    a += (query[at] as number) * (values[at] as number);
    b += (query[at + 1] as number) * (values[at + 1] as number);
    c += (query[at + 2] as number) * (values[at + 2] as number);
    d += (query[at + 3] as number) * (values[at + 3] as number);
  }
  for (let at = end; at < values.length; at++) a += (query[at] as number) * (values[at] as number);
  return (a + b + (c + d)) * scale;
}

/** Few enough to a block that those which outlive their neighbours hold little. */
const BLOCK_BYTES = 21 * 384;
let block = new ArrayBuffer(0);
let used = 0;

/** Vectors share blocks of memory: a buffer of its own would take as much again as what is in it. */
function roomFor(length: number): Int8Array {
  if (used + length > block.byteLength) {
    [block, used] = [new ArrayBuffer(Math.max(length, BLOCK_BYTES)), 0];
  }
  const room = new Int8Array(block, used, length);
  used += length;
  return room;
}
