import type {
  AdapterMethod,
  AdapterRecord,
  PreferencePairs,
  PreferenceSettings,
  PreferenceSource,
  TrainingSettings,
} from '../core/adapter.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { LabReport, LanguageLeftOut, SensitivityChange } from '../core/lab.ts';
import type { Language } from '../core/language.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { PicturePair, RunComparison } from '../core/run-comparison.ts';
import type { ErrandOptions } from './errand.svelte.ts';

/** A run whose vectors are as the encoder made them. */
export interface LabRun extends EmbeddedCorpus {
  model: ModelProvenance;
  seed: number;
  device: 'auto' | 'webgpu' | 'wasm';
  /** Index of the language that false statements are made in. */
  pivot: number;
}

/** A fit, and what was found out about it afterwards. */
export interface LabFit {
  report: LabReport;
  /** Where it was fitted and judged, and how long that took. */
  device: string;
  milliseconds: number;
  /** What was left out before the worker saw it. */
  notices: string[];
  leftOut: LanguageLeftOut[];
  sensitivity: SensitivityChange | null;
  maps: PicturePair | null;
  /** The held-out facts in all metrics, before and after. */
  comparison: RunComparison | null;
}

/** An adapter from a file. */
export interface DroppedAdapter {
  file: string;
  /** Of the file's bytes. */
  sha256: string;
  record: AdapterRecord;
}

/** What fits are made with; a strength that is null is chosen. */
export interface LabWishes {
  target: string;
  strengths: Partial<Record<AdapterMethod, number | null>>;
  training: TrainingSettings;
  preference: PreferenceSettings;
}

/** Preference pairs made of answers, with sentences about those that were left out. */
export interface AnswerPreferences {
  pairs: PreferencePairs;
  /** What encoded their texts. */
  model: ModelProvenance;
  notices: string[];
}

/** Makes preference pairs of answers, in languages of the facts. */
export type PreferencesOf = (
  source: Exclude<PreferenceSource, 'facts'>,
  languages: Language[],
  options: ErrandOptions,
) => Promise<AnswerPreferences>;

/** Methods whose parameters are learned step by step. */
export const LEARNED: readonly AdapterMethod[] = ['low-rank', 'shared-low-rank', 'preference'];

/** Whether what was fitted on one run holds for the other. */
export function isSameRun(a: LabRun, b: LabRun): boolean {
  const key = ({ model, seed, pivot }: LabRun): string => JSON.stringify([model, seed, pivot]);
  return a.corpus === b.corpus && key(a) === key(b);
}

/** @throws AnalyzerError where texts were not encoded as those of the run */
export function assertSameEncoder(run: ModelProvenance, now: ModelProvenance): void {
  const name = ({ id, dtype, pooling, prefix }: ModelProvenance): string =>
    [id, dtype, pooling, prefix].filter((part) => part !== '').join(', ');
  if (name(run) === name(now)) return;
  if (run.device === 'none') {
    throw new AnalyzerError(
      'usage',
      `The vectors of this run were given (${run.id}): other texts cannot be encoded as they were.`,
      { hint: 'Encode the facts here, with an encoder of the page.' },
    );
  }
  throw new AnalyzerError(
    'model/changed',
    `The run was encoded by ${name(run)}, but ${name(now)} is chosen now.`,
    { hint: 'Choose the encoder of the run again, or run anew.' },
  );
}
