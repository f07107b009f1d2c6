import { productsOf, type Kernels } from '../compute/kernels.ts';
import { completeFacts, countByLanguage, type ParallelCorpus } from '../core/corpus.ts';
import { TIE_MARGIN, type Products } from '../core/matrix.ts';
import type { PairReport, PairwiseReport } from '../core/report.ts';
import { fitScaler } from '../metrics/language-bias.ts';
import { matricesOf } from '../metrics/matrices.ts';
import { countTies } from '../metrics/retrieval.ts';
import { floorOf } from '../metrics/separability.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';
import { significanceMarks, type PairTest } from './against-chance.ts';
import type { PairsInput } from './analysis-input.ts';
import { factDraws, type FactDraws } from './fact-draws.ts';
import { hubTotals, pairOccurrence, type HubTotals } from './hub-totals.ts';
import { disparities, languageTotals, type LanguageTotals } from './language-scores.ts';
import { pairsAtOnce } from './language-sides.ts';
import { pairMaterials, type PairMaterial } from './pair-material.ts';
import { pairParts } from './pair-parts.ts';
import { pairScores } from './pair-scores.ts';
import { splitVariance } from './split-variance.ts';

/**
 * Every pair of languages on the facts that both have, the split of variance on the facts that all have. The z-scores of
 * the language bias are fitted once, over all renderings.
 *
 * Progress carries `partial: PairReport[]` for the pairs finished since the last report.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function comparePairs(
  input: PairsInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<PairwiseReport> {
  const { corpus } = input;
  const pause = () => breatheUnlessStopped(signal, 'The comparison');
  const run = startRun(input, kernels, pause);
  const { pairs, tests, draws } = run;
  const L = corpus.languages.length;
  const total = (L * (L - 1)) / 2;
  const atOnce = pairsAtOnce(corpus.facts.length, input.vectors.columns);
  let done = 0;
  for (let a = 0; a < L; a++) {
    const before = pairs.length;
    for (let first = a + 1; first < L; first += atOnce) {
      const others = languagesFrom(first, Math.min(first + atOnce, L));
      const materials = await run.materialOf(a, others);
      for (const [at, material] of materials.entries()) {
        if (material !== null) await comparePair(run, [a, others[at]], material);
        done++;
        await pause();
      }
    }
    const partial = pairs.slice(before);
    report({ stage: 'Comparing languages (pairs)', done, total, partial });
  }
  report({ stage: 'Splitting the variance', done: 0, total: 0 });
  const variance = await splitVariance({ ...input, kernels, fit: fitScaler });
  const languageScores = run.languages.finish(draws);
  return {
    variance,
    varianceReason: variance === null ? reasonWithoutVariance(corpus) : '',
    pairs,
    matrices: matricesOf(pairs, L),
    shared: sharedCounts(corpus, pairs),
    significant: significanceMarks(tests, L),
    languageScores,
    disparity: disparities(languageScores),
    hubness: run.hubs.finish(),
  };
}

function languagesFrom(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}

/** What pairs are made with, and what they leave. */
interface Run {
  materialOf: ReturnType<typeof pairMaterials>;
  products: Products;
  draws: FactDraws;
  languages: LanguageTotals;
  hubs: HubTotals;
  pairs: PairReport[];
  tests: PairTest[];
}

function startRun(input: PairsInput, kernels: Kernels, pause: () => Promise<void>): Run {
  const { languages, facts } = input.corpus;
  const products = productsOf(kernels);
  return {
    materialOf: pairMaterials(input, { scaler: fitScaler(input.vectors), kernels, pause }),
    products,
    draws: factDraws(input.seed),
    languages: languageTotals(languages.length),
    hubs: hubTotals(languages.length, facts.length),
    pairs: [],
    tests: [],
  };
}

async function comparePair(run: Run, [a, b]: number[], material: PairMaterial): Promise<void> {
  const { facts } = material.a;
  const parts = await pairParts(material, run.products);
  const occurrence = pairOccurrence(material.scan);
  const { scores, againstChance } = pairScores(facts, parts, occurrence, run.draws);
  const pair = { a, b, facts, ...describe(material), scores };
  run.pairs.push(pair);
  run.tests.push({ a, b, againstChance });
  run.languages.add(pair, parts);
  run.hubs.add(pair, occurrence);
}

/** What a report says of a pair fact by fact. */
function describe({
  scan,
  a: { facts },
}: PairMaterial): Pick<PairReport, 'matched' | 'rivalInB' | 'rivalInA' | 'floor' | 'ties'> {
  return {
    matched: scan.matched,
    rivalInB: { cosine: scan.rowRival, fact: factsOf(scan.rowRivalIndex, facts) },
    rivalInA: { cosine: scan.columnRival, fact: factsOf(scan.columnRivalIndex, facts) },
    floor: floorOf(scan),
    ties: countTies(scan, TIE_MARGIN),
  };
}

function factsOf(indices: Int32Array, facts: Int32Array): Int32Array {
  return indices.map((index) => (index < 0 ? -1 : facts[index]));
}

function reasonWithoutVariance(corpus: ParallelCorpus): string {
  const complete = completeFacts(corpus).length;
  if (complete >= 2)
    return 'The split of variance needs texts whose vectors differ; all are equal.';
  const found = complete === 0 ? 'no fact has' : 'only one fact has';
  return `The split of variance needs two facts with a text in all ${corpus.languages.length} languages; ${found}.`;
}

function sharedCounts(corpus: ParallelCorpus, pairs: PairReport[]): Int32Array {
  const L = corpus.languages.length;
  const shared = new Int32Array(L * L);
  countByLanguage(corpus).forEach((count, language) => (shared[language * L + language] = count));
  for (const { a, b, facts } of pairs) shared[a * L + b] = shared[b * L + a] = facts.length;
  return shared;
}
