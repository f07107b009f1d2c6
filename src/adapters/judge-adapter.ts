import { compareRuns } from '../analysis/compare-runs.ts';
import { productsOf } from '../compute/kernels.ts';
import type { Adapter } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import { LAB_MEASURES, type LabMeasure, type LabMeasureId, type LabReport } from '../core/lab.ts';
import { labCard } from '../core/lab-cards.ts';
import type { Matrix } from '../core/matrix.ts';
import type { EmbeddedRun, RunComparison } from '../core/run-comparison.ts';
import type { CallContext } from '../protocol/server.ts';
import { adaptRows } from './apply-adapter.ts';
import { inPart, measureParts, type Baseline, type PartName } from './baseline.ts';
import { changeOf } from './change-of.ts';
import { monolingualConsistency } from './controls.ts';
import type { VectorScores } from './measure-vectors.ts';

/** What an adapter does to facts that it never saw, beside those that it did. */
export type Judgement = Pick<
  LabReport,
  'measures' | 'validationScores' | 'validationBefore' | 'heldOut' | 'notices'
> & { consistency: number };

/**
 * The adapted vectors against those before and against centering: the same texts, the same drawn facts, z-scores of the
 * training facts as they were.
 *
 * @throws AnalyzerError `numeric/not-finite` where nothing is left of a vector, `call/cancelled`
 */
export async function judgeAdapter(
  adapter: Adapter,
  baseline: Baseline,
  context: CallContext,
): Promise<Judgement> {
  const { parts, raw, run, split, measuring } = baseline;
  context.report({ stage: 'Judging on held-out facts', done: 0, total: 0 });
  const adapted = await adaptedRun(adapter, baseline);
  const after = await measureParts(parts, adapted, { ...measuring, context });
  const before = inPart(parts.test, run.vectors);
  const { vectors: testAfter } = inPart(parts.test, adapted);
  const measures = LAB_MEASURES.map((id) => measureOf(id, baseline, after));
  const byFact = (scores: VectorScores) => validationScores(baseline, scores);
  return {
    measures,
    validationScores: byFact(after.validation),
    validationBefore: byFact(raw.validation),
    heldOut: {
      facts: before.corpus.facts.length,
      languages: before.corpus.languages.map(({ label }) => label),
    },
    consistency: await monolingualConsistency(before, testAfter, measuring.kernels),
    notices: undefinedNotices(measures, split.test.length),
  };
}

/**
 * The held-out facts in all metrics, before and after an adapter; language bias z-scored as the training facts were
 * before. No pictures.
 *
 * @throws AnalyzerError `numeric/not-finite`, `call/cancelled`
 */
export async function compareHeldOut(
  adapter: Adapter,
  baseline: Baseline,
  context: CallContext,
): Promise<RunComparison> {
  const { parts, run, measuring } = baseline;
  const { scaler, seed, kernels } = measuring;
  const runOf = (vectors: Matrix): EmbeddedRun => ({
    ...inPart(parts.test, vectors),
    picture: null,
  });
  const before = runOf(run.vectors);
  const after = runOf(await adaptedRun(adapter, baseline));
  return compareRuns({ before, after, scaler, seed }, kernels, context);
}

/** All vectors of the run after an adapter. */
export async function adaptedRun(
  adapter: Adapter,
  { run, centering, measuring }: Baseline,
): Promise<Matrix> {
  const known = new Map(adapter.languages.map((map) => [map.tag, map]));
  const maps = centering.map((map) => known.get(map.tag) ?? map);
  const { renderings, facts, languages } = run.corpus;
  const products = productsOf(measuring.kernels);
  const adapted = await adaptRows(maps, run.vectors, renderings.language, products);
  const lost = adapted.data.findIndex((value) => !Number.isFinite(value));
  if (lost < 0) return adapted;
  const r = Math.floor(lost / adapted.columns);
  throw new AnalyzerError(
    'numeric/not-finite',
    `The adapter leaves nothing of the vector of fact ${facts[renderings.fact[r]].id} in ${languages[renderings.language[r]].name}.`,
    { hint: 'Choose another method or strength, or leave the fact out.' },
  );
}

function measureOf(
  id: LabMeasureId,
  { raw, centred, measuring: { seed } }: Baseline,
  after: Record<PartName, VectorScores>,
): LabMeasure {
  const ends = (part: PartName): { before: number; after: number } => ({
    before: raw[part].measures[id].value,
    after: after[part].measures[id].value,
  });
  return {
    id,
    test: changeOf(raw.test.measures[id], after.test.measures[id], seed),
    overCentering: changeOf(centred.measures[id], after.test.measures[id], seed),
    train: ends('train'),
    validation: ends('validation'),
  };
}

/** By validation fact of the split. */
function validationScores(
  { run, split, parts }: Baseline,
  { mexa: { byFact } }: VectorScores,
): Float64Array {
  const place = new Map(parts.validation.corpus.facts.map(({ id }, i) => [id, i]));
  return Float64Array.from(split.validation, (fact) => {
    const at = place.get(run.corpus.facts[fact].id);
    return at === undefined ? NaN : byFact[at];
  });
}

function undefinedNotices(measures: LabMeasure[], facts: number): string[] {
  const without = measures.filter(({ test }) => Number.isNaN(test.difference));
  if (without.length === 0) return [];
  const names = without.map(({ id }) => labCard(id).name).join(', ');
  return [
    `Not defined on these ${facts.toLocaleString('en')} test facts: ${names}. The shares of variance need two facts with a text in every language, the others more facts or languages.`,
  ];
}
