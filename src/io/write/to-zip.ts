import { strToU8, unzipSync, zipSync } from 'fflate';

/** A ZIP archive of files by path. The same files give the same bytes: no date of today stands in it. */
export function toZip(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const bytes = [...files].map(([path, content]): [string, Uint8Array] => [
    path,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(bytes), { mtime: new Date(1980, 0, 1) });
}

/** Archives as folders of one, with `manifest.json` on top. */
export function toBundle(
  folders: Readonly<Record<string, Uint8Array>>,
  manifest: string,
): Uint8Array {
  const files = new Map<string, string | Uint8Array>([['manifest.json', manifest]]);
  for (const [folder, archive] of Object.entries(folders))
    for (const [path, content] of Object.entries(unzipSync(archive)))
      files.set(`${folder}/${path}`, content);
  return toZip(files);
}
