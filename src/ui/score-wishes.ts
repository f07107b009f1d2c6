import { usualPivot, type AnswersSummary } from '../core/answers.ts';
import { MARKER_PROFILES, usualParser } from '../core/marker-profiles.ts';
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

/** What the files are scored with; references of tasks that are not among them are left out. */
export function settingsOf(wishes: ScoreWishes, summary: AnswersSummary | null): ScoreSettings {
  const { languages = [], files = [], tasks = [] } = summary ?? {};
  const wished = languages.findIndex(({ tag }) => tag === wishes.pivot);
  const names = tasks.map(({ name }) => name);
  const references = Object.fromEntries(
    Object.entries(wishes.references).filter(([task]) => names.includes(task)),
  );
  const pivot = wished < 0 ? usualPivot(languages) : wished;
  return { ...wishes, references, pivot, parser: wishes.parser ?? usualParser(files) };
}
