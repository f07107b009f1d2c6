import type { EncodedTexts } from '../../src/core/encoder.ts';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import type { VectorStore } from '../../src/encoder/vector-cache.ts';
import type { PackFile, PackShape } from '../../src/encoder/vector-pack.ts';

/** A file in memory; `room` bytes fit. */
export function memoryFile(room = Infinity): PackFile & { bytes: Uint8Array } {
  const file = {
    bytes: new Uint8Array(0),
    getSize: () => file.bytes.length,
    read: (into: Uint8Array, { at }: { at: number }) => {
      const part = file.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (bytes: Uint8Array, { at }: { at: number }) => {
      if (at + bytes.length > room) throw new Error('no room is left');
      const grown = new Uint8Array(Math.max(file.bytes.length, at + bytes.length));
      grown.set(file.bytes);
      grown.set(bytes, at);
      file.bytes = grown;
      return bytes.length;
    },
    truncate: (bytes: number) => {
      file.bytes = file.bytes.slice(0, bytes);
    },
    flush: () => undefined,
  };
  return file;
}

/** Packs in memory. */
export function memoryStore(room = Infinity): VectorStore & {
  files: Map<string, ReturnType<typeof memoryFile>>;
  used: Map<string, number>;
} {
  const files = new Map<string, ReturnType<typeof memoryFile>>();
  const used = new Map<string, number>();
  let clock = 0;
  return {
    files,
    used,
    withPack: (name, work) => {
      const file = files.get(name) ?? memoryFile(room);
      files.set(name, file);
      used.set(name, ++clock);
      return work(file);
    },
    packs: () =>
      Promise.resolve(
        [...files].map(([name, { bytes }]) => ({
          name,
          bytes: bytes.length,
          used: used.get(name) ?? 0,
        })),
      ),
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
  };
}

/** Rows that are told apart by a number each, which is their index too. */
export function encodedRows(numbers: number[], { dimensions, layers }: PackShape): EncodedTexts {
  const rows = (layer: number): Matrix =>
    matrix(
      numbers.length,
      dimensions,
      Float32Array.from(numbers.flatMap((n) => Array<number>(dimensions).fill(n + layer / 10))),
    );
  return {
    index: Int32Array.from(numbers),
    vectors: rows(0),
    layers: Array.from({ length: layers }, (_, k) => rows(k + 1)),
    tokens: Int32Array.from(numbers, (n) => 10 + n),
    unknown: Int32Array.from(numbers, (n) => 20 + n),
    truncated: Uint8Array.from(numbers, (n) => n % 2),
    kept: new Uint8Array(numbers.length),
  };
}

export function keyOf(number: number): string {
  return String.fromCharCode(number).repeat(16);
}
