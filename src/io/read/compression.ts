import { Gunzip, Inflate } from 'fflate';

/**
 * Unpacked bytes; `over` when they would exceed the limit; `damaged` with what is wrong, as the end of a sentence, and
 * how many bytes were unpacked before that showed.
 */
export type Inflated =
  | { kind: 'whole'; bytes: Uint8Array }
  | { kind: 'over' }
  | { kind: 'damaged'; reason: string; unpacked: number };

export function damaged(reason: string, unpacked = 0): Inflated {
  return { kind: 'damaged', reason, unpacked };
}

/** Small, since one byte of deflate can stand for a thousand: a piece unpacks to at most 16 MB. */
const PIECE = 16_384;
const GZIP_TRAILER = 8;

/** Unpacks a deflate stream up to the length that its archive states, and compares length and checksum. */
export function inflate(packed: Uint8Array, stated: { size: number; crc: number }): Inflated {
  const sink = collector(stated.size);
  const result = pushAll(new Inflate(sink.take), packed, sink);
  if (result.kind === 'over')
    return damaged('has another length than its archive says', stated.size);
  return result.kind === 'whole' ? checked(result.bytes, stated) : result;
}

/** Unpacks a gzip file of one or more members. The checksum of a single member is compared. */
export function gunzip(packed: Uint8Array, limit: number): Inflated {
  if (packed.length < 18) return damaged('is cut off');
  const sink = collector(limit);
  const stream = new Gunzip(sink.take);
  let members = 1;
  stream.onmember = () => members++;
  const result = pushAll(stream, packed, sink);
  if (result.kind !== 'whole' || members > 1) return result;
  const trailer = new DataView(
    packed.buffer,
    packed.byteOffset + packed.length - GZIP_TRAILER,
    GZIP_TRAILER,
  );
  return checked(result.bytes, {
    crc: trailer.getUint32(0, true),
    size: trailer.getUint32(4, true),
  });
}

interface Sink {
  take(piece: Uint8Array): void;
  size(): number;
  limit: number;
  bytes(): Uint8Array;
}

function collector(limit: number): Sink {
  const pieces: Uint8Array[] = [];
  let size = 0;
  return {
    limit,
    size: () => size,
    take: (piece) => {
      size += piece.length;
      if (size <= limit) pieces.push(piece);
    },
    bytes: () => concatenated(pieces, size),
  };
}

function pushAll(stream: Inflate | Gunzip, packed: Uint8Array, sink: Sink): Inflated {
  try {
    for (let start = 0; start < packed.length; start += PIECE) {
      stream.push(packed.subarray(start, start + PIECE), start + PIECE >= packed.length);
      if (sink.size() > sink.limit) return { kind: 'over' };
    }
  } catch (thrown) {
    return damaged(
      `is damaged (${thrown instanceof Error ? thrown.message : String(thrown)})`,
      sink.size(),
    );
  }
  return { kind: 'whole', bytes: sink.bytes() };
}

function concatenated(pieces: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function checked(bytes: Uint8Array, { size, crc }: { size: number; crc: number }): Inflated {
  if (bytes.length !== size)
    return damaged('is cut off, or has another length than its archive says', bytes.length);
  if (crc32(bytes) !== crc) return damaged('is damaged (its checksum disagrees)', bytes.length);
  return { kind: 'whole', bytes };
}

let table: Uint32Array | undefined;

/** CRC-32 as ZIP and gzip use it (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
