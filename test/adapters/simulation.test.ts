import { beforeAll, describe, expect, it } from 'vitest';
import { applyAdapter } from '../../src/adapters/apply-adapter.ts';
import { fitClosedForm } from '../../src/adapters/fit-closed-form.ts';
import { productsOf, type Kernels } from '../../src/compute/kernels.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { takeRows, TIE_MARGIN, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom, type Random } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { mexaHits } from '../../src/metrics/retrieval.ts';
import { polarFactor } from '../../src/adapters/closed-form/polar.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, gaussians, matrixOf, type EmbeddedCorpus } from '../helpers/corpora.ts';
import { fitSettings } from './adapter-records.ts';

const D = 128;
const MEANINGS = 30;
const HELD_OUT = 200;
const TRAINED_ON = [20, 50, 100, 1000];

let kernels: Kernels;
/** Mean over seeds of [training, held-out] MEXA with the first language, by training facts and map. */
let scores: Record<number, Record<string, [train: number, heldOut: number]>>;

/** A language that says the same facts turned far, shifted and with noise: hard, as encoders of unlike scripts are. */
async function hardPair(facts: number, random: Random): Promise<EmbeddedCorpus> {
  const turn = gaussians(random, D, D);
  // I + S for a skew S: its polar factor is a rotation, the farther the larger S.
  const skewed = turn.map((values, i) =>
    values.map((value, j) => Number(i === j) + (1.5 * (value - turn[j][i])) / Math.sqrt(D)),
  );
  const scale = 1 / 20;
  const rotation = await polarFactor(
    matrixOf(skewed.map((values) => values.map((value) => value * scale))),
    scale,
    productsOf(kernels),
  );
  const weights = Array.from({ length: MEANINGS }, (_, k) => (k + 1) ** -0.4);
  const size = Math.hypot(...weights);
  const meanings = gaussians(random, facts, MEANINGS).map((values) =>
    Float64Array.from({ length: D }, (_, k) =>
      k < MEANINGS ? (values[k] * weights[k]) / size : 0,
    ),
  );
  const turned = meanings.map((values) =>
    Float64Array.from({ length: D }, (_, j) =>
      values.reduce((sum, value, k) => sum + value * rotation.data[k * D + j], 0),
    ),
  );
  const seen = (rows: Float64Array[]): number[][] => {
    const noise = gaussians(random, facts, D);
    const [offset] = gaussians(random, 1, D);
    return rows.map((values, i) =>
      Array.from(values, (value, k) => value + 0.1 * noise[i][k] + offset[k] / Math.sqrt(D)),
    );
  };
  return corpusOf([seen(meanings), seen(turned)]);
}

async function mexa(vectors: Matrix, from: number, to: number): Promise<number> {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  const n = vectors.rows / 2;
  const y = takeRows(
    vectors,
    rows.map((r) => n + r),
  );
  const [scan] = await kernels.comparePairs([{ x: takeRows(vectors, rows), y }]);
  return mean(mexaHits(scan, TIE_MARGIN));
}

async function scoresOf(facts: number, seed: number): Promise<Record<string, [number, number]>> {
  const pair = await hardPair(facts + HELD_OUT, seededRandom(seed));
  const training = Int32Array.from({ length: facts }, (_, i) => i);
  const found: Record<string, [number, number]> = {};
  for (const strength of [Infinity, 1, 0.3, 0.1, 0]) {
    const settings = fitSettings({ method: 'procrustes', target: 'en', strength });
    const material = { ...pair, facts: training, by: 'fact' as const, kernels };
    const { adapter } = await fitClosedForm(material, settings, unwatched);
    const { vectors } = await applyAdapter(adapter, pair, productsOf(kernels));
    found[strength] = [await mexa(vectors, 0, facts), await mexa(vectors, facts, facts + HELD_OUT)];
  }
  return found;
}

beforeAll(async () => {
  kernels = await createWasm();
  scores = {};
  for (const facts of TRAINED_ON) {
    const runs = [await scoresOf(facts, 1), await scoresOf(facts, 2), await scoresOf(facts, 3)];
    const names = Object.keys(runs[0]);
    scores[facts] = Object.fromEntries(
      names.map((name) => [
        name,
        [mean(runs.map((run) => run[name][0])), mean(runs.map((run) => run[name][1]))],
      ]),
    );
  }
}, 120_000);

const heldOut = (facts: number, strength: number): number => scores[facts][strength][1];

describe('Procrustes on simulated languages', () => {
  it('without a ridge learns few facts by heart: all found in training, fewer than by centering held out', () => {
    for (const facts of [20, 50, 100]) expect(scores[facts][0][0]).toBeGreaterThan(0.995);
    expect(heldOut(20, 0)).toBeLessThan(heldOut(20, Infinity));
  });

  it('helps held out with any ridge, from 20 facts on', () => {
    for (const facts of TRAINED_ON) {
      for (const strength of [1, 0.3, 0.1])
        expect(heldOut(facts, strength)).toBeGreaterThan(heldOut(facts, Infinity));
    }
  });

  it('is best with the most ridge for the fewest facts, and without for the most', () => {
    const best = (facts: number): number =>
      [Infinity, 1, 0.3, 0.1, 0].reduce((best, next) =>
        heldOut(facts, next) > heldOut(facts, best) ? next : best,
      );
    expect(TRAINED_ON.map(best)).toEqual([0.3, 0.1, 0.1, 0]);
  });

  it('gains with facts at a small ridge, and hardly at a large one', () => {
    const gain = (strength: number): number => heldOut(1000, strength) - heldOut(20, strength);
    expect(gain(0)).toBeGreaterThan(gain(0.1));
    expect(gain(0.1)).toBeGreaterThan(gain(0.3));
    expect(gain(0.3)).toBeGreaterThan(gain(1));
    expect(gain(1)).toBeLessThan(0.15);
  });
});
