import { damaged, type Inflated } from '../read/compression.ts';
import { foreignArchive, inflateMember, isWanted } from '../read/containers.ts';
import {
  dataStart,
  DIRECTORY_TAIL,
  LOCAL_SIZE,
  zipDirectory,
  zipMembers,
  type ZipMember,
} from '../read/zip-entries.ts';
import type { AnswerSource } from './answer-source.ts';

/** A header's two fields of variable length take at most 65,535 bytes each; most take far less. */
const USUAL_FIELDS = 512;

/**
 * The members of a ZIP archive that are files, read from its end and not as a whole; or what is wrong with it, as the end
 * of a sentence.
 */
export async function zipSource(source: AnswerSource): Promise<ZipMember[] | string> {
  const tail = await source.read(Math.max(0, source.size - DIRECTORY_TAIL), source.size);
  const directory = zipDirectory(tail);
  if (typeof directory === 'string') return directory;
  const { offset, size, count } = directory;
  if (offset + size > source.size)
    return 'is a ZIP archive that is cut off or damaged (its directory is missing)';
  const members = zipMembers(await source.read(offset, offset + size), count);
  if (typeof members === 'string') return members;
  return foreignArchive(members) ?? members.filter(isWanted);
}

/** Unpacks one member; only its bytes are read. */
export async function readMember(source: AnswerSource, member: ZipMember): Promise<Inflated> {
  const guess = member.header + LOCAL_SIZE + USUAL_FIELDS + member.packed;
  let bytes = await source.read(member.header, Math.min(source.size, guess));
  const start = dataStart(bytes);
  if (start === -1) return damaged('is cut off');
  const end = start + member.packed;
  if (end > bytes.length)
    bytes = await source.read(member.header, Math.min(source.size, member.header + end));
  if (end > bytes.length) return damaged('is cut off');
  return inflateMember(bytes.subarray(start, end), member);
}
