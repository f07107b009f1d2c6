import { TIE_MARGIN, type Products } from '../core/matrix.ts';
import type { MetricCard } from '../core/metric-card.ts';
import { METRICS } from '../core/metric-catalog.ts';
import type { HubnessId, MatrixId } from '../core/report.ts';
import { bitextF1 } from '../metrics/bitext.ts';
import { cka } from '../metrics/cka.ts';
import { matchedCsls, matchedMargins, xsimErrors } from '../metrics/margin.ts';
import { neighborRankConsistency } from '../metrics/rank-consistency.ts';
import { expectedHits, mexaHits, precisionAt, reciprocalRanks } from '../metrics/retrieval.ts';
import { rsa } from '../metrics/rsa.ts';
import { separability } from '../metrics/separability.ts';
import { sameLanguageExcess, strongAlignment } from '../metrics/strong-alignment.ts';
import type { PairMaterial } from './pair-material.ts';

/** A metric's parts by fact, from a to b and from b to a; the same list twice where it is symmetric. [n] */
export interface Parts {
  forth: Float64Array;
  back: Float64Array;
}

/** Metrics that are means of what each fact gives. */
export type PartedId = Exclude<MatrixId, HubnessId>;

/** Their cards. */
export const PARTED = METRICS.filter(
  (card): card is MetricCard & { id: PartedId } => card.family !== 'Hubness',
);

/**
 * Every metric of a pair as parts by fact: a list's mean is the metric, and its mean over facts drawn anew is the metric
 * of the draw, to first order. Means and shares have what each fact gives, facts being drawn as queries while the texts
 * they are searched among stay; the others have the value plus the fact's influence on it. A metric that is not defined
 * has NaN throughout.
 *
 * @see Efron and Tibshirani 1993, chapters 13 and 22
 */
export async function pairParts(
  material: PairMaterial,
  products: Products,
): Promise<Record<PartedId, Parts>> {
  const { bias } = material;
  return {
    ...fromCosines(material),
    ...fromRanks(material),
    ...fromNearest(material),
    ...(await fromStructure(material, products)),
    bias: both(bias.total),
    bias_centroid: both(bias.centroid),
    bias_residual: both(bias.residual),
  };
}

type Some<Id extends PartedId> = Record<Id, Parts>;

function fromCosines({
  scan,
}: PairMaterial): Some<'mean_cosine' | 'calibrated' | 'contrast' | 'auc' | 'row_auc' | 'd_prime'> {
  const { contrast, calibrated, auc, rowAuc, columnAuc, dPrime } = separability(scan);
  return {
    mean_cosine: both(Float64Array.from(scan.matched)),
    calibrated: both(calibrated),
    contrast: both(contrast),
    auc: both(auc),
    row_auc: { forth: rowAuc, back: columnAuc },
    d_prime: both(dPrime),
  };
}

function fromRanks({
  scan,
}: PairMaterial): Some<
  'mexa' | 'mexa_100' | 'p_at_1' | 'p_at_5' | 'p_at_10' | 'mrr' | 'bitext_f1'
> {
  const { rowRank, columnRank, rowRivalIndex, columnRivalIndex } = scan;
  const precision = (k: number): Parts => ({
    forth: precisionAt(k, rowRank),
    back: precisionAt(k, columnRank),
  });
  return {
    mexa: both(mexaHits(scan, TIE_MARGIN)),
    mexa_100: both(expectedHits(100, scan.eitherReach)),
    p_at_1: precision(1),
    p_at_5: precision(5),
    p_at_10: precision(10),
    mrr: { forth: reciprocalRanks(rowRank), back: reciprocalRanks(columnRank) },
    bitext_f1: {
      forth: bitextF1(rowRank, rowRivalIndex),
      back: bitextF1(columnRank, columnRivalIndex),
    },
  };
}

function fromNearest({
  scan,
  a,
  b,
}: PairMaterial): Some<
  'xsim_error' | 'margin_ratio' | 'csls' | 'strong' | 'same_language_bias' | 'rank_consistency'
> {
  const { matched, rowNearest, columnNearest } = scan;
  return {
    xsim_error: {
      forth: xsimErrors(rowNearest, columnNearest, 'ratio'),
      back: xsimErrors(columnNearest, rowNearest, 'ratio'),
    },
    margin_ratio: both(matchedMargins(scan, 'ratio')),
    csls: both(matchedCsls(scan)),
    strong: {
      forth: strongAlignment(matched, a.rival),
      back: strongAlignment(matched, b.rival),
    },
    same_language_bias: {
      forth: sameLanguageExcess(matched, a.rival),
      back: sameLanguageExcess(matched, b.rival),
    },
    rank_consistency: both(neighborRankConsistency(a.nearest, b.nearest)),
  };
}

async function fromStructure(
  { a, b }: PairMaterial,
  products: Products,
): Promise<Some<'cka' | 'cka_debiased' | 'rsa'>> {
  const { linear, debiased } = await cka(a.cka, b.cka, products);
  const [ofA, ofB] = [a.dissimilarities, b.dissimilarities];
  const isHeld = ofA !== null && ofB !== null;
  return {
    cka: both(linear),
    cka_debiased: both(debiased),
    rsa: both(isHeld ? rsa(ofA, ofB) : new Float64Array(a.facts.length).fill(NaN)),
  };
}

function both(parts: Float64Array): Parts {
  return { forth: parts, back: parts };
}
