import { TIE_MARGIN, type Products } from '../core/matrix.ts';
import type { Estimate, MetricScores, Score } from '../core/report.ts';
import { bootstrapMeans, mean } from '../core/statistics.ts';
import type { Random } from '../core/random.ts';
import { calibratedAlignment } from '../metrics/alignment.ts';
import { bitextMining } from '../metrics/bitext.ts';
import { cka } from '../metrics/cka.ts';
import type { LanguageBias } from '../metrics/language-bias.ts';
import { matchedCsls, matchedMargins, xsimError } from '../metrics/margin.ts';
import type { PairScan } from '../metrics/pair-scan.ts';
import { neighborRankConsistency } from '../metrics/rank-consistency.ts';
import { expectedHits, mexaScore, precisionAt, reciprocalRanks } from '../metrics/retrieval.ts';
import { rsa } from '../metrics/rsa.ts';
import { floorOf, separability } from '../metrics/separability.ts';
import { sameLanguageExcess, strongAlignment } from '../metrics/strong-alignment.ts';
import type { LanguageSide } from './language-sides.ts';

/** What the metrics of a pair are made from. */
export interface PairParts {
  scan: PairScan;
  a: LanguageSide;
  b: LanguageSide;
  bias: LanguageBias;
}

/** Every metric of a language pair. The bootstrap draws facts, the same for all metrics. */
export async function pairScores(
  parts: PairParts,
  products: Products,
  random: Random,
): Promise<MetricScores> {
  return {
    ...fromCosines(parts),
    ...fromRanks(parts),
    ...fromFacts(parts, random),
    ...(await fromStructure(parts, products)),
    bias: both(parts.bias.total),
    bias_centroid: both(parts.bias.centroid),
    bias_residual: both(parts.bias.residual),
  };
}

type Scores<Id extends keyof MetricScores> = Pick<MetricScores, Id>;

function fromCosines({
  scan,
}: PairParts): Scores<'calibrated' | 'contrast' | 'auc' | 'row_auc' | 'd_prime'> {
  const { contrast, auc, rowAuc, columnAuc, dPrime } = separability(scan);
  return {
    calibrated: both(calibratedAlignment(mean(scan.matched), floorOf(scan))),
    contrast: both(contrast),
    auc: both(auc),
    row_auc: directed(rowAuc, columnAuc),
    d_prime: both(dPrime),
  };
}

function fromRanks({
  scan,
  a,
  b,
}: PairParts): Scores<
  'mexa' | 'mexa_100' | 'p_at_1' | 'p_at_5' | 'p_at_10' | 'bitext_f1' | 'xsim_error' | 'strong'
> {
  const { matched, rowRank, columnRank, rowNearest, columnNearest } = scan;
  const mexa = mexaScore(scan, TIE_MARGIN);
  const precision = (k: number): Score => ({
    forth: precisionAt(k, rowRank),
    back: precisionAt(k, columnRank),
  });
  return {
    mexa: { forth: mexa, back: mexa },
    mexa_100: both(expectedHits(100, scan.eitherReach)),
    p_at_1: precision(1),
    p_at_5: precision(5),
    p_at_10: precision(10),
    bitext_f1: directed(
      bitextMining(rowRank, scan.rowRivalIndex).f1,
      bitextMining(columnRank, scan.columnRivalIndex).f1,
    ),
    xsim_error: directed(
      xsimError(rowNearest, columnNearest, 'ratio'),
      xsimError(columnNearest, rowNearest, 'ratio'),
    ),
    strong: {
      forth: strongAlignment(matched, a.rival),
      back: strongAlignment(matched, b.rival),
    },
  };
}

/** Means over facts, with their intervals. */
function fromFacts(
  { scan, a, b }: PairParts,
  random: Random,
): Scores<
  'mean_cosine' | 'mrr' | 'margin_ratio' | 'csls' | 'same_language_bias' | 'rank_consistency'
> {
  const { matched, rowRank, columnRank } = scan;
  const [cosine, margin, csls, consistency, mrr, mrrBack, excess, excessBack] = estimatedMeans(
    [
      matched,
      matchedMargins(scan, 'ratio'),
      matchedCsls(scan),
      neighborRankConsistency(a.nearest, b.nearest),
      reciprocalRanks(rowRank),
      reciprocalRanks(columnRank),
      sameLanguageExcess(matched, a.rival),
      sameLanguageExcess(matched, b.rival),
    ],
    random,
  );
  return {
    mean_cosine: { forth: cosine, back: cosine },
    margin_ratio: { forth: margin, back: margin },
    csls: { forth: csls, back: csls },
    rank_consistency: { forth: consistency, back: consistency },
    mrr: { forth: mrr, back: mrrBack },
    same_language_bias: { forth: excess, back: excessBack },
  };
}

async function fromStructure(
  { a, b }: PairParts,
  products: Products,
): Promise<Scores<'cka' | 'cka_debiased' | 'rsa'>> {
  const { linear, debiased } = await cka(a.cka, b.cka, products);
  const [ofA, ofB] = [a.dissimilarities, b.dissimilarities];
  return {
    cka: both(linear),
    cka_debiased: both(debiased),
    rsa: both(ofA === null || ofB === null ? NaN : rsa(ofA, ofB).spearman),
  };
}

function estimatedMeans(lists: ArrayLike<number>[], random: Random): Estimate[] {
  const intervals = bootstrapMeans(lists, random);
  return lists.map((values, i) => {
    const value = mean(values);
    return { value, interval: Number.isNaN(value) ? null : intervals[i] };
  });
}

/** A symmetric score without interval. */
function both(value: number): Score {
  const estimate = { value, interval: null };
  return { forth: estimate, back: estimate };
}

function directed(forth: number, back: number): Score {
  return { forth: { value: forth, interval: null }, back: { value: back, interval: null } };
}
