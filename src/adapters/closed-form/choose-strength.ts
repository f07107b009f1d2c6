import type { LanguageMap } from '../../core/adapter.ts';
import type { Fact } from '../../core/corpus.ts';
import { FEWEST_TO_CHOOSE, type StrengthChoice } from '../../core/lab.ts';
import { matrix, takeRows, TIE_MARGIN, type Matrix } from '../../core/matrix.ts';
import { seededRandom, shuffle } from '../../core/random.ts';
import { mean } from '../../core/statistics.ts';
import { MOST_DIRECTIONS } from '../../core/treatment.ts';
import { productsOf, type Kernels, type LanguagePair } from '../../compute/kernels.ts';
import { mexaHits } from '../../metrics/retrieval.ts';
import { mapRows } from '../apply-adapter.ts';
import type { FitMaterial } from '../fit-material.ts';
import { mapsOf, type ClosedForm } from './closed-form.ts';
import { languageRows, type LanguageRows } from './language-rows.ts';

const FOLDS = 5;

/** Strengths from the simplest map to the boldest, and what is taken where there are too few facts to choose. */
const GRIDS = {
  lir: { strengths: Array.from({ length: MOST_DIRECTIONS }, (_, i) => i + 1), fallback: 1 },
  procrustes: { strengths: [Infinity, 1, 0.3, 0.1, 0.03, 0], fallback: 0.3 },
  ridge: { strengths: [Infinity, 1, 0.3, 0.1, 0.03, 0], fallback: 0.3 },
};

/** What a call is watched and stopped by. `done` counts fits. */
export interface Pace {
  pause(): Promise<void>;
  report(done: number, total: number): void;
}

/**
 * The strength whose maps do best on facts that they were not fitted on: five folds of the training facts, means and maps
 * from four of them, mean MEXA over pairs on the fifth. Of equal ones the simplest.
 *
 * @see Stone 1974, J. R. Stat. Soc. B 36, for cross-validation
 */
export async function chooseStrength(
  material: FitMaterial,
  form: ClosedForm & { method: keyof typeof GRIDS },
  seed: number,
  pace: Pace,
): Promise<StrengthChoice> {
  const { strengths, fallback } = GRIDS[form.method];
  const folds = foldsOf(material, seed);
  if (material.facts.length < FEWEST_TO_CHOOSE || folds.length < 2)
    return { tried: [], chosen: fallback, folds: 0 };
  const scores = strengths.map((): number[] => []);
  for (const [f, fold] of folds.entries()) {
    const rest = material.facts.filter((fact) => !fold.has(fact));
    const products = productsOf(material.kernels);
    const mapsAt = await mapsOf(form, languageRows(material, rest), products, pace.pause);
    const judged = languageRows(
      material,
      material.facts.filter((fact) => fold.has(fact)),
    );
    for (const [s, strength] of strengths.entries()) {
      pace.report(f * strengths.length + s, folds.length * strengths.length);
      scores[s].push(...(await mexaByPair(judged, await mapsAt(strength), material.kernels)));
      await pace.pause();
    }
  }
  const tried = strengths.map((strength, s) => ({ strength, score: mean(scores[s]) }));
  const best = tried.reduce((best, next) => (next.score > best.score ? next : best));
  return { tried, chosen: best.strength, folds: folds.length };
}

/** Facts in five parts of about one size; a topic stays in one. */
function foldsOf({ corpus, facts, by }: FitMaterial, seed: number): Set<number>[] {
  const groups = new Map<string, number[]>();
  for (const f of facts) {
    const group = groupOf(corpus.facts[f], f, by);
    groups.set(group, [...(groups.get(group) ?? []), f]);
  }
  const lists = [...groups.values()];
  const folds = Array.from({ length: FOLDS }, () => new Set<number>());
  for (const g of shuffle(seededRandom(seed), Int32Array.from(lists.keys()))) {
    const smallest = folds.reduce((best, next) => (next.size < best.size ? next : best));
    for (const fact of lists[g]) smallest.add(fact);
  }
  return folds.filter(({ size }) => size > 0);
}

function groupOf({ topic }: Fact, index: number, by: FitMaterial['by']): string {
  return by === 'topic' && topic !== '' ? `topic ${topic}` : `fact ${index}`;
}

/** MEXA of each pair of languages that shares two facts. */
async function mexaByPair(
  judged: LanguageRows[],
  maps: LanguageMap[],
  kernels: Kernels,
): Promise<number[]> {
  const adapted: Matrix[] = [];
  for (const [l, { x }] of judged.entries())
    adapted.push(zeroed(await mapRows(maps[l], x, productsOf(kernels))));
  const places = judged.map(({ facts }) => new Map(Array.from(facts, (fact, i) => [fact, i])));
  const pairOf = (a: number, b: number): LanguagePair => {
    const shared = judged[a].facts.filter((fact) => places[b].has(fact));
    const rowsOf = (l: number): Matrix =>
      takeRows(
        adapted[l],
        shared.map((fact) => places[l].get(fact)!),
      );
    return { x: rowsOf(a), y: rowsOf(b) };
  };
  const pairs = judged.flatMap((_, a) => judged.slice(a + 1).map((_, k) => pairOf(a, a + 1 + k)));
  const scans = await kernels.comparePairs(pairs.filter(({ x }) => x.rows > 1));
  return scans.map((scan) => mean(mexaHits(scan, TIE_MARGIN)));
}

/** A row of which nothing is left is like no other. */
function zeroed({ rows, columns, data }: Matrix): Matrix {
  return matrix(
    rows,
    columns,
    data.map((value) => (Number.isNaN(value) ? 0 : value)),
  );
}
