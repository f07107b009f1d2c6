import type { ModelFolder } from '../core/encoder.ts';
import { AnalyzerError } from '../core/errors.ts';

/** Where files come from and are kept; the browser and the shell each have one. */
export interface ModelSource {
  /** A file under `public/models/`. */
  readBundled(path: string): Promise<Uint8Array>;
  /** The hub's address, without a slash at the end. */
  hub: string;
  /** Kept between visits: downloaded files and pins, by key. Undefined where there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** All files of a model, whole and hashed, before anything is built from them. */
export interface ModelFiles {
  files: ModelFolder;
  /** SHA-256 in hexadecimal, by path. */
  hashes: Record<string, string>;
  /** The commit for a hub model, else the word for where it came from. */
  revision: string;
  notices: string[];
}

export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function hashAll(files: ModelFolder): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of Object.keys(files).sort()) hashes[path] = await sha256(files[path]);
  return hashes;
}

/** The ONNX file of a precision, named as the hub's exports name it. */
export function onnxFile(dtype: string): string {
  const suffix: Record<string, string> = { fp32: '', fp16: '_fp16', q8: '_quantized' };
  if (!Object.hasOwn(suffix, dtype)) {
    throw new AnalyzerError('model/unknown', `The precision ${dtype} is unknown.`, {
      hint: 'Choose fp32, fp16 or q8.',
    });
  }
  return `onnx/model${suffix[dtype]}.onnx`;
}

export function wrongHash(
  model: string,
  path: string,
  { expected, hash }: { expected: string; hash: string },
): AnalyzerError {
  return new AnalyzerError(
    'model/changed',
    `The file ${path} of ${model} is not the one expected: its SHA-256 begins with ${hash.slice(0, 12)}, not ${expected.slice(0, 12)}.`,
    {
      hint: 'Load it again; if it repeats, the file was damaged or replaced.',
      detail: { expected, hash },
    },
  );
}
