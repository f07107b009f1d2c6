import type { NamedFile } from '../protocol/api.ts';

/** Characters at the beginning of a file in which its format is named. */
const HEAD = 4096;

/** The files that say of themselves that they hold an adapter; whether they do is found out when they are read. */
export async function adaptersAmong<Dropped extends NamedFile>(
  files: Dropped[],
): Promise<Dropped[]> {
  const flags = await Promise.all(files.map(isAdapter));
  return files.filter((_, i) => flags[i]);
}

async function isAdapter({ name, content }: NamedFile): Promise<boolean> {
  if (!/\.json$/i.test(name)) return false;
  return /"format"\s*:\s*"isogloss-adapter"/.test(await content.slice(0, HEAD).text());
}
