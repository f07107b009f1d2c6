import type { NamedFile } from '../../protocol/api.ts';
import type { AnswerSource } from '../answers/answer-source.ts';
import { readMember, zipSource } from '../answers/zip-source.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { ADAPTER_HEAD, isAdapter } from './from-adapter.ts';
import { splitPath, type NamedBytes } from './sheet.ts';

/** What the lab writes beside an adapter. */
export const BESIDE_ADAPTERS = [
  'README.md',
  'lab.json',
  'measures.csv',
  'curve.csv',
  'leave-one-out.csv',
];
const ADAPTER_FILE = 'adapter.json';

/**
 * Adapters among dropped files: by themselves, or as the lab saves them, with their card and numbers in a folder or a zip.
 * Of an archive no more is read than its list and the adapter.
 *
 * @returns `left`: names of the files that hold something else
 * @throws AnalyzerError `format/damaged` where an archive's adapter cannot be unpacked
 */
export async function adaptersAmong(
  files: NamedFile[],
): Promise<{ adapters: NamedBytes[]; left: string[] }> {
  const found = await Promise.all(files.map(adapterOf));
  const adapters = found.filter((adapter) => adapter !== null);
  const beside = new Set(
    adapters.flatMap(({ name }) => BESIDE_ADAPTERS.map((own) => folderOf(name) + own)),
  );
  const left = files.filter(({ name }, i) => found[i] === null && !beside.has(name));
  return { adapters, left: left.map(({ name }) => name) };
}

async function adapterOf({ name, content }: NamedFile): Promise<NamedBytes | null> {
  const bytes = async (start: number, end: number): Promise<Uint8Array> =>
    new Uint8Array(await content.slice(start, end).arrayBuffer());
  if (/\.zip$/i.test(name)) return zippedAdapter({ name, size: content.size, read: bytes });
  if (!/\.json$/i.test(name) || !isAdapter(await bytes(0, ADAPTER_HEAD))) return null;
  return { name, bytes: await bytes(0, content.size) };
}

async function zippedAdapter(source: AnswerSource): Promise<NamedBytes | null> {
  const members = await zipSource(source);
  if (typeof members === 'string') return null;
  const member = members.find(({ name }) => splitPath(name).base === ADAPTER_FILE);
  if (member === undefined) return null;
  const folder = folderOf(member.name);
  const own = [ADAPTER_FILE, ...BESIDE_ADAPTERS].map((base) => folder + base);
  if (!members.every(({ name }) => own.includes(name))) return null;
  const name = `${source.name}/${member.name}`;
  const inflated = await readMember(source, member);
  if (inflated.kind === 'whole') return { name, bytes: inflated.bytes };
  const reason = inflated.kind === 'damaged' ? inflated.reason : 'is too large';
  throw new AnalyzerError('format/damaged', `${name} ${reason}.`, { hint: 'Save it again.' });
}

/** With the slash at its end; '' for none. */
function folderOf(name: string): string {
  return name.slice(0, name.length - splitPath(name).base.length);
}
