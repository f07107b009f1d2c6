import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';

/** Where the page stands. */
export type Phase =
  | { name: 'empty' }
  | { name: 'reading' }
  | { name: 'ready' }
  | { name: 'running' }
  | { name: 'stopped' }
  | { name: 'done' }
  | { name: 'failed'; error: AnalyzerError };

/** A stop is no failure. */
export function afterFailure(thrown: unknown): Phase {
  return isCancelled(thrown)
    ? { name: 'stopped' }
    : { name: 'failed', error: asAnalyzerError(thrown) };
}
