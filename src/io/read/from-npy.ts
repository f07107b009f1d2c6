import { AnalyzerError } from '../../core/errors.ts';
import { fromHalf } from './half-floats.ts';

/** A NumPy array: row-major, one to four sizes. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array;
}

const MAGIC = '\x93NUMPY';
const SIZES: Record<string, number> = { f2: 2, f4: 4, f8: 8, i4: 4, i8: 8 };
const ENTRY =
  /^\s*'(descr|fortran_order|shape)'\s*:\s*(?:'([^']*)'|(True|False)|\(([\d,\s]*)\))\s*(?:,|$)/;

interface Header {
  /** A key of SIZES. */
  type: string;
  bigEndian: boolean;
  fortran: boolean;
  shape: number[];
  /** Offset of the first value. */
  start: number;
}

/**
 * Reads a NumPy array file of format 1.0 or 2.0: float16 (which becomes float32), float32, float64, int32 or int64 (which
 * becomes float64), in any byte order, in C or Fortran order. The header is taken apart by pattern, never evaluated.
 *
 * @param file its name, for the sentence of a refusal
 * @throws AnalyzerError `format/damaged` when the file is cut off or no such file, `format/unknown` for other types and
 * other dimensions
 */
export function fromNpy(bytes: Uint8Array, file: string): NpyArray {
  const { type, bigEndian, fortran, shape, start } = headerOf(bytes, file);
  const count = shape.reduce((product, size) => product * size, 1);
  const needed = count * SIZES[type];
  const found = bytes.length - start;
  if (found !== needed) {
    const sizes = `[${shape.join(', ')}] of ${type}`;
    throw damaged(`${file} has ${found} bytes of values but its shape ${sizes} needs ${needed}.`);
  }
  const values = bytes.slice(start);
  if (bigEndian) reverseEach(values, SIZES[type]);
  const data = valuesOf(values.buffer, type, file);
  return { shape, data: fortran ? rowMajor(data, shape) : data };
}

function reverseEach(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size)
    bytes.subarray(start, start + size).reverse();
}

function valuesOf(buffer: ArrayBuffer, type: string, file: string): NpyArray['data'] {
  if (type === 'f2') return fromHalf(new Uint16Array(buffer));
  if (type === 'f4') return new Float32Array(buffer);
  if (type === 'f8') return new Float64Array(buffer);
  if (type === 'i4') return new Int32Array(buffer);
  return Float64Array.from(new BigInt64Array(buffer), (value) => {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw unknown(
      `${file} holds the integer ${value}, which exceeds what double precision can hold.`,
    );
  });
}

/** From Fortran order, in which the first index runs fastest. */
function rowMajor(data: NpyArray['data'], shape: number[]): NpyArray['data'] {
  const result = data.slice();
  const strides = shape.map((_, k) =>
    shape.slice(0, k).reduce((product, size) => product * size, 1),
  );
  for (let e = 0; e < data.length; e++) {
    let rest = e;
    let from = 0;
    for (let k = shape.length - 1; k >= 0; k--) {
      from += (rest % shape[k]) * strides[k];
      rest = Math.floor(rest / shape[k]);
    }
    result[e] = data[from];
  }
  return result;
}

function headerOf(bytes: Uint8Array, file: string): Header {
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC)
    throw damaged(`${file} is no NumPy array (.npy): its first bytes are not \\x93NUMPY.`);
  const version = bytes[6];
  if (version !== 1 && version !== 2)
    throw unknown(`${file} has NumPy format version ${version}; 1 and 2 are read.`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw damaged(`${file} is cut off inside its header.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) throw damaged(`${file} is cut off inside its header.`);
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  return { ...fieldsOf(text, file), start: start + length };
}

function fieldsOf(text: string, file: string): Omit<Header, 'start'> {
  const entries = entriesOf(text);
  const described = entries?.get('descr');
  const order = entries?.get('fortran_order');
  const sizes = entries?.get('shape');
  if (described === undefined || order === undefined || sizes === undefined) {
    throw damaged(`${file} has a header that is not understood: ${text.trim().slice(0, 100)}`);
  }
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (shape.length < 1 || shape.length > 4 || !shape.every(Number.isSafeInteger)) {
    throw unknown(`${file} has the shape (${sizes}); one to four dimensions are read.`);
  }
  return { ...typeOf(described, file), fortran: order === 'True', shape };
}

function typeOf(described: string, file: string): Pick<Header, 'type' | 'bigEndian'> {
  if (described.startsWith('|O')) {
    throw unknown(
      `${file} holds pickled Python objects (type ${described}), which are never loaded.`,
    );
  }
  const type = described.slice(1);
  if (!/^[<>]/.test(described) || !Object.hasOwn(SIZES, type)) {
    const known = Object.keys(SIZES).join(', ');
    throw unknown(`${file} holds values of type ${described}; ${known} are read.`);
  }
  return { type, bigEndian: described.startsWith('>') };
}

/** The three entries of a header's dictionary, each exactly once, or null when anything else stands in it. */
function entriesOf(text: string): Map<string, string> | null {
  const inside = /^\s*\{(.*)\}\s*$/s.exec(text);
  if (inside === null) return null;
  const entries = new Map<string, string>();
  let rest = inside[1];
  while (rest.trim() !== '') {
    const entry = ENTRY.exec(rest);
    if (entry === null || entries.has(entry[1])) return null;
    entries.set(entry[1], entry[2] ?? entry[3] ?? entry[4]);
    rest = rest.slice(entry[0].length);
  }
  return entries;
}

function damaged(sentence: string): AnalyzerError {
  return new AnalyzerError('format/damaged', sentence, {
    hint: 'Write the file anew with numpy.save.',
  });
}

function unknown(sentence: string): AnalyzerError {
  return new AnalyzerError('format/unknown', sentence, {
    hint: 'Save float32 values of shape [rows, d] with numpy.save.',
  });
}
