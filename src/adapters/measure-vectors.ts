import { factDraws } from '../analysis/fact-draws.ts';
import { nearestRenderings } from '../analysis/nearest-renderings.ts';
import { pairMaterials, type PairMaterial } from '../analysis/pair-material.ts';
import { precisionParts, rankPool } from '../analysis/rank-pool.ts';
import { completeCube } from '../analysis/split-variance.ts';
import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import type { LabMeasureId } from '../core/lab.ts';
import { seededRandom } from '../core/random.ts';
import { BOOTSTRAP_ROUNDS, mean } from '../core/statistics.ts';
import { cka } from '../metrics/cka.ts';
import { democratization } from '../metrics/disparity.ts';
import { HUB_NEAREST, hubness, kOccurrence } from '../metrics/hubness.ts';
import type { Scaler } from '../metrics/language-bias.ts';
import { languageProbe } from '../metrics/language-identity.ts';
import { neighborRankConsistency } from '../metrics/rank-consistency.ts';
import { expectedHits } from '../metrics/retrieval.ts';
import { strongAlignment } from '../metrics/strong-alignment.ts';
import { drawnShares, type FactAndLanguage } from '../metrics/variance.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';

/** How vectors are measured; the same for all states that are compared. */
export interface Measuring {
  /** Of the training facts as they were. */
  scaler: Scaler;
  /** Facts that MEXA is expected at; pairs that share fewer have none. */
  mexaAt: number;
  seed: number;
  kernels: Kernels;
  context: CallContext;
}

/** A measure of one state of the vectors, and what its paired bootstrap needs. */
export interface Measured {
  /** NaN where it is not defined. */
  value: number;
  /** Of a mean: its value plus each fact's influence on it; drawn facts give its rounds. */
  parts?: Float64Array;
  /** Of what is no mean: the value in each bootstrap round, NaN where a round has none. [BOOTSTRAP_ROUNDS] */
  rounds?: Float64Array;
}

/** One state of some vectors. */
export interface VectorScores {
  measures: Record<LabMeasureId, Measured>;
  mexa: MexaScores;
}

/**
 * Every measure of one state. Facts are drawn in the order of the corpus, so that two states of the same texts are
 * measured on the same draws.
 *
 * @param embedded texts without empty facts and languages, see `takeRenderings`
 */
export async function measureVectors(
  embedded: EmbeddedCorpus,
  measuring: Measuring,
): Promise<VectorScores> {
  const { seed, kernels, context } = measuring;
  const pairs = await measurePairs(embedded, measuring);
  const mexa = mexaScores(embedded, pairs);
  const { language, fact } = embedded.corpus.renderings;
  const quiet = { signal: context.signal, report: () => undefined };
  const ranked = await rankPool({ ...embedded, seed }, kernels, quiet);
  const probe = await languageProbe(
    embedded.vectors,
    { fact, language },
    productsOf(kernels),
    seed,
  );
  const F = embedded.corpus.facts.length;
  const measures = {
    ...(await measureShares(embedded, measuring)),
    mexa: mexa.overall,
    ...spreadOverLanguages(mexa, F, seed),
    strong: meanOverPairs(F, [...pairs.strongForth, ...pairs.strongBack]),
    cka_debiased: meanOverPairs(F, pairs.cka),
    neighbor_consistency: meanOverPairs(F, pairs.consistency),
    map: meanOfParts(precisionParts(ranked, fact).parts),
    hub_skewness: { value: await hubSkewness(embedded, measuring) },
    language_probe: { value: probe.accuracy.value },
  };
  return { measures, mexa };
}

/** What each fact of a pair gives; NaN throughout where a metric is not defined. */
export interface PairList {
  a: number;
  b: number;
  facts: Int32Array;
  list: Float64Array;
}

interface PairLists {
  mexa: PairList[];
  strongForth: PairList[];
  strongBack: PairList[];
  cka: PairList[];
  consistency: PairList[];
}

async function measurePairs(embedded: EmbeddedCorpus, measuring: Measuring): Promise<PairLists> {
  const products = productsOf(measuring.kernels);
  const lists: PairLists = { mexa: [], strongForth: [], strongBack: [], cka: [], consistency: [] };
  await eachPair(embedded, measuring, async (material, { a, b }) => {
    const { scan, a: from, b: to } = material;
    const pair = { a, b, facts: from.facts };
    const add = (name: keyof PairLists, list: Float64Array) => lists[name].push({ ...pair, list });
    add('mexa', expectedHits(measuring.mexaAt, scan.eitherReach));
    add('strongForth', strongAlignment(scan.matched, from.rival));
    add('strongBack', strongAlignment(scan.matched, to.rival));
    add('cka', (await cka(from.cka, to.cka, products)).debiased);
    add('consistency', neighborRankConsistency(from.nearest, to.nearest));
  });
  return lists;
}

async function eachPair(
  embedded: EmbeddedCorpus,
  { scaler, kernels, context: { signal, report } }: Measuring,
  visit: (material: PairMaterial, pair: { a: number; b: number }) => Promise<void> | void,
): Promise<void> {
  const pause = () => breatheUnlessStopped(signal, 'The measuring of held-out facts');
  const materialOf = pairMaterials(embedded, { scaler, kernels, pause });
  const L = embedded.corpus.languages.length;
  const total = (L * (L - 1)) / 2;
  let done = 0;
  for (let a = 0; a < L; a++) {
    for (let b = a + 1; b < L; b++) {
      report({ stage: 'Measuring one part of the facts (pairs of languages)', done, total });
      const [material] = await materialOf(a, [b]);
      if (material !== null) await visit(material, { a, b });
      done++;
      await pause();
    }
  }
}

/**
 * Mean over pairs of the mean over a pair's facts, as far as it is defined. A fact's part is the value plus its
 * influence: without holes the mean of what the fact gives in each pair.
 *
 * @param F number of facts
 */
export function meanOverPairs(F: number, pairs: readonly PairList[]): Measured {
  const defined = pairs.filter(({ list }) => list.length > 0 && !Number.isNaN(mean(list)));
  const means = defined.map(({ list }) => mean(list));
  const value = mean(means);
  const parts = new Float64Array(F).fill(value);
  defined.forEach(({ facts, list }, p) => {
    const weight = F / (list.length * defined.length);
    facts.forEach((fact, i) => (parts[fact] += (list[i] - means[p]) * weight));
  });
  return { value, parts };
}

function meanOfParts(parts: Float64Array): Measured {
  return { value: mean(parts), parts };
}

/** MEXA in all its means. */
export interface MexaScores {
  overall: Measured;
  /** Mean with the other languages; NaN for a language without a pair. [L] */
  byLanguage: Measured[];
  /** Mean over the pairs that the fact is in; NaN where it is in none. [facts] */
  byFact: Float64Array;
}

function mexaScores({ corpus }: EmbeddedCorpus, { mexa }: Pick<PairLists, 'mexa'>): MexaScores {
  const F = corpus.facts.length;
  return {
    overall: meanOverPairs(F, mexa),
    byLanguage: corpus.languages.map((_, l) =>
      meanOverPairs(
        F,
        mexa.filter(({ a, b }) => a === l || b === l),
      ),
    ),
    byFact: meanByFact(F, mexa),
  };
}

function meanByFact(F: number, pairs: readonly PairList[]): Float64Array {
  const [sums, counts] = [new Float64Array(F), new Int32Array(F)];
  for (const { facts, list } of pairs) {
    facts.forEach((fact, i) => {
      if (Number.isNaN(list[i])) return;
      sums[fact] += list[i];
      counts[fact]++;
    });
  }
  return sums.map((sum, fact) => sum / counts[fact]);
}

/** MEXA alone: what controls and languages left out are judged by. */
export async function measureMexa(
  embedded: EmbeddedCorpus,
  measuring: Measuring,
): Promise<MexaScores> {
  const mexa: PairList[] = [];
  await eachPair(embedded, measuring, ({ scan, a: { facts } }, { a, b }) => {
    mexa.push({ a, b, facts, list: expectedHits(measuring.mexaAt, scan.eitherReach) });
  });
  return mexaScores(embedded, { mexa });
}

/** Democratization and worst language, and the same in every bootstrap round over facts. */
function spreadOverLanguages(
  { byLanguage }: MexaScores,
  F: number,
  seed: number,
): Record<'democratization' | 'worst_language', Measured> {
  const defined = byLanguage.filter(({ value }) => !Number.isNaN(value));
  const lists = defined.map(({ parts }) => parts!);
  const drawn = factDraws(seed)(positions(F), lists);
  const spread = (of: (scores: number[]) => number): Measured => ({
    value: of(defined.map(({ value }) => value)),
    rounds: Float64Array.from({ length: BOOTSTRAP_ROUNDS }, (_, round) =>
      of(drawn.map((rounds) => Math.max(0, rounds[round]))),
    ),
  });
  return {
    democratization: spread((scores) => (scores.length < 3 ? NaN : democratization(scores))),
    worst_language: spread((scores) => (scores.length === 0 ? NaN : Math.min(...scores))),
  };
}

/** Facts in the order of the corpus, as draws are keyed by. */
export function positions(F: number): Int32Array {
  return Int32Array.from({ length: F }, (_, fact) => fact);
}

type ShareId = 'disparity' | 'fact_share' | 'language_share' | 'interaction_share';

async function measureShares(
  embedded: EmbeddedCorpus,
  { scaler, seed, kernels }: Measuring,
): Promise<Record<ShareId, Measured>> {
  const cube = completeCube({ ...embedded, fit: () => scaler });
  const drawn = cube && (await drawnShares(cube, productsOf(kernels), seededRandom(seed)));
  const share = (of: (shares: FactAndLanguage) => number): Measured =>
    drawn === null
      ? { value: NaN }
      : {
          value: of(drawn.observed),
          rounds: Float64Array.from(drawn.rounds, (shares) => (shares === null ? NaN : of(shares))),
        };
  return {
    disparity: share(({ fact }) => 1 - fact),
    fact_share: share(({ fact }) => fact),
    language_share: share(({ language }) => language),
    interaction_share: share(({ fact, language }) => 1 - fact - language),
  };
}

async function hubSkewness(
  { vectors }: EmbeddedCorpus,
  { seed, kernels, context: { signal } }: Measuring,
): Promise<number> {
  if (vectors.rows <= HUB_NEAREST) return NaN;
  const wanted = { vectors, k: HUB_NEAREST, seed };
  const quiet = { signal, report: () => undefined };
  const { neighbors } = await nearestRenderings(wanted, kernels, quiet);
  return hubness(kOccurrence(neighbors.indices, vectors.rows), HUB_NEAREST).skewness;
}
