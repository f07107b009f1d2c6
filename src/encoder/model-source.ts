import type { ModelFolder } from '../core/encoder.ts';

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
