/** A member of a ZIP archive as its central directory describes it. */
export interface ZipMember {
  name: string;
  /** 0 stored, 8 deflate. */
  method: number;
  /** Where its local header begins, and how many packed bytes follow that. */
  header: number;
  packed: number;
  /** Unpacked length and checksum, as stated. */
  size: number;
  crc: number;
  encrypted: boolean;
}

/** [start, end) are its packed bytes; start is -1 where its local header is damaged. */
export interface ZipEntry extends ZipMember {
  start: number;
  end: number;
}

/** Where the central directory lies in the archive. */
export interface ZipDirectory {
  count: number;
  offset: number;
  size: number;
}

const END_RECORD = 0x06054b50;
const END_SIZE = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL = 0x04034b50;
/** Bytes of a local header without its two fields of variable length. */
export const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 65_535;
/** Bytes at the end of an archive in which the record that ends it begins. */
export const DIRECTORY_TAIL = END_SIZE + LONGEST_COMMENT;
const IN_ZIP64 = 0xffffffff;

/**
 * The members of a ZIP archive, or what is wrong with it, as the end of a sentence.
 *
 * @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | string {
  const directory = zipDirectory(bytes);
  if (typeof directory === 'string') return directory;
  const members = zipMembers(bytes.subarray(directory.offset), directory.count);
  if (typeof members === 'string') return members;
  return members.map((member) => {
    const start = dataStart(bytes.subarray(member.header));
    return start === -1
      ? { ...member, start, end: -1 }
      : { ...member, start: member.header + start, end: member.header + start + member.packed };
  });
}

/** Where the members are listed, from the last bytes of an archive (`DIRECTORY_TAIL` of them, or all), or what is wrong with it. */
export function zipDirectory(tail: Uint8Array): ZipDirectory | string {
  const view = viewOf(tail);
  const end = endRecord(view);
  if (end === -1) return 'is a ZIP archive that is cut off or damaged (its directory is missing)';
  const offset = view.getUint32(end + 16, true);
  if (offset === IN_ZIP64) return 'is a ZIP64 archive, which is not supported';
  return { count: view.getUint16(end + 10, true), offset, size: view.getUint32(end + 12, true) };
}

/** The members that a central directory lists, or what is wrong with it. */
export function zipMembers(directory: Uint8Array, count: number): ZipMember[] | string {
  const view = viewOf(directory);
  const members: ZipMember[] = [];
  let offset = 0;
  for (let i = 0; i < count; i++) {
    if (offset + CENTRAL_SIZE > view.byteLength || view.getUint32(offset, true) !== CENTRAL) {
      return 'is a ZIP archive whose directory is damaged';
    }
    members.push(memberAt(view, offset));
    offset +=
      CENTRAL_SIZE +
      view.getUint16(offset + 28, true) +
      view.getUint16(offset + 30, true) +
      view.getUint16(offset + 32, true);
  }
  return members;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Offset of the record that ends the archive, or -1. A comment may follow it. */
function endRecord(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  return -1;
}

function memberAt(view: DataView, offset: number): ZipMember {
  const flags = view.getUint16(offset + 8, true);
  return {
    name: nameAt(view, offset + CENTRAL_SIZE, view.getUint16(offset + 28, true)),
    method: view.getUint16(offset + 10, true),
    header: view.getUint32(offset + 42, true),
    packed: view.getUint32(offset + 20, true),
    size: view.getUint32(offset + 24, true),
    crc: view.getUint32(offset + 16, true),
    encrypted: (flags & 1) === 1,
  };
}

/**
 * Where the packed bytes begin in bytes that begin with a local header, whose fields may be longer than the directory's;
 * -1 if it is damaged.
 */
export function dataStart(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  if (LOCAL_SIZE > view.byteLength || view.getUint32(0, true) !== LOCAL) return -1;
  return LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true);
}

/** Names are UTF-8 in almost every archive; the others keep one letter for each byte. */
function nameAt(view: DataView, offset: number, length: number): string {
  const end = Math.min(offset + length, view.byteLength);
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, Math.max(0, end - offset));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
