import { MARKER_PROFILES } from '../core/marker-profiles.ts';
import { CLIKA_REFERENCES, type ScoreSettings } from '../core/scorecard.ts';

/** Settings that outlive the files: the pivot by tag; null for the usual one of the files. */
export type ScoreWishes = Omit<ScoreSettings, 'pivot' | 'parser'> & {
  pivot: string | null;
  parser: ScoreSettings['parser'] | null;
};

export const SCORE_WISHES: ScoreWishes = {
  parser: null,
  profiles: MARKER_PROFILES,
  references: CLIKA_REFERENCES,
  pivot: null,
  seed: 1,
};
