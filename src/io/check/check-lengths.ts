import type { ParallelCorpus } from '../../core/corpus.ts';
import { quantileOfSorted } from '../../core/statistics.ts';

/** Makes the median absolute deviation of normal values their standard deviation. */
const TO_DEVIATION = 1.4826;
const DEVIATIONS = 3;
/** Least deviation assumed, in log units: texts that are all but equal in length are no reason for alarm. */
const FLOOR = 0.2;
/** Fewer facts say nothing about what is usual. */
const FEWEST = 8;

export interface LengthOutlier {
  row: number;
  /** How many times longer than usual (below 1: shorter). */
  factor: number;
}

/**
 * Renderings whose log length, relative to the median over the languages of their fact, lies more than three scaled
 * median absolute deviations from their language's median. Of two
 * renderings alone, only the second, or the one that is not English, is judged.
 */
export function lengthOutliers(corpus: ParallelCorpus): LengthOutlier[] {
  const ratios = logRatios(corpus);
  const rowsByLanguage = corpus.languages.map((): number[] => []);
  corpus.renderings.language.forEach((language, r) => {
    if (!Number.isNaN(ratios[r])) rowsByLanguage[language].push(r);
  });
  return rowsByLanguage.flatMap((rows) => outliersOf(rows, ratios)).sort((a, b) => a.row - b.row);
}

function outliersOf(rows: number[], ratios: Float64Array): LengthOutlier[] {
  if (rows.length < FEWEST) return [];
  const middle = median(rows.map((r) => ratios[r]));
  const deviation = TO_DEVIATION * median(rows.map((r) => Math.abs(ratios[r] - middle)));
  const allowed = DEVIATIONS * Math.max(deviation, FLOOR);
  return rows
    .filter((r) => Math.abs(ratios[r] - middle) > allowed)
    .map((row) => ({ row, factor: Math.exp(ratios[row] - middle) }));
}

/** Log of each rendering's length over the median length of its fact; NaN where there is nothing to compare with. */
function logRatios({ facts, languages, renderings }: ParallelCorpus): Float64Array {
  const isEnglish = (r: number): boolean => languages[renderings.language[r]].tag === 'en';
  const lengths = Float64Array.from(renderings.text, (text) => Math.log(text.trim().length));
  const rowsByFact = facts.map((): number[] => []);
  renderings.fact.forEach((fact, r) => rowsByFact[fact].push(r));
  const ratios = new Float64Array(lengths.length).fill(NaN);
  for (const rows of rowsByFact) {
    if (rows.length < 2) continue;
    const middle = median(rows.map((r) => lengths[r]));
    const judged = rows.length === 2 ? [rows[isEnglish(rows[1]) ? 0 : 1]] : rows;
    for (const r of judged) ratios[r] = lengths[r] - middle;
  }
  return ratios;
}

function median(values: number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}
