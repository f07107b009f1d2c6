import type { FitSettings, PreferencePairs } from '../core/adapter.ts';
import { defaultPivot, type EmbeddedCorpus } from '../core/corpus.ts';
import type { LabChange, LabReport } from '../core/lab.ts';
import { inPart, type Baseline } from './baseline.ts';
import { changeOf } from './change-of.ts';
import { checkSettings, isLearned } from './check-settings.ts';
import type { ClosedFormMethod } from './closed-form/closed-form.ts';
import { shuffledFacts, shuffledPreferences } from './controls.ts';
import { fitClosedForm } from './fit-closed-form.ts';
import { adaptedRun, judgeAdapter } from './judge-adapter.ts';
import { measureMexa } from './measure-vectors.ts';
import { preferenceReport } from './preference/preference-report.ts';
import type { PreferenceParts } from './preference/split-preferences.ts';
import type { Tensors } from './tensors/open-tensors.ts';
import type { TrainContext } from './training/material.ts';
import { trainAdapter } from './training/train-adapter.ts';

/** What T4, T5 and T6 are trained on; opened when the first of them is. */
export interface TrainingDevice {
  open(): Promise<Tensors>;
  /** Takes its place where it is lost. */
  openCpu(): Promise<Tensors>;
}

export interface FitInput {
  baseline: Baseline;
  settings: FitSettings;
  /** T6 whose pairs are of answers; else null. */
  preferences: PreferencePairs | null;
  device: TrainingDevice;
}

/** An adapter, and what was learned on the way. */
export interface Fitted extends Pick<LabReport, 'adapter' | 'strength' | 'choice' | 'training'> {
  preference: PreferenceParts | null;
  notices: string[];
}

/**
 * One fit with its judgement. Means, maps, strengths and z-scores come from training facts; validation facts end a
 * training and choose among adapters; test facts judge.
 *
 * Progress carries `partial: CurvePoint[]` while parameters are learned.
 *
 * @throws AnalyzerError `usage`, `corpus/...`, `numeric/not-finite`, `call/cancelled`
 */
export async function fitAdapter(given: FitInput, context: TrainContext): Promise<LabReport> {
  const { baseline, preferences } = given;
  const { settings, notices } = withTarget(given.settings, baseline);
  const input = { ...given, settings };
  checkSettings(settings, baseline, preferences);
  const fitted = await fit(input, baseline.run, context);
  const { consistency, ...judgement } = await judgeAdapter(fitted.adapter, baseline, context);
  const shuffled = await shuffledControl(input, fitted, context);
  const { adapter, strength, choice, training, preference } = fitted;
  return {
    settings,
    adapter,
    strength,
    choice,
    training,
    split: baseline.split,
    ...judgement,
    mexaAt: baseline.measuring.mexaAt,
    controls: { shuffled, rotation: baseline.rotation, consistency },
    preference: preference && preferenceReport(preference, adapter.otherLanguages!, settings),
    notices: [...baseline.notices, ...notices, ...fitted.notices, ...judgement.notices],
  };
}

/**
 * Of two languages each is all that the other could be mapped onto, so that they would be sent past each other: one of
 * them is the target instead.
 */
function withTarget(
  settings: FitSettings,
  { run: { corpus }, parts }: Baseline,
): { settings: FitSettings; notices: string[] } {
  const usesTarget = settings.method === 'procrustes' || settings.method === 'ridge';
  const there = new Set(corpus.renderings.language);
  if (!usesTarget || settings.target !== 'centroid' || there.size !== 2)
    return { settings, notices: [] };
  const { tag, name } = parts.train.corpus.languages[defaultPivot(parts.train.corpus)];
  const notice = `Of two languages each would be mapped onto the other, past each other: the target is ${name}, which is only centred.`;
  return { settings: { ...settings, target: tag }, notices: [notice] };
}

/** Fits on the training facts of a run, which may be other than the baseline's. */
export async function fit(
  { baseline, settings, preferences, device }: FitInput,
  run: EmbeddedCorpus,
  context: TrainContext,
): Promise<Fitted> {
  const { split, measuring } = baseline;
  if (isLearned(settings.method)) {
    const tensors = await device.open();
    const material = { ...run, split, preferences, tensors, openCpu: () => device.openCpu() };
    const trained = await trainAdapter(material, settings, context);
    const notices = [...tensors.notices, ...trained.notices];
    return { ...trained, strength: null, choice: null, notices };
  }
  const { kernels } = measuring;
  const { train: facts, by } = split;
  const method = settings.method as ClosedFormMethod;
  const material = { ...withoutEmptyLanguages(run), facts, by, kernels };
  const found = await fitClosedForm(material, { ...settings, method }, context);
  return { ...found, training: null, preference: null, notices: [] };
}

/** Facts keep their places. */
function withoutEmptyLanguages({ corpus, vectors }: EmbeddedCorpus): EmbeddedCorpus {
  const { languages, renderings } = corpus;
  const there = [...new Set(renderings.language)].sort((a, b) => a - b);
  const place = new Map(there.map((l, i) => [l, i]));
  const language = renderings.language.map((l) => place.get(l)!);
  return {
    corpus: {
      ...corpus,
      languages: there.map((l) => languages[l]),
      renderings: { ...renderings, language },
    },
    vectors,
  };
}

/**
 * Held-out MEXA of the same fit on shuffled facts, at the same strength and with as many steps at most, against centering.
 * null where no pairs are used.
 */
async function shuffledControl(
  input: FitInput,
  fitted: Fitted,
  context: TrainContext,
): Promise<LabChange | null> {
  const { baseline, settings, preferences } = input;
  if (settings.method === 'centering' || settings.method === 'lir') return null;
  const { run, split, parts, centred, measuring } = baseline;
  const { seed } = measuring;
  const stage = 'Fitting on shuffled facts, as a control';
  const quiet: TrainContext = {
    signal: context.signal,
    report: ({ done, total }) => context.report({ stage, done, total }),
    finish: () => false,
  };
  const other: FitInput = {
    ...input,
    settings: sameFit(settings, fitted),
    preferences: preferences && shuffledPreferences(preferences, seed),
  };
  const { adapter } = await fit(other, shuffledFacts(run, split, seed), quiet);
  const adapted = await adaptedRun(adapter, baseline);
  const held = inPart(parts.test, adapted);
  const { overall } = await measureMexa(held, { ...measuring, context: quiet });
  return changeOf(centred.mexa.overall, overall, seed);
}

function sameFit(settings: FitSettings, { strength, training }: Fitted): FitSettings {
  const steps = training?.curve.at(-1)?.step ?? settings.training.steps;
  return { ...settings, strength, training: { ...settings.training, steps: Math.max(1, steps) } };
}
