/** Every reason for which an operation can stop. */
export type ErrorCode =
  | 'format/unknown'
  | 'format/damaged'
  | 'format/too-large'
  | 'example/unavailable'
  | 'corpus/empty'
  | 'corpus/too-few-languages'
  | 'corpus/no-shared-facts'
  | 'corpus/nothing-in-common'
  | 'corpus/pivot-missing'
  | 'model/unknown'
  | 'model/unavailable'
  | 'model/changed'
  | 'model/disagrees'
  | 'model/unusable'
  | 'embeddings/mismatch'
  | 'gpu/unavailable'
  | 'gpu/disagrees'
  | 'gpu/lost'
  | 'memory/exceeded'
  | 'numeric/not-finite'
  | 'worker/crashed'
  | 'call/cancelled'
  | 'output/unwritable'
  | 'usage'
  | 'internal';

export type ErrorDetail = Record<string, string | number>;

/**
 * Stops an operation. `message` is one sentence that begins with what is wrong and holds the values; `hint` is one
 * sentence that says what to do next (empty where nothing can be done).
 */
export class AnalyzerError extends Error {
  override readonly name = 'AnalyzerError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly detail: ErrorDetail;

  constructor(
    code: ErrorCode,
    message: string,
    {
      hint = '',
      detail = {},
      cause,
    }: { hint?: string; detail?: ErrorDetail; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.detail = detail;
  }
}

/** Anything thrown, as an `AnalyzerError`; the original is kept as its cause. */
export function asAnalyzerError(thrown: unknown): AnalyzerError {
  if (thrown instanceof AnalyzerError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AnalyzerError('internal', message, {
    hint: 'This is a defect of Isogloss; please report it with this sentence.',
    cause: thrown,
  });
}

export function cancelled(what: string): AnalyzerError {
  return new AnalyzerError('call/cancelled', `${what} was stopped.`);
}

export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof AnalyzerError && thrown.code === 'call/cancelled';
}

/** A mistake of our own code, found where data enters a folder. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AnalyzerError('internal', message);
}

export type Severity = 'error' | 'warning' | 'note';

export type IssueCode =
  | 'unknown-format'
  | 'damaged-file'
  | 'too-large'
  | 'bad-row'
  | 'bad-encoding'
  | 'empty-text'
  | 'duplicate-id'
  | 'duplicate-text'
  | 'untranslated-copy'
  | 'wrong-script'
  | 'unequal-lines'
  | 'length-outlier'
  | 'unknown-language'
  | 'ignored';

/** A finding about the user's data: collected and shown with file and line; the run goes on with what is good. */
export interface Issue {
  severity: Severity;
  code: IssueCode;
  file: string;
  /** 1-based; 0 when the finding concerns the whole file. */
  line: number;
  /** Findings that it stands for: 1, or as many as a closing sentence counts. */
  count: number;
  /** The language's own spelling in the file, or '' when the finding concerns no single language. */
  language: string;
  /** One sentence: what is wrong, with which values, and what follows from it. */
  message: string;
}

/** Where it is, and what. */
export function issueLine({ file, line, message }: Issue): string {
  return `${file}${line > 0 ? `:${line}` : ''} ${message}`;
}
