import type { PreferencePairs } from '../../core/adapter.ts';

/** Preference pairs to learn from, to stop by and to judge by; pairs of one group are in one part. */
export interface PreferenceParts {
  train: PreferencePairs;
  validation: PreferencePairs;
  test: PreferencePairs;
  leftOut: { reason: string; pairs: number }[];
}
