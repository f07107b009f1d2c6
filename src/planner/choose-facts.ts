import { cellRows, type EmbeddedCorpus } from '../core/corpus.ts';
import { dot, matrix, row, TIE_MARGIN, type Matrix } from '../core/matrix.ts';
import {
  FACTS_LISTED,
  type LanguageAllocation,
  type PlannedFact,
  type PlannedFacts,
} from '../core/plan.ts';
import { quantileOfSorted } from '../core/statistics.ts';
import { centroidDistances } from '../metrics/centroid-distance.ts';

/** Drift from this quantile of its language on is far. */
const FAR = 0.75;

/** What facts are chosen by. F facts, L languages. */
interface Material {
  /** Row of each (fact, language), -1 for a hole. [F, L] */
  cells: Int32Array;
  /** 1 - cosine to the mean of the fact's other renderings. [F, L] */
  drift: Float32Array;
  /** Mean of each fact's renderings, of length 1. [F, d] */
  means: Matrix;
}

/**
 * The facts to work on first in each language: those to translate because the pivot has them and the language lacks them,
 * as many as fact translations are planned at most; and those to check because their drift is in the language's highest
 * quarter. The first is the one of largest drift (of its renderings, for a missing one), each further one the farthest from
 * those before it.
 */
export function chooseFacts(
  input: EmbeddedCorpus & { pivot: number },
  allocation: readonly LanguageAllocation[],
): PlannedFacts[] {
  const { facts, languages } = input.corpus;
  const cells = cellRows(input.corpus);
  const drift = centroidDistances(cells, languages.length, input.vectors);
  const means = factMeans(cells, facts.length, input.vectors);
  return allocation.map((own) => ofLanguage(input, { cells, drift, means }, own));
}

function ofLanguage(
  { corpus, pivot }: EmbeddedCorpus & { pivot: number },
  { cells, drift, means }: Material,
  { language, types }: LanguageAllocation,
): PlannedFacts {
  const L = corpus.languages.length;
  const own = corpus.facts.map((_, fact) => drift[fact * L + language]);
  const missing = missingFacts(cells, { L, pivot, language });
  const far = farFacts(own);
  const overall = corpus.facts.map((_, fact) => meanOf(drift.subarray(fact * L, (fact + 1) * L)));
  const toTranslate = spread(byDrift(missing, overall), means, Math.min(FACTS_LISTED, types.fact));
  const textIn = (fact: number, l: number): string =>
    corpus.renderings.text[cells[fact * L + l]] ?? '';
  const planned = (why: PlannedFact['why']) => (fact: number) => ({
    id: corpus.facts[fact].id,
    why,
    drift: own[fact],
    text: textIn(fact, language),
    pivotText: textIn(fact, pivot),
  });
  return {
    language,
    missing: missing.length,
    far: far.length,
    chosen: [
      ...toTranslate.map(planned('translate')),
      ...spread(byDrift(far, own), means, FACTS_LISTED).map(planned('check')),
    ],
  };
}

/** Facts that the pivot states, but not this language. */
function missingFacts(
  cells: Int32Array,
  { L, pivot, language }: { L: number; pivot: number; language: number },
): number[] {
  const missing: number[] = [];
  for (let start = 0; start < cells.length; start += L) {
    if (cells[start + language] < 0 && cells[start + pivot] >= 0) missing.push(start / L);
  }
  return missing;
}

function farFacts(drift: readonly number[]): number[] {
  const sorted = Float64Array.from(drift)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const least = quantileOfSorted(sorted, FAR);
  return drift.flatMap((value, fact) => (value >= least && value > TIE_MARGIN ? [fact] : []));
}

/** Largest first; those without drift last. */
function byDrift(facts: readonly number[], drift: readonly number[]): number[] {
  const key = (fact: number): number => (Number.isNaN(drift[fact]) ? -1 : drift[fact]);
  return [...facts].sort((a, b) => key(b) - key(a));
}

/**
 * The first of the facts, then again and again the one whose mean is farthest from all chosen (greedy k-centre); of equals
 * the first. O(facts · count · d).
 *
 * @see Gonzalez 1985, Clustering to minimize the maximum intercluster distance
 */
export function spread(facts: readonly number[], means: Matrix, count: number): number[] {
  const nearest = new Float64Array(facts.length).fill(Infinity);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, facts.length)) {
    const at = nearest.reduce((best, distance, i) => (distance > nearest[best] ? i : best), 0);
    chosen.push(facts[at]);
    const centre = row(means, facts[at]);
    facts.forEach((fact, i) => {
      nearest[i] = Math.min(nearest[i], 1 - dot(row(means, fact), centre));
    });
    nearest[at] = -Infinity;
  }
  return chosen;
}

function factMeans(cells: Int32Array, facts: number, vectors: Matrix): Matrix {
  const means = matrix(facts, vectors.columns);
  const L = cells.length / facts;
  for (let fact = 0; fact < facts; fact++) {
    const own = row(means, fact);
    for (const r of cells.subarray(fact * L, (fact + 1) * L)) {
      if (r >= 0) row(vectors, r).forEach((value, k) => (own[k] += value));
    }
    const length = Math.sqrt(dot(own, own)) || 1;
    for (let k = 0; k < own.length; k++) own[k] /= length;
  }
  return means;
}

/** Of the values that are not NaN. */
function meanOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
