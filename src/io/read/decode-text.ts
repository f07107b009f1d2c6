/** The text of a file, or the line in which its bytes stop being text. */
export type Decoded = { text: string } | { text: null; line: number; encoding: string };

const NEWLINE = 10;

/**
 * Decodes UTF-8 strictly (a byte order mark is dropped), or UTF-16 where a byte order mark says so.
 * Nothing is guessed: bytes that are not valid are reported with their 1-based line.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const text = decode(bytes, encoding);
  if (text !== null) return { text };
  return { text: null, line: encoding === 'utf-8' ? lineOfInvalid(bytes) : 0, encoding };
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Halves the bytes at a newline (which is never part of a longer UTF-8 sequence) until one line is left. */
function lineOfInvalid(bytes: Uint8Array): number {
  let start = 0;
  let end = bytes.length;
  for (;;) {
    const cut = newlineNear(bytes, start, end);
    if (cut === -1) return countNewlines(bytes, start) + 1;
    if (decode(bytes.subarray(start, cut + 1), 'utf-8') === null) end = cut + 1;
    else start = cut + 1;
  }
}

/** A newline inside [start, end - 1), nearest after the middle, else the last one before it; -1 for a single line. */
function newlineNear(bytes: Uint8Array, start: number, end: number): number {
  const range = bytes.subarray(start, end - 1);
  const middle = range.length >> 1;
  const after = range.indexOf(NEWLINE, middle);
  const cut = after === -1 ? range.lastIndexOf(NEWLINE) : after;
  return cut === -1 ? -1 : start + cut;
}

function countNewlines(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let i = 0; i < end; i++) if (bytes[i] === NEWLINE) count++;
  return count;
}
