import { readFileSync } from 'node:fs';

/**
 * Reads a safetensors file: eight bytes little-endian header length, a JSON header of names, types,
 * shapes and offsets, then the data. See https://github.com/huggingface/safetensors#format.
 *
 * @param {string} file
 * @returns {{raw(name: string): Uint8Array, floats(name: string): Float32Array}}
 * `raw` answers a tensor's bytes as stored, `floats` its float16 values as float32, both row-major.
 */
export function readSafetensors(file) {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength));
  const raw = (name) => {
    const entry = header[name];
    if (entry?.dtype !== 'F16') throw new Error(`the model has no float16 tensor ${name}`);
    const [from, to] = entry.data_offsets;
    return bytes.subarray(8 + headerLength + from, 8 + headerLength + to);
  };
  return { raw, floats: (name) => float16ToFloat32(raw(name)) };
}

/** Every float16 bit pattern's value; 65,536 of them are cheaper to look up than to compute. */
function float16Values() {
  const values = new Float32Array(65_536);
  for (let bits = 0; bits < 65_536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) values[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) values[bits] = fraction ? NaN : sign * Infinity;
    else values[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return values;
}

let table;

/** @param {Uint8Array} bytes */
function float16ToFloat32(bytes) {
  table ??= float16Values();
  const floats = new Float32Array(bytes.length / 2);
  for (let index = 0; index < floats.length; index++) {
    floats[index] = table[bytes[2 * index] | (bytes[2 * index + 1] << 8)];
  }
  return floats;
}
