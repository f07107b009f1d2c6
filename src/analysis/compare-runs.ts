import { productsOf, type Kernels } from '../compute/kernels.ts';
import { commonCorpus, type CommonCorpus } from '../core/common-corpus.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import { assert } from '../core/errors.ts';
import { takeRows, type Products } from '../core/matrix.ts';
import { fewFacts } from '../core/report-notices.ts';
import type { EmbeddedRun, PairChange, RunComparison } from '../core/run-comparison.ts';
import { fitScaler, type Scaler } from '../metrics/language-bias.ts';
import { picturePair } from '../projection/picture-pair.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';
import { factDraws, type FactDraws } from './fact-draws.ts';
import { pairOccurrence } from './hub-totals.ts';
import { languageTotals } from './language-scores.ts';
import { pairMaterials, type PairMaterial } from './pair-material.ts';
import { pairParts } from './pair-parts.ts';
import { pairScores } from './pair-scores.ts';
import {
  adjustPairs,
  definedInBoth,
  languageChanges,
  pairChanges,
  type ScoredPair,
} from './run-changes.ts';
import { splitVariance } from './split-variance.ts';

export interface RunsInput {
  before: EmbeddedRun;
  after: EmbeddedRun;
  /** 'before', or z-scores of one's own, where the vectors of both runs lie in one space; then their lengths must be equal. */
  scaler: Exclude<RunComparison['scaler'], 'given'> | Scaler;
  seed: number;
}

/**
 * Two runs, pair by pair, on the texts that both have. Intervals and p values of differences come from a paired
 * bootstrap: each round draws facts, and both runs are measured on them.
 *
 * @throws AnalyzerError `corpus/nothing-in-common`, `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function compareRuns(
  { before, after, scaler, seed }: RunsInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<RunComparison> {
  const common = commonCorpus(before.corpus, after.corpus);
  const { corpus } = common;
  const inputs = [before, after].map(({ vectors }, run) => ({
    corpus,
    vectors: takeRows(vectors, common.rows[run]),
  }));
  const pause = () => breatheUnlessStopped(signal, 'The comparison of the runs');
  const products = productsOf(kernels);
  const draws = factDraws(seed);
  const scalers = scalersOf(inputs, scaler);
  const materials = inputs.map((input, run) =>
    pairMaterials(input, { scaler: scalers[run], kernels, pause }),
  );
  const L = corpus.languages.length;
  const totals = inputs.map(() => languageTotals(L));
  const pairs: PairChange[] = [];
  const total = (L * (L - 1)) / 2;
  let done = 0;
  for (let a = 0; a < L; a++) {
    for (let b = a + 1; b < L; b++) {
      const found = [(await materials[0](a, [b]))[0], (await materials[1](a, [b]))[0]];
      if (found[0] !== null && found[1] !== null) {
        const { facts } = found[0].a;
        const scored = [
          await scorePair(found[0], { products, draws }),
          await scorePair(found[1], { products, draws }),
        ];
        scored.forEach(({ parts, scores }, run) => {
          const shared = definedInBoth(scores, scored[1 - run].scores);
          totals[run].add({ a, b, facts, scores: shared }, parts);
        });
        pairs.push({ a, b, n: facts.length, changes: pairChanges(facts, scored, draws) });
      }
      report({ stage: 'Comparing the runs (pairs of languages)', done: ++done, total });
      await pause();
    }
  }
  adjustPairs(pairs);
  const split = (input: EmbeddedCorpus) =>
    splitVariance({ ...input, seed, kernels, fit: isGiven(scaler) ? () => scaler : fitScaler });
  return {
    corpus,
    pairs,
    ...languageChanges(totals, L, draws),
    variance: { before: await split(inputs[0]), after: await split(inputs[1]) },
    scaler: isGiven(scaler) ? 'given' : scaler,
    pictures:
      before.picture === null || after.picture === null
        ? null
        : picturePair(common, before.picture, after.picture),
    notices: [...fewFacts(pairs.map(({ n }) => n)), ...noticesOf(common, before, after)],
  };
}

async function scorePair(
  material: PairMaterial,
  { products, draws }: { products: Products; draws: FactDraws },
): Promise<ScoredPair> {
  const parts = await pairParts(material, products);
  const occurrence = pairOccurrence(material.scan);
  const { scores } = pairScores(material.a.facts, parts, occurrence, draws);
  return { parts, scores };
}

function isGiven(scaler: RunsInput['scaler']): scaler is Scaler {
  return typeof scaler === 'object';
}

function scalersOf(inputs: EmbeddedCorpus[], scaler: RunsInput['scaler']): Scaler[] {
  const [before, after] = inputs.map(({ vectors }) => vectors);
  assert(
    scaler === 'own' || before.columns === after.columns,
    `compareRuns: vectors of ${before.columns} and ${after.columns} numbers lie in no common space`,
  );
  if (isGiven(scaler)) return [scaler, scaler];
  const first = fitScaler(before);
  return [first, scaler === 'before' ? first : fitScaler(after)];
}

function noticesOf(
  { corpus, otherTexts }: CommonCorpus,
  before: EmbeddedCorpus,
  after: EmbeddedCorpus,
): string[] {
  const count = (value: number): string => value.toLocaleString('en');
  const [own, first, second] = [corpus, before.corpus, after.corpus].map(
    ({ renderings }) => renderings.text.length,
  );
  const notices: string[] = [];
  if (own < first || own < second) {
    notices.push(
      `Compared on the ${count(corpus.facts.length)} facts, ${corpus.languages.length} languages and ${count(own)} texts that both runs have; the first run has ${count(first)} texts, the second ${count(second)}. All numbers are computed anew on them.`,
    );
  }
  if (otherTexts > 0) {
    notices.push(
      `${count(otherTexts)} of ${count(own)} texts are not the same in both runs although fact id and language are: their differences are no effect of the encoder alone.`,
    );
  }
  return notices;
}
