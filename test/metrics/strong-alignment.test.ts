import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { takeRows, type Matrix } from '../../src/core/matrix.ts';
import { mean, wilson } from '../../src/core/statistics.ts';
import {
  averagePrecisions,
  sameLanguageExcess,
  sameLanguageShare,
  strongAlignment,
} from '../../src/metrics/strong-alignment.ts';
import { matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses, randomFacts, threeLanguages } from '../helpers/golden.ts';
import { enDe, enSw, goldenPairs, products, scanOf, type Pair } from '../helpers/pairs.ts';

async function sidesOf({ x, y }: Pair): Promise<{ matched: Float32Array; rival: Float32Array }> {
  const { matched } = await scanOf({ x, y });
  return { matched, rival: (await scanOf({ x, y: x })).rowRival };
}

describe('strongAlignment', () => {
  it('of en to de and of en to sw is 0.8', async () => {
    for (const pair of [enDe, enSw]) {
      const { matched, rival } = await sidesOf(pair);
      expect(mean(strongAlignment(matched, rival))).toBe(0.8);
    }
  });

  it.each(goldenPairs)(
    'agrees with NumPy both ways, the excess too: $name',
    async ({ pair, golden }) => {
      const forth = await sidesOf(pair);
      const back = await sidesOf({ x: pair.y, y: pair.x });
      expectClose(
        [forth, back].flatMap(({ matched, rival }) => [
          mean(strongAlignment(matched, rival)),
          mean(sameLanguageExcess(matched, rival)),
        ]),
        [golden.strong.forth, golden.strong.back].flatMap(({ strong, excess }) => [strong, excess]),
      );
    },
  );

  it('counts a tie as a miss, and is not defined for one fact', () => {
    expect([...strongAlignment([0.9, 0.9], [0.9 - 0.9e-6, 0.9 - 1.1e-6])]).toEqual([0, 1]);
    expect([...strongAlignment([0.9], [-Infinity])]).toEqual([NaN]);
    expect([...sameLanguageExcess([0.9], [-Infinity])]).toEqual([NaN]);
  });
});

/** Language by language, as NumPy has them. */
function poolOf(
  cube: number[][][],
  present?: number[][],
): { vectors: Matrix; fact: Int32Array; language: Int32Array } {
  const cells = cube.flatMap((rows, language) =>
    rows
      .map((vector, fact) => ({ vector, fact, language }))
      .filter(({ fact }) => present?.[language][fact] !== 0),
  );
  return {
    vectors: rowsOf(cells.map(({ vector }) => vector)),
    fact: Int32Array.from(cells, ({ fact }) => fact),
    language: Int32Array.from(cells, ({ language }) => language),
  };
}

const pools = [
  { name: 'complete', pool: poolOf(randomFacts.raw), golden: lenses.complete.pool },
  {
    name: 'with holes',
    pool: poolOf(randomFacts.raw, randomFacts.withHoles.present),
    golden: lenses.withHoles.pool,
  },
];

/** With every rendering as a query. */
function precisionsOf(vectors: Matrix, fact: Int32Array): Promise<Float64Array> {
  const all = Int32Array.from(fact.keys());
  return averagePrecisions({ vectors, fact }, all, products, () => undefined);
}

describe('averagePrecisions', () => {
  it.each(pools)(
    'agree with NumPy in the mean and by language: $name',
    async ({ pool, golden }) => {
      const precisions = await precisionsOf(pool.vectors, pool.fact);
      const meanOf = (holds: (r: number) => boolean): number =>
        mean(precisions.filter((value, r) => !Number.isNaN(value) && holds(r)));
      expectClose([meanOf(() => true)], [golden.meanAveragePrecision]);
      expectClose(
        [0, 1, 2, 3, 4].map((l) => meanOf((r) => pool.language[r] === l)),
        golden.byLanguage,
      );
    },
  );

  it('are (1/1 + 2/3) / 2 for relevant renderings in the first and the third place', async () => {
    const angle = (degrees: number): number[] => [
      Math.cos((degrees / 180) * Math.PI),
      Math.sin((degrees / 180) * Math.PI),
    ];
    const vectors = rowsOf([0, 10, 30, 20, 40].map(angle));
    const [first] = await precisionsOf(vectors, Int32Array.of(0, 0, 0, 1, 1));
    expect(first).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it('are 1 where every fact has a direction of its own, and low where all vectors are equal', async () => {
    const apart = matrixOf([
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    const fact = Int32Array.of(0, 0, 1, 1);
    expectClose(await precisionsOf(apart, fact), [1, 1, 1, 1]);
    const equal = matrixOf([
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    const third = 1 / 3;
    expectClose(await precisionsOf(equal, fact), [third, third, third, third]);
  });

  it('are not defined for a rendering without another of its fact', async () => {
    const vectors = matrixOf([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expectClose(await precisionsOf(vectors, Int32Array.of(0, 0, 1)), [1, 1, NaN]);
  });

  it('keep their values when renderings are reordered', async () => {
    const { vectors, fact } = pools[1].pool;
    const order = Int32Array.from(fact.keys()).sort((a, b) => ((a * 7) % 31) - ((b * 7) % 31));
    const before = await precisionsOf(vectors, fact);
    const after = await precisionsOf(
      takeRows(vectors, order),
      order.map((r) => fact[r]),
    );
    expectClose(
      after,
      Float64Array.from(order, (r) => before[r]),
      1e-12,
    );
  });
});

describe('sameLanguageShare', () => {
  const nearestOf = async (vectors: Matrix): Promise<Int32Array> =>
    (await createReference().nearest(vectors, 1)).indices;

  it.each(pools)('agrees with NumPy: $name', async ({ pool, golden }) => {
    const shares = sameLanguageShare(await nearestOf(pool.vectors), pool.language, 5);
    expectClose(
      shares.map(({ value }) => value),
      golden.sameLanguageShare,
    );
  });

  it('is 1 for languages apart, with Wilson’s interval, and not defined for one without renderings', async () => {
    const shifted = threeLanguages.raw
      .slice(0, 2)
      .map((rows, l) => rows.map((v) => [...v, l === 0 ? 50 : -50]));
    const { vectors, language } = poolOf(shifted);
    expect(sameLanguageShare(await nearestOf(vectors), language, 3)).toEqual([
      { value: 1, interval: wilson(5, 5) },
      { value: 1, interval: wilson(5, 5) },
      { value: NaN, interval: null },
    ]);
  });
});
