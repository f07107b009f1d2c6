import { AnalyzerError } from '../../core/errors.ts';
import { fromBfloat16, fromHalf } from './half-floats.ts';
import { isObject } from './records.ts';
import { quoted } from './sheet.ts';

/** A tensor, row-major, as float32. */
export interface Tensor {
  name: string;
  shape: number[];
  data: Float32Array;
}

type Decoder = (buffer: ArrayBuffer) => Float32Array;

const DECODERS: Record<string, { size: number; decode: Decoder }> = {
  F16: { size: 2, decode: (buffer) => fromHalf(new Uint16Array(buffer)) },
  BF16: { size: 2, decode: (buffer) => fromBfloat16(new Uint16Array(buffer)) },
  F32: { size: 4, decode: (buffer) => new Float32Array(buffer) },
  F64: { size: 8, decode: (buffer) => Float32Array.from(new Float64Array(buffer)) },
};

/** Bytes that say how long the header is. */
const LENGTH = 8;
/** The format's own limit. */
const LONGEST_HEADER = 100_000_000;

interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  /** Offsets in the bytes behind the header. */
  begin: number;
  end: number;
}

/**
 * Reads the tensors of a safetensors file, in the natural order of their names: F16, BF16, F32 or F64 values.
 *
 * @param file its name, for the sentence of a refusal
 * @throws AnalyzerError `format/damaged` when the header or an offset does not fit the file, `format/unknown` for other
 * types
 * @see https://github.com/huggingface/safetensors, section Format
 */
export function fromSafetensors(bytes: Uint8Array, file: string): Tensor[] {
  const length = headerLength(bytes);
  if (length === null || LENGTH + length > bytes.length)
    throw damaged(`${file} is cut off inside its header, or no safetensors file.`);
  const text = new TextDecoder().decode(bytes.subarray(LENGTH, LENGTH + length));
  const values = bytes.subarray(LENGTH + length);
  const entries = entriesOf(text, file);
  assertOffsets(entries, values.length, file);
  const { compare } = new Intl.Collator('en', { numeric: true });
  return entries
    .sort((a, b) => compare(a.name, b.name))
    .map(({ name, dtype, shape, begin, end }) => ({
      name,
      shape,
      data: DECODERS[dtype].decode(values.slice(begin, end).buffer),
    }));
}

/** Whether the bytes begin as a safetensors file does: the length of a header, and the header's brace. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return headerLength(bytes) !== null && bytes[LENGTH] === 0x7b;
}

function headerLength(bytes: Uint8Array): number | null {
  if (bytes.length <= LENGTH) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return length <= LONGEST_HEADER ? Number(length) : null;
}

function entriesOf(text: string, file: string): Entry[] {
  const header = parsed(text);
  if (!isObject(header)) throw damaged(`${file} has a header that is no JSON object.`);
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return tensors.map(([name, entry]) => entryOf(name, entry, file));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entryOf(name: string, entry: unknown, file: string): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== 'string' || !areCounts(shape) || !areCounts(offsets, 2))
    throw damaged(`${file} does not say type, shape and place of its tensor ${quoted(name)}.`);
  if (!Object.hasOwn(DECODERS, dtype)) {
    const known = Object.keys(DECODERS).join(', ');
    const message = `${file} holds the tensor ${quoted(name)} of type ${dtype}; ${known} are read.`;
    throw new AnalyzerError('format/unknown', message, { hint: 'Keep tensors of vectors only.' });
  }
  const [begin, end] = offsets;
  const needed = shape.reduce((product, size) => product * size, DECODERS[dtype].size);
  if (end - begin !== needed) {
    throw damaged(
      `${file} gives its tensor ${quoted(name)} ${end - begin} bytes but its shape [${shape.join(', ')}] of ${dtype} needs ${needed}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function areCounts(value: unknown, length?: number): value is number[] {
  return (
    Array.isArray(value) &&
    (length === undefined || value.length === length) &&
    value.every((number) => Number.isSafeInteger(number) && number >= 0)
  );
}

function assertOffsets(entries: Entry[], bytes: number, file: string): void {
  let last = 0;
  for (const { name, begin, end } of entries.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin < last)
      throw damaged(`${file} has tensors that overlap, ${quoted(name)} among them.`);
    if (end > bytes) {
      throw damaged(
        `${file} has ${bytes} bytes of values but its tensor ${quoted(name)} ends at ${end}.`,
      );
    }
    last = end;
  }
}

function damaged(sentence: string): AnalyzerError {
  return new AnalyzerError('format/damaged', sentence, {
    hint: 'Write the file anew with safetensors.numpy.save_file.',
  });
}
