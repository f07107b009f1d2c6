import { productsOf } from '../compute/kernels.ts';
import type { Adapter, FitSettings } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import { FEWEST_FACTS, type StrengthChoice } from '../core/lab.ts';
import { MOST_DIRECTIONS } from '../core/treatment.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';
import { chooseStrength, type Pace } from './closed-form/choose-strength.ts';
import { mapsOf, type ClosedForm, type ClosedFormMethod } from './closed-form/closed-form.ts';
import { languageRows, sidesOf, type LanguageRows } from './closed-form/language-rows.ts';
import { CENTERING_ALONE } from './closed-form/maps-at.ts';
import type { FitMaterial } from './fit-material.ts';

type Settings = FitSettings & { method: ClosedFormMethod };

export interface ClosedFormFit {
  adapter: Adapter;
  /** c of T1, ρ of T2 and T3 (Infinity: centering alone); null for T0. */
  strength: number | null;
  /** null where the strength was given, and for T0. */
  choice: StrengthChoice | null;
}

/**
 * T0 to T3: means and maps of each language from the training facts alone, the strength, unless it is given, from folds
 * of them. Progress counts fits of the folds.
 *
 * @param settings of a method of closed form
 * @throws AnalyzerError `usage` for a strength or target that does not exist, `corpus/...` where there are too few facts,
 *   `call/cancelled`
 */
export async function fitClosedForm(
  material: FitMaterial,
  settings: Settings,
  context: CallContext,
): Promise<ClosedFormFit> {
  const form = closedFormOf(material, settings);
  const languages = languageRows(material, material.facts);
  refuseUnfit(material, form, languages);
  const pause = (): Promise<void> => breatheUnlessStopped(context.signal, 'The fit');
  const pace = {
    pause,
    report: (done: number, total: number) =>
      context.report({ stage: 'Choosing the strength (fits)', done, total }),
  };
  const choice = await choiceOf(material, settings, form, pace);
  const strength = form.method === 'centering' ? null : (settings.strength ?? choice!.chosen);
  const mapsAt = await mapsOf(form, languages, productsOf(material.kernels), pause);
  const adapter = {
    method: form.method,
    dimensions: material.vectors.columns,
    languages: await mapsAt(strength ?? Infinity),
    otherLanguages: form.method === 'centering' ? CENTERING_ALONE : null,
  };
  return { adapter, strength, choice };
}

function closedFormOf({ corpus }: FitMaterial, { method, target }: Settings): ClosedForm {
  const usesTarget = method === 'procrustes' || method === 'ridge';
  if (!usesTarget || target === 'centroid') return { method, target: 'centroid' };
  const found = corpus.languages.findIndex(({ tag }) => tag === target);
  if (found >= 0) return { method, target: found };
  throw new AnalyzerError('corpus/pivot-missing', `The target language ${target} has no texts.`, {
    hint: `Choose one of ${corpus.languages.map(({ tag }) => tag).join(', ')}, or the centroid.`,
  });
}

async function choiceOf(
  material: FitMaterial,
  { strength, seed }: Settings,
  { method, target }: ClosedForm,
  pace: Pace,
): Promise<StrengthChoice | null> {
  if (method === 'centering') return null;
  if (strength === null) return chooseStrength(material, { method, target }, seed, pace);
  const isRight =
    method === 'lir'
      ? Number.isInteger(strength) && strength >= 1 && strength <= MOST_DIRECTIONS
      : strength >= 0;
  if (isRight) return null;
  const wanted =
    method === 'lir' ? `a whole number of 1 to ${MOST_DIRECTIONS}` : 'a number not below 0';
  throw new AnalyzerError('usage', `The strength ${strength} is not ${wanted}.`, {
    hint: 'Give another, or have it chosen.',
  });
}

/** What no map can be fitted on. */
function refuseUnfit(
  { corpus, facts }: FitMaterial,
  { method, target }: ClosedForm,
  languages: LanguageRows[],
): void {
  const lacking = languages.filter((own) => own.facts.length === 0).map(({ tag }) => tag);
  if (lacking.length > 0) {
    throw new AnalyzerError(
      'corpus/empty',
      `None of the ${facts.length} training facts has a text in ${lacking.join(', ')}.`,
      { hint: 'Leave these languages out, or add facts that have them.' },
    );
  }
  if (method === 'centering' || method === 'lir') return;
  if (corpus.facts.length < FEWEST_FACTS) throw tooFewFacts(corpus.facts.length);
  const sides = sidesOf(languages, target);
  const apart = languages.filter((_, l) => sides(l).x.rows === 0).map(({ tag }) => tag);
  if (apart.length === 0) return;
  const onto = target === 'centroid' ? 'any other language' : languages[target].tag;
  throw new AnalyzerError(
    'corpus/no-shared-facts',
    `No training fact is both in ${onto} and in ${apart.join(', ')}.`,
    { hint: 'Leave these languages out, or take centering, which needs no pairs.' },
  );
}

function tooFewFacts(count: number): AnalyzerError {
  return new AnalyzerError(
    'corpus/empty',
    `A map of each language needs ${FEWEST_FACTS} facts, but there are ${count}.`,
    { hint: 'Take centering or LIR, or add facts.' },
  );
}
