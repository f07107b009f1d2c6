/** A member of a ZIP archive, from its central directory; [start, end) are its packed bytes. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflate. */
  method: number;
  start: number;
  end: number;
  /** Unpacked length and checksum, as stated. */
  size: number;
  crc: number;
  encrypted: boolean;
}

const END_RECORD = 0x06054b50;
const END_SIZE = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 65_535;
const IN_ZIP64 = 0xffffffff;

/**
 * The members of a ZIP archive, or what is wrong with it, as the end of a sentence.
 *
 * @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  if (end === -1) return 'is a ZIP archive that is cut off or damaged (its directory is missing)';
  const count = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  if (offset === IN_ZIP64) return 'is a ZIP64 archive, which is not supported';
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (offset + CENTRAL_SIZE > bytes.length || view.getUint32(offset, true) !== CENTRAL) {
      return 'is a ZIP archive whose directory is damaged';
    }
    entries.push(entryAt(view, offset));
    offset +=
      CENTRAL_SIZE +
      view.getUint16(offset + 28, true) +
      view.getUint16(offset + 30, true) +
      view.getUint16(offset + 32, true);
  }
  return entries;
}

/** Offset of the record that ends the archive, or -1. A comment may follow it. */
function endRecord(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  return -1;
}

function entryAt(view: DataView, offset: number): ZipEntry {
  const flags = view.getUint16(offset + 8, true);
  const local = view.getUint32(offset + 42, true);
  const start = dataStart(view, local);
  return {
    name: nameAt(view, offset + CENTRAL_SIZE, view.getUint16(offset + 28, true)),
    method: view.getUint16(offset + 10, true),
    start,
    end: start + view.getUint32(offset + 20, true),
    size: view.getUint32(offset + 24, true),
    crc: view.getUint32(offset + 16, true),
    encrypted: (flags & 1) === 1,
  };
}

/** Where the packed bytes begin: behind the local header, whose fields may be longer than the directory's; -1 if damaged. */
function dataStart(view: DataView, local: number): number {
  if (local + LOCAL_SIZE > view.byteLength || view.getUint32(local, true) !== LOCAL) return -1;
  return local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
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
