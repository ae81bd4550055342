/**
 * Writes the few parts of the ONNX protobuf format (onnx.proto3, IR version 8) that a graph of ours
 * needs. A field is its number and wire type, then a varint, four bytes, or a length and the bytes.
 */

export const FLOAT = 1;
export const INT8 = 3;
export const INT64 = 7;
export const FLOAT16 = 10;

/** @param {number} value a non-negative integer */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const bytesField = (field, bytes) =>
  Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
const text = (field, value) => bytesField(field, Buffer.from(value));

function float(field, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), bytes]);
}

/** Integers become INT, `{float}` FLOAT and lists of integers INTS attributes. */
function attribute(name, value) {
  if (Array.isArray(value)) {
    const items = value.map((item) => number(8, item));
    return Buffer.concat([text(1, name), ...items, number(20, 7)]);
  }
  if (typeof value === 'number') {
    return Buffer.concat([text(1, name), number(3, value), number(20, 2)]);
  }
  return Buffer.concat([text(1, name), float(2, value.float), number(20, 1)]);
}

function valueInfo(name, type, dimensions) {
  const shape = dimensions.map((size) =>
    bytesField(1, typeof size === 'number' ? number(1, size) : text(2, size)),
  );
  const tensor = Buffer.concat([number(1, type), bytesField(2, Buffer.concat(shape))]);
  return Buffer.concat([text(1, name), bytesField(2, bytesField(1, tensor))]);
}

/** Collects a graph and serialises it. Names of values are the caller's. */
export class OnnxModel {
  #parts = [];

  /** @param {string} name @param {number} type @param {number[]} shape @param {ArrayBufferView} data */
  constant(name, type, shape, data) {
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const dims = shape.map((size) => number(1, size));
    const tensor = Buffer.concat([...dims, number(2, type), text(8, name), bytesField(9, raw)]);
    this.#parts.push(bytesField(5, tensor));
    return name;
  }

  /** @param {string} op @param {string[]} inputs @param {string[]} outputs */
  node(op, inputs, outputs, attributes = {}, domain = '') {
    const fields = [
      ...inputs.map((name) => text(1, name)),
      ...outputs.map((name) => text(2, name)),
      text(4, op),
      ...Object.entries(attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
      text(7, domain),
    ];
    this.#parts.push(bytesField(1, Buffer.concat(fields)));
    return outputs[0];
  }

  /** A size that is a string is free. */
  input(name, type, dimensions) {
    this.#parts.push(bytesField(11, valueInfo(name, type, dimensions)));
    return name;
  }

  output(name, type, dimensions) {
    this.#parts.push(bytesField(12, valueInfo(name, type, dimensions)));
  }

  /** @returns {Buffer} the serialised model */
  serialise() {
    const opset = (domain, version) =>
      bytesField(8, Buffer.concat([text(1, domain), number(2, version)]));
    const graph = Buffer.concat([...this.#parts, text(2, 'encoder')]);
    return Buffer.concat([
      number(1, 8),
      bytesField(7, graph),
      opset('', 17),
      opset('com.microsoft', 1),
    ]);
  }
}
