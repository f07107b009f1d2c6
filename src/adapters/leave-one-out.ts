import type { LanguageMap } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { LanguageLeftOut } from '../core/lab.ts';
import { inPart } from './baseline.ts';
import { changeOf } from './change-of.ts';
import { checkSettings, isLearned } from './check-settings.ts';
import { fit, type FitInput } from './fit-adapter.ts';
import { adaptedRun } from './judge-adapter.ts';
import { measureMexa } from './measure-vectors.ts';
import { ofRows } from './split-facts.ts';
import type { CallContext } from '../protocol/server.ts';
import type { TrainContext } from './training/material.ts';

/**
 * Each language judged by an adapter that never saw it: of its own it has only the mean of its training facts. The
 * others are adapted as they were fitted; T4 has no map for it but centering.
 *
 * Progress carries `partial: LanguageLeftOut[]`, all so far.
 *
 * @param steps of every training, none of which ends early; as ever the parameters of the smallest validation loss are kept
 * @throws AnalyzerError `usage` for methods without shared parameters, and as `fitAdapter` does
 */
export async function leaveOneOut(
  input: FitInput,
  steps: number,
  context: CallContext,
): Promise<LanguageLeftOut[]> {
  const { baseline, settings, preferences } = input;
  if (!isLearned(settings.method)) throw nothingShared();
  const training = { ...settings.training, steps, patience: steps };
  const all = { ...input, settings: { ...settings, training } };
  checkSettings(all.settings, baseline, preferences);
  const judged = languagesToLeaveOut(input);
  const found: LanguageLeftOut[] = [];
  const quiet: TrainContext = {
    signal: context.signal,
    report: () => undefined,
    finish: () => false,
  };
  for (const [done, language] of judged.entries()) {
    const stage = 'Training without one language (languages)';
    context.report({ stage, done, total: judged.length });
    found.push(await withoutLanguage(all, language, quiet));
    context.report({ stage, done: done + 1, total: judged.length, partial: [...found] });
  }
  return found;
}

/** Languages with test facts; of two, none can be left out. */
function languagesToLeaveOut({ baseline: { run, parts } }: FitInput): number[] {
  const tags = new Set(parts.test.corpus.languages.map(({ tag }) => tag));
  const there = new Set(run.corpus.renderings.language);
  if (there.size < 3)
    throw new AnalyzerError(
      'corpus/too-few-languages',
      `Without one of ${there.size} languages there is no pair left to train on.`,
      { hint: 'Give the same facts in a third language.' },
    );
  return [...run.corpus.languages.keys()].filter((l) => tags.has(run.corpus.languages[l].tag));
}

async function withoutLanguage(
  input: FitInput,
  language: number,
  context: TrainContext,
): Promise<LanguageLeftOut> {
  const { baseline } = input;
  const { run, raw, centred, parts, measuring, centering } = baseline;
  const own = run.corpus.renderings.language;
  const rows = Int32Array.from(own.keys()).filter((r) => own[r] !== language);
  const { adapter } = await fit(input, ofRows(run, rows), context);
  const unseen: LanguageMap = {
    ...centering[language],
    linear: adapter.otherLanguages ?? { kind: 'identity' },
  };
  const others = adapter.languages.filter(({ tag }) => tag !== unseen.tag);
  const adapted = await adaptedRun({ ...adapter, languages: [...others, unseen] }, baseline);
  const scores = await measureMexa(inPart(parts.test, adapted), { ...measuring, context });
  const place = parts.test.corpus.languages.findIndex(({ tag }) => tag === unseen.tag);
  const [was, before, after] = [raw.test.mexa, centred.mexa, scores].map(
    ({ byLanguage }) => byLanguage[place],
  );
  const { difference, interval } = changeOf(before, after, measuring.seed);
  return {
    language,
    tag: unseen.tag,
    before: was.value,
    centred: before.value,
    after: after.value,
    difference,
    interval,
  };
}

function nothingShared(): AnalyzerError {
  return new AnalyzerError(
    'usage',
    'Centering, LIR, Procrustes and ridge have nothing that languages share: no map for a language that was left out.',
    { hint: 'Take an adapter that is trained (T4, T5 or T6).' },
  );
}
