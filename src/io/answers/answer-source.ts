import type { AnswersSummary, AnswerTable } from '../../core/answers.ts';
import type { CallContext } from '../../protocol/server.ts';

/** A dropped file whose bytes are read when their turn comes: a Blob of the page, a file of the shell. */
export interface AnswerSource {
  /** With the path inside a dropped folder: formats tell task, language and model by it. */
  name: string;
  size: number;
  /** Bytes [start, end). */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Keeps what was added; table and summary describe all of it. */
export interface AnswerReader {
  /**
   * Reads files one at a time, archives member by member; a file of a name that is kept already takes its place. A bad
   * file is an issue, and everything else stays. `left` names the files that hold something else than answers too.
   * Progress counts bytes.
   *
   * @throws AnalyzerError `call/cancelled`; files read until then stay
   */
  add(sources: AnswerSource[], context: CallContext): Promise<{ left: string[] }>;
  /** Forgets a file, or an archive with its members, by name. */
  remove(name: string): void;
  clear(): void;
  table(): AnswerTable;
  summary(): AnswersSummary;
}
