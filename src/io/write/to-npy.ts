import { assert } from '../../core/errors.ts';

const ALIGNMENT = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const PREFIX = MAGIC.length + 2;

/**
 * A NumPy array file: format 1.0, little-endian, C order (row-major), data aligned to 64 bytes.
 *
 * @param shape one to three sizes whose product is the number of values
 * @see numpy.lib.format, NEP 1
 */
export function toNpy(data: Float32Array | Float64Array | Int32Array, shape: number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  assert(
    shape.length >= 1 && shape.length <= 3 && count === data.length,
    `toNpy: shape [${shape.join(', ')}] has ${count} values, got ${data.length}`,
  );
  const header = headerOf(data, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

function headerOf(data: Float32Array | Float64Array | Int32Array, shape: number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${typeOf(data)}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((PREFIX + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${text.padEnd(length - PREFIX - 1)}\n`;
  const size = [padded.length & 0xff, padded.length >> 8];
  return Uint8Array.from([...MAGIC, ...size, ...new TextEncoder().encode(padded)]);
}

function typeOf(data: Float32Array | Float64Array | Int32Array): string {
  if (data instanceof Float32Array) return '<f4';
  return data instanceof Float64Array ? '<f8' : '<i4';
}
