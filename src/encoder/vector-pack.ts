import type { EncodedTexts } from '../core/encoder.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import { concatenate, pickRows } from './encoded-rows.ts';

/**
 * A file of vectors that only grows. It begins with eight letters; blocks follow, each written at once:
 *
 *   mark, rows, floats of a row, 0 (4 bytes each) | a key of 16 bytes for each row | tokens, unknown tokens, truncated
 *   (each 4 bytes for each row) | vectors, then layer by layer (4-byte floats, row-major) | SHA-256 of all before
 *
 * Numbers are in the order of the machine, which is the only one to read it. Keys stand together, so that a block without
 * a wanted text is passed over. What follows the first damaged block is dropped.
 */
const LETTERS = new TextEncoder().encode('ISOGVEC1');
const MARK = 0x4b434f42;
const HEAD_BYTES = 16;
export const KEY_BYTES = 16;
const HASH_BYTES = 32;

/** An open file that nobody else reads or writes; the file handles of a browser's worker have this shape. */
export interface PackFile {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
}

/** What every row holds beside its counts: one vector of `dimensions` numbers, and as many for each layer. */
export interface PackShape {
  dimensions: number;
  layers: number;
}

interface Block {
  at: number;
  rows: number;
  bytes: number;
}

/**
 * The rows of the wanted keys (16 letters of one byte each), as far as the file has them; `index` holds the numbers that
 * `wanted` gives them. Drops what is damaged.
 */
export async function readPack(
  file: PackFile,
  shape: PackShape,
  wanted: ReadonlyMap<string, number>,
): Promise<{ rows: EncodedTexts; damaged: boolean }> {
  const left = new Map(wanted);
  const parts: EncodedTexts[] = [];
  const end = file.getSize();
  if (end === 0) return { rows: noRows(shape), damaged: false };
  let at = hasLetters(file) ? LETTERS.length : 0;
  while (at > 0 && at < end) {
    const block = blockAt(file, shape, at);
    const part = block === null ? null : await wantedRows(file, shape, block, left);
    if (block === null || part === null) break;
    parts.push(part);
    at += block.bytes;
  }
  const damaged = at < end;
  if (damaged) file.truncate(at);
  else touch(file);
  return { rows: parts.length === 0 ? noRows(shape) : concatenate(parts), damaged };
}

/** Appends rows as one block; leaves the file as it was where there is no room. */
export async function appendToPack(
  file: PackFile,
  shape: PackShape,
  { keys, rows }: { keys: string[]; rows: EncodedTexts },
): Promise<void> {
  if (file.getSize() === 0) write(file, LETTERS, 0);
  let at = LETTERS.length;
  for (let block = blockAt(file, shape, at); block !== null; block = blockAt(file, shape, at))
    at += block.bytes;
  try {
    // Behind the last whole block may lie half of one whose writing was cut off.
    file.truncate(at);
    write(file, await blockOf(shape, keys, rows), at);
    file.flush();
  } catch (failure) {
    file.truncate(at);
    throw failure;
  }
}

/** Bytes that a block of so many rows takes. */
export function blockBytes({ dimensions, layers }: PackShape, rows: number): number {
  return HEAD_BYTES + rows * (KEY_BYTES + 12 + 4 * dimensions * (1 + layers)) + HASH_BYTES;
}

/** The block that begins at `at`; null where no whole one does. */
function blockAt(file: PackFile, shape: PackShape, at: number): Block | null {
  const head = new Uint32Array(HEAD_BYTES / 4);
  if (file.read(new Uint8Array(head.buffer), { at }) < HEAD_BYTES) return null;
  const [mark, rows, floats] = head;
  if (mark !== MARK || floats !== shape.dimensions * (1 + shape.layers)) return null;
  const bytes = blockBytes(shape, rows);
  return at + bytes <= file.getSize() ? { at, rows, bytes } : null;
}

/** The wanted rows of a block, which are then no longer wanted; null where it is damaged. */
async function wantedRows(
  file: PackFile,
  shape: PackShape,
  { at, rows, bytes }: Block,
  wanted: Map<string, number>,
): Promise<EncodedTexts | null> {
  const keys = new Uint8Array(rows * KEY_BYTES);
  file.read(keys, { at: at + HEAD_BYTES });
  const hits: number[] = [];
  const index: number[] = [];
  for (let r = 0; r < rows; r++) {
    const key = String.fromCharCode(...keys.subarray(r * KEY_BYTES, (r + 1) * KEY_BYTES));
    const number = wanted.get(key);
    if (number === undefined) continue;
    wanted.delete(key);
    hits.push(r);
    index.push(number);
  }
  if (hits.length === 0) return noRows(shape);
  const block = new Uint8Array(bytes);
  file.read(block, { at });
  if (!(await isWhole(block))) return null;
  return pickRows(rowsOf(block, rows, shape), hits, index);
}

function rowsOf(block: Uint8Array, rows: number, { dimensions, layers }: PackShape): EncodedTexts {
  let at = HEAD_BYTES + rows * KEY_BYTES;
  const numbers = (): Int32Array => {
    at += rows * 4;
    return new Int32Array(block.buffer, at - rows * 4, rows);
  };
  const floats = (): Matrix => {
    const data = new Float32Array(block.buffer as ArrayBuffer, at, rows * dimensions);
    at += data.byteLength;
    return matrix(rows, dimensions, data);
  };
  const [tokens, unknown, truncated] = [numbers(), numbers(), numbers()];
  return {
    index: new Int32Array(rows),
    tokens,
    unknown,
    truncated: Uint8Array.from(truncated),
    kept: new Uint8Array(rows).fill(1),
    vectors: floats(),
    layers: Array.from({ length: layers }, floats),
  };
}

async function blockOf(
  shape: PackShape,
  keys: string[],
  { vectors, layers, tokens, unknown, truncated }: EncodedTexts,
): Promise<Uint8Array> {
  const count = keys.length;
  const block = new Uint8Array(blockBytes(shape, count));
  const floats = shape.dimensions * (1 + shape.layers);
  let at = 0;
  const put = (part: ArrayBufferView): void => {
    block.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  };
  put(Uint32Array.of(MARK, count, floats, 0));
  for (const key of keys) put(Uint8Array.from(key, (letter) => letter.charCodeAt(0)));
  for (const numbers of [tokens, unknown, Int32Array.from(truncated)]) put(numbers);
  for (const { data } of [vectors, ...layers]) put(data);
  put(await hashOf(block));
  return block;
}

async function isWhole(block: Uint8Array): Promise<boolean> {
  const stored = block.subarray(block.length - HASH_BYTES);
  const hash = await hashOf(block);
  return hash.every((byte, i) => byte === stored[i]);
}

async function hashOf(block: Uint8Array): Promise<Uint8Array> {
  const content = block.subarray(0, block.length - HASH_BYTES) as Uint8Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', content));
}

function hasLetters(file: PackFile): boolean {
  const letters = new Uint8Array(LETTERS.length);
  file.read(letters, { at: 0 });
  return letters.every((letter, i) => letter === LETTERS[i]);
}

/** Makes this the file that was used last. */
function touch(file: PackFile): void {
  write(file, LETTERS, 0);
}

function write(file: PackFile, bytes: Uint8Array, at: number): void {
  const written = file.write(bytes, { at });
  if (written < bytes.length)
    throw new Error(`only ${written} of ${bytes.length} bytes could be written`);
}

function noRows({ dimensions, layers }: PackShape): EncodedTexts {
  return {
    index: new Int32Array(0),
    vectors: matrix(0, dimensions),
    layers: Array.from({ length: layers }, () => matrix(0, dimensions)),
    tokens: new Int32Array(0),
    unknown: new Int32Array(0),
    truncated: new Uint8Array(0),
    kept: new Uint8Array(0),
  };
}
