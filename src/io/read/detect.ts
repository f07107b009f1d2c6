import { splitPath } from './sheet.ts';

export const ACCEPTED =
  'Isogloss reads CSV, TSV, JSON, JSONL, XQuAD, BMLAMA and MKQA files, one text file for each language, ZIP or gzip archives of these, and vectors as NumPy, safetensors or Parquet files.';

/** What Python's pickle makes of objects; loading it runs whatever it says. */
export const PICKLE = 'pickled Python, which is never loaded';

/** First bytes that give a kind of file away, and what it is called. */
const SIGNATURES: [bytes: string, kind: string][] = [
  ['%PDF', 'a PDF document'],
  ['{\\rtf', 'an RTF document'],
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'a ZIP archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\xfd7zXZ', 'an xz archive'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  ['\x80\x02', PICKLE],
  ['\x80\x03', PICKLE],
  ['\x80\x04', PICKLE],
  ['\x80\x05', PICKLE],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
  ['\x7fELF', 'a program'],
];
/** First letters that could begin a sentence as well; they count only where a zero byte follows. */
const READABLE_SIGNATURES: [bytes: string, kind: string][] = [
  ['GIF8', 'a GIF image'],
  ['RIFF', 'a sound, video or WebP file'],
  ['ID3', 'an MP3 file'],
  ['OggS', 'an Ogg file'],
  ['Rar!', 'a RAR archive'],
  ['BZh', 'a bzip2 archive'],
  ['ARROW1', 'an Arrow file'],
  ['SQLite format 3', 'an SQLite database'],
];
const MARKUP: [pattern: RegExp, kind: string][] = [
  [/^\s*<(!doctype html|html)\b/i, 'a web page (HTML)'],
  [/^\s*<\?xml\b/i, 'an XML document'],
];
const LONGEST_SIGNATURE = 16;
const LOOKED_AT = 8192;

/** What a file that holds no text is ('a PDF document'), judged by its bytes; null for text. */
export function binaryKind(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, LONGEST_SIGNATURE));
  const named = (signatures: typeof SIGNATURES): string | undefined =>
    signatures.find(([signature]) => start.startsWith(signature))?.[1];
  const utf16 = start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff');
  const zeros = !utf16 && bytes.subarray(0, LOOKED_AT).includes(0);
  return named(SIGNATURES) ?? (zeros ? (named(READABLE_SIGNATURES) ?? 'binary data') : null);
}

/** What a text that is no table and no list of sentences is ('a web page (HTML)'), or null. */
export function markupKind(text: string): string | null {
  const start = text.slice(0, 200);
  return MARKUP.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

export type TextFormat = 'json' | 'jsonl' | 'table' | 'lines';

/** The family of a text, by its content; the name's extension decides only where the content allows both. */
export function textFormat(
  file: string,
  text: string,
  isTable: (text: string, sure: boolean) => boolean,
): TextFormat {
  const extension = extensionOf(file);
  if (/^\s*[{[]/.test(text)) {
    if (looksLikeJsonl(text)) return 'jsonl';
    if (/^(json|jsonl|ndjson)$/.test(extension) || isJson(text)) return 'json';
  }
  return isTable(text, /^(csv|tsv|tab)$/.test(extension)) ? 'table' : 'lines';
}

/** The extension in lower case, that of a compressed file without `.gz`. */
export function extensionOf(file: string): string {
  const { base } = splitPath(file.toLowerCase().replace(/\.gz$/, ''));
  return base.includes('.') ? base.slice(base.lastIndexOf('.') + 1) : '';
}

/** Whether most of the first lines are JSON objects of their own, and there is more than one line. */
function looksLikeJsonl(text: string): boolean {
  const lines = text.split('\n', 40).filter((line) => line.trim() !== '');
  const objects = lines.filter((line) => line.trim().startsWith('{') && isJson(line));
  return lines.length > 1 && objects.length > 0 && objects.length * 2 >= lines.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
