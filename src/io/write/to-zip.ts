import { strToU8, zipSync } from 'fflate';

/** A ZIP archive of files by path. The same files give the same bytes: no date of today stands in it. */
export function toZip(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const bytes = [...files].map(([path, content]): [string, Uint8Array] => [
    path,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(bytes), { mtime: new Date(1980, 0, 1) });
}
