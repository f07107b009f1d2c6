import type { Issue } from '../../core/errors.ts';
import { damaged, gunzip, inflate, type Inflated } from './compression.ts';
import { PICKLE } from './detect.ts';
import { issue, type Limits, type NamedBytes } from './sheet.ts';
import { zipEntries, type ZipEntry, type ZipMember } from './zip-entries.ts';

export interface Unpacked {
  files: NamedBytes[];
  issues: Issue[];
}

/** Bytes that may still be unpacked. What was unpacked in vain counts too, so that no archive can keep us busy. */
export interface Budget {
  left: number;
}

const DEEPEST = 3;
const OFFICE = ['[Content_Types].xml', 'mimetype', 'META-INF/manifest.xml'];

/**
 * The files inside a ZIP or gzip archive, or the file itself. Members of a ZIP keep its name before theirs. What would
 * exceed the limit of one file or the budget of all is refused; nothing is allocated by a header's claim.
 */
export function unpack(file: NamedBytes, limits: Limits, budget: Budget, depth = 0): Unpacked {
  const isZip =
    startsWith(file.bytes, [0x50, 0x4b, 0x03, 0x04]) ||
    startsWith(file.bytes, [0x50, 0x4b, 0x05, 0x06]);
  const isGzip = startsWith(file.bytes, [0x1f, 0x8b]);
  if (depth > DEEPEST && (isZip || isGzip))
    return failed(file, 'damaged-file', 'nests archives too deep');
  if (isZip) return unpackZip(file, limits, budget, depth);
  if (isGzip) return unpackGzip(file, limits, budget, depth);
  const problem = overLimit(file.name, file.bytes.length, limits, budget);
  if (problem !== null) return { files: [], issues: [problem] };
  budget.left -= file.bytes.length;
  return { files: [file], issues: [] };
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function unpackGzip(file: NamedBytes, limits: Limits, budget: Budget, depth: number): Unpacked {
  const inflated = gunzip(file.bytes, room(limits, budget));
  return settle(file.name, inflated, { limits, budget, depth });
}

function unpackZip(file: NamedBytes, limits: Limits, budget: Budget, depth: number): Unpacked {
  const entries = zipEntries(file.bytes);
  if (typeof entries === 'string') return failed(file, 'damaged-file', entries);
  const foreign = foreignArchive(entries);
  if (foreign !== null) return failed(file, 'unknown-format', foreign);
  const wanted = entries.filter(isWanted);
  if (wanted.length === 0) return failed(file, 'ignored', 'holds no files');
  const parts = wanted.map((entry): Unpacked => {
    const name = `${file.name}/${entry.name}`;
    const problem = overLimit(name, entry.size, limits, budget);
    if (problem !== null) return { files: [], issues: [problem] };
    return settle(name, inflateEntry(file.bytes, entry), { limits, budget, depth });
  });
  return {
    files: parts.flatMap(({ files }) => files),
    issues: parts.flatMap(({ issues }) => issues),
  };
}

/** What an archive is that only its own program reads, as the end of a sentence; null for one of files. */
export function foreignArchive(members: { name: string }[]): string | null {
  if (members.some(({ name }) => OFFICE.includes(name)))
    return 'is an Office document; save its table as CSV';
  return members.some(({ name }) => name.endsWith('data.pkl'))
    ? `is ${PICKLE}; save its vectors as NumPy or safetensors`
    : null;
}

/** Folders, the Mac's side files and hidden files are passed over. */
export function isWanted({ name }: { name: string }): boolean {
  return (
    !name.endsWith('/') &&
    !name.split('/').some((part) => part === '__MACOSX' || part.startsWith('.'))
  );
}

function inflateEntry(archive: Uint8Array, entry: ZipEntry): Inflated {
  const { start, end } = entry;
  if (!entry.encrypted && (start < 0 || end > archive.length)) return damaged('is cut off');
  return inflateMember(archive.subarray(start, end), entry);
}

/** Unpacks the packed bytes of a member of a ZIP archive. */
export function inflateMember(
  packed: Uint8Array,
  { method, size, crc, encrypted }: ZipMember,
): Inflated {
  if (encrypted) return damaged('is encrypted');
  if (method === 8) return inflate(packed, { size, crc });
  if (method !== 0) return damaged(`is packed with method ${method}, which is not supported`);
  if (packed.length !== size) return damaged('has another length than its archive says');
  return { kind: 'whole', bytes: packed.slice() };
}

function settle(
  name: string,
  inflated: Inflated,
  { limits, budget, depth }: { limits: Limits; budget: Budget; depth: number },
): Unpacked {
  if (inflated.kind === 'whole')
    return unpack({ name, bytes: inflated.bytes }, limits, budget, depth + 1);
  if (inflated.kind === 'damaged') {
    budget.left -= inflated.unpacked;
    return failed({ name }, 'damaged-file', inflated.reason);
  }
  const problem = overLimit(name, Infinity, limits, budget);
  budget.left -= room(limits, budget);
  return { files: [], issues: problem === null ? [] : [problem] };
}

function room(limits: Limits, budget: Budget): number {
  return Math.min(limits.fileBytes, budget.left);
}

function overLimit(name: string, size: number, limits: Limits, budget: Budget): Issue | null {
  const { fileBytes, totalBytes } = limits;
  const found = Number.isFinite(size)
    ? `is ${megabytes(size)}`
    : `unpacks to more than ${megabytes(room(limits, budget))}`;
  if (size > fileBytes && (budget.left >= fileBytes || Number.isFinite(size))) {
    const message = `${name} ${found}; a file may have ${megabytes(fileBytes)}. Split it, or keep fewer facts. It is left out.`;
    return issue(name, ['error', 'too-large'], message);
  }
  if (size <= budget.left) return null;
  const message = `${name} ${found}, with ${megabytes(totalBytes - budget.left)} loaded; all files together may have ${megabytes(totalBytes)}. Remove other files first. It is left out.`;
  return issue(name, ['error', 'too-large'], message);
}

function megabytes(bytes: number): string {
  const unit = bytes >= 1_000_000 ? 1_000_000 : 1;
  return `${(bytes / unit).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit === 1 ? 'bytes' : 'MB'}`;
}

function failed({ name }: { name: string }, code: Issue['code'], reason: string): Unpacked {
  const severity = code === 'ignored' ? 'warning' : 'error';
  return {
    files: [],
    issues: [issue(name, [severity, code], `${name} ${reason}; it is left out.`)],
  };
}
