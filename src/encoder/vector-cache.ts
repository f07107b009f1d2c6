import type { EncodedTexts } from '../core/encoder.ts';
import { asAnalyzerError } from '../core/errors.ts';
import { concatenate } from './encoded-rows.ts';
import { sha256 } from './model-source.ts';
import {
  appendToPack,
  blockBytes,
  KEY_BYTES,
  readPack,
  type PackFile,
  type PackShape,
} from './vector-pack.ts';

/** A pack as the store lists it. */
export interface StoredPack {
  name: string;
  bytes: number;
  /** Milliseconds, later for packs used later. */
  used: number;
}

/** Where packs of vectors lie; a browser and the shell each have one. */
export interface VectorStore {
  /** Works on one pack, empty where it is new, while nobody else does. Fails where another does not end. */
  withPack<T>(name: string, work: (file: PackFile) => Promise<T>): Promise<T>;
  packs(): Promise<StoredPack[]>;
  remove(name: string): Promise<void>;
}

/** The pack that a model with its settings reads and writes. */
export interface Pack {
  name: string;
  shape: PackShape;
}

/** Vectors of the texts of one request. What the store cannot do makes a notice, no failure. */
export interface VectorCache {
  /** Rows of the texts that an earlier run kept; `index` holds their positions. */
  find(texts: readonly string[]): Promise<EncodedTexts>;
  /** Keeps rows; `index` holds positions in the texts that `find` was given. */
  keep(rows: EncodedTexts): Promise<void>;
  /** Writes what still waits. */
  close(): Promise<void>;
  notices(): string[];
}

/** Bytes of all packs together; above it, those that were not used for longest go. */
const CAPACITY = 1e9;

/** Bytes of vectors that wait to be written together. */
const BLOCK = 4e6;

/**
 * The name of the pack for everything that decides about numbers: files of the model by their hashes, precision, pooling,
 * prefix, length, device, runtime. Hexadecimal.
 */
export function packName(settings: object): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify(settings)));
}

/** Texts themselves are never kept, only 128 bits of their SHA-256. */
export function openCache(store: VectorStore, { name, shape }: Pack): VectorCache {
  const notices: string[] = [];
  let keys: string[] = [];
  let waiting: EncodedTexts[] = [];
  let works = true;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (!works) return;
    await work().catch((cause: unknown) => {
      works = false;
      notices.push(`Vectors are not kept for later runs: ${asAnalyzerError(cause).message}`);
    });
  };
  const onPack = (work: (file: PackFile) => Promise<void>): Promise<void> =>
    attempt(() => store.withPack(name, work));
  const write = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const rows = concatenate(waiting);
    waiting = [];
    const bytes = blockBytes(shape, rows.index.length);
    await onPack(async (file) => {
      if (file.getSize() + bytes > CAPACITY) throw new Error(FULL);
      await appendToPack(file, shape, { keys: Array.from(rows.index, (t) => keys[t]), rows });
    });
  };
  return {
    find: async (texts) => {
      keys = await keysOf(texts);
      const wanted = new Map(keys.map((key, t) => [key, t]));
      const found: EncodedTexts[] = [];
      await onPack(async (file) => {
        const { rows, damaged } = await readPack(file, shape, wanted);
        found.push(rows);
        if (damaged) notices.push(DAMAGED);
      });
      return concatenate(found);
    },
    keep: async (rows) => {
      waiting.push(rows);
      const count = waiting.reduce((sum, { index }) => sum + index.length, 0);
      if (blockBytes(shape, count) >= BLOCK) await write();
    },
    close: async () => {
      await write();
      await attempt(() => dropOldest(store, name));
    },
    notices: () => notices,
  };
}

const FULL = 'those of this model and its settings fill the room already.';
const DAMAGED =
  'Some kept vectors were damaged, or written only in part; they were dropped and made anew.';

/** Bytes of all packs. */
export async function keptBytes(store: VectorStore): Promise<number> {
  return (await store.packs()).reduce((sum, { bytes }) => sum + bytes, 0);
}

export async function clearVectors(store: VectorStore): Promise<void> {
  for (const { name } of await store.packs()) await store.remove(name);
}

async function dropOldest(store: VectorStore, current: string): Promise<void> {
  const packs = (await store.packs()).sort((a, b) => a.used - b.used);
  let total = packs.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of packs) {
    if (total <= CAPACITY) return;
    if (name === current) continue;
    await store.remove(name);
    total -= bytes;
  }
}

/** By its UTF-16 units: those tell apart what UTF-8 would not. */
async function keysOf(texts: readonly string[]): Promise<string[]> {
  return Promise.all(
    texts.map(async (text) => {
      const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', units));
      return String.fromCharCode(...hash.subarray(0, KEY_BYTES));
    }),
  );
}
