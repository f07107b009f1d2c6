import { productsOf, type Kernels } from '../compute/kernels.ts';
import {
  assertComparable,
  cellRows,
  completeFacts,
  countByLanguage,
  type ParallelCorpus,
} from '../core/corpus.ts';
import { assert, cancelled } from '../core/errors.ts';
import { takeRows, TIE_MARGIN, type Matrix } from '../core/matrix.ts';
import type { LanguageHubness, PairReport, PairwiseReport } from '../core/report.ts';
import { HUB_NEAREST, hubness, kOccurrence } from '../metrics/hubness.ts';
import { fitScaler, languageBias } from '../metrics/language-bias.ts';
import { matricesOf } from '../metrics/matrices.ts';
import { scanPair, type PairScan } from '../metrics/pair-scan.ts';
import { countTies } from '../metrics/retrieval.ts';
import { floorOf } from '../metrics/separability.ts';
import { breathe, type CallContext } from '../protocol/server.ts';
import { significanceMarks } from './against-chance.ts';
import type { PairsInput } from './analysis-input.ts';
import { factDraws } from './fact-draws.ts';
import { disparities, languageTotals } from './language-scores.ts';
import { languageSides } from './language-sides.ts';
import { pairParts, type PairMaterial } from './pair-parts.ts';
import { pairScores, type PairOccurrence } from './pair-scores.ts';
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
  const { corpus, seed } = input;
  const materialOf = pairMaterials(input, kernels);
  const products = productsOf(kernels);
  const draws = factDraws(seed, products);
  const L = corpus.languages.length;
  const languages = languageTotals(L);
  const occurrence = new Int32Array(corpus.facts.length * L).fill(-1);
  const pairs: PairReport[] = [];
  const tests: Parameters<typeof significanceMarks>[0][number][] = [];
  const total = (L * (L - 1)) / 2;
  let done = 0;
  for (let a = 0; a < L; a++) {
    const row: PairReport[] = [];
    for (let b = a + 1; b < L; b++) {
      if (signal.aborted) throw cancelled('The comparison');
      const material = await materialOf(a, b);
      if (material !== null) {
        const parts = await pairParts(material, products);
        const counts = occurrenceOf(material.scan);
        const facts = material.a.facts;
        const { scores, againstChance } = await pairScores(facts, parts, counts, draws);
        tests.push({ a, b, againstChance });
        const pair = { a, b, facts, ...describe(material), scores };
        row.push(pair);
        languages.add(pair, parts);
        addOccurrence(occurrence, L, pair, counts);
      }
      done++;
      await breathe();
    }
    pairs.push(...row);
    report({ stage: 'Comparing languages (pairs)', done, total, partial: row });
  }
  report({ stage: 'Splitting the variance', done: 0, total: 0 });
  const variance = await splitVariance({ ...input, kernels, fit: fitScaler });
  const languageScores = await languages.finish(draws);
  return {
    variance,
    varianceReason: variance === null ? reasonWithoutVariance(corpus) : '',
    pairs,
    matrices: matricesOf(pairs, L),
    shared: sharedCounts(corpus, pairs),
    significant: significanceMarks(tests, L),
    languageScores,
    disparity: disparities(languageScores),
    hubness: corpus.languages.map((_, language) => languageHubness(occurrence, L, language)),
  };
}

/**
 * What the metrics of a pair of languages are made from, on the facts that both have; null when they share none. What
 * belongs to one language is made once and held.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`
 */
export function pairMaterials(
  { corpus, vectors }: PairsInput,
  kernels: Kernels,
): (a: number, b: number) => Promise<PairMaterial | null> {
  assertComparable(corpus);
  const renderings = corpus.renderings.text.length;
  assert(
    vectors.rows === renderings,
    `comparePairs: ${renderings} renderings but ${vectors.rows} vectors`,
  );
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const scaler = fitScaler(vectors);
  const rowsOf = (language: number, facts: Int32Array): Matrix =>
    takeRows(
      vectors,
      facts.map((fact) => cells[fact * L + language]),
    );
  const side = languageSides(rowsOf, kernels);
  return async (a, b) => {
    const facts = sharedFacts(cells, L, [a, b]);
    if (facts.length === 0) return null;
    const [ofA, ofB] = [await side(a, facts), await side(b, facts)];
    return {
      scan: await scanPair(ofA.rows, ofB.rows, productsOf(kernels)),
      a: ofA,
      b: ofB,
      bias: languageBias(ofA.rows, ofB.rows, scaler),
    };
  };
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

function occurrenceOf({ rowNearest, columnNearest }: PairScan): PairOccurrence {
  return {
    ofB: kOccurrence(rowNearest.indices, rowNearest.rows),
    ofA: kOccurrence(columnNearest.indices, columnNearest.rows),
    k: rowNearest.k,
  };
}

/** Adds the pair's lists to those of the run. `into` is row-major [facts, languages], -1 where nothing was sought. */
function addOccurrence(
  into: Int32Array,
  L: number,
  { a, b, facts }: PairReport,
  { ofA, ofB, k }: PairOccurrence,
): void {
  if (k >= facts.length) return;
  facts.forEach((fact, i) => {
    into[fact * L + a] = Math.max(0, into[fact * L + a]) + ofA[i];
    into[fact * L + b] = Math.max(0, into[fact * L + b]) + ofB[i];
  });
}

function languageHubness(occurrence: Int32Array, L: number, language: number): LanguageHubness {
  const kOccurrence = Int32Array.from(
    { length: occurrence.length / L },
    (_, fact) => occurrence[fact * L + language],
  );
  const sought = Int32Array.from(kOccurrence.keys()).filter((fact) => kOccurrence[fact] >= 0);
  const own = hubness(
    sought.map((fact) => kOccurrence[fact]),
    HUB_NEAREST,
  );
  return { ...own, hubs: own.hubs.map((i) => sought[i]), kOccurrence };
}

function factsOf(indices: Int32Array, facts: Int32Array): Int32Array {
  return indices.map((index) => (index < 0 ? -1 : facts[index]));
}

/** Facts with a rendering in each of the given languages. */
export function sharedFacts(
  cells: Int32Array,
  L: number,
  languages: readonly number[],
): Int32Array {
  const shared: number[] = [];
  for (let fact = 0; fact * L < cells.length; fact++) {
    if (languages.every((language) => cells[fact * L + language] >= 0)) shared.push(fact);
  }
  return Int32Array.from(shared);
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
