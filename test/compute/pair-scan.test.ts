import { describe, expect, it } from 'vitest';
import { row, TIE_MARGIN } from '../../src/core/matrix.ts';
import { mean } from '../../src/core/statistics.ts';
import { pairDifference } from '../../src/compute/difference.ts';
import type { PairScan } from '../../src/core/pair-scan.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import {
  enDe,
  enSw,
  equalPair,
  goldenPairs,
  pairOf,
  products,
  scanOf,
  type Pair,
} from '../helpers/pairs.ts';

/** The same numbers by looking at the whole matrix of cosines. */
async function wholeMatrix({
  x,
  y,
}: Pair): Promise<Omit<PairScan, 'rowNearest' | 'columnNearest'>> {
  const n = x.rows;
  const S = await products(x, y);
  const at = (i: number, j: number): number => S.data[i * n + j];
  const facts = Array.from({ length: n }, (_, i) => i);
  const rivals = (i: number): number[] => facts.filter((j) => j !== i);
  const best = (i: number, cosine: (j: number) => number): number =>
    rivals(i).reduce((b, j) => (b === -1 || cosine(j) > cosine(b) ? j : b), -1);
  const reaches = (cosine: number, i: number): boolean => cosine + TIE_MARGIN >= at(i, i);
  const isAbove = (cosine: number, i: number): boolean => cosine - at(i, i) > TIE_MARGIN;
  const count = (holds: (i: number, j: number) => boolean): Int32Array =>
    Int32Array.from(facts, (i) => rivals(i).filter((j) => holds(i, j)).length);
  const row = (i: number, j: number): number => at(i, j);
  const column = (i: number, j: number): number => at(j, i);
  const off = facts.flatMap((i) => rivals(i).map((j) => at(i, j)));
  const won = (i: number, v: number): number =>
    Math.abs(at(i, i) - v) <= TIE_MARGIN ? 0.5 : at(i, i) > v ? 1 : 0;
  const sums = (cosine: (i: number, j: number) => number): Float64Array =>
    Float64Array.from(facts, (i) => rivals(i).reduce((sum, j) => sum + cosine(i, j), 0));
  const beaten = (cosine: (i: number, j: number) => number): Float64Array =>
    Float64Array.from(facts, (i) =>
      mean(rivals(i).map((j) => mean(facts.map((k) => won(k, cosine(i, j)))))),
    );
  const bestInRow = facts.map((i) => best(i, (j) => at(i, j)));
  const bestInColumn = facts.map((i) => best(i, (j) => at(j, i)));
  return {
    matched: Float32Array.from(facts, (i) => at(i, i)),
    rowRival: Float32Array.from(bestInRow, (j, i) => (j < 0 ? -Infinity : at(i, j))),
    rowRivalIndex: Int32Array.from(bestInRow),
    columnRival: Float32Array.from(bestInColumn, (j, i) => (j < 0 ? -Infinity : at(j, i))),
    columnRivalIndex: Int32Array.from(bestInColumn),
    rowRank: count((i, j) => isAbove(row(i, j), i)).map((above) => above + 1),
    columnRank: count((i, j) => isAbove(column(i, j), i)).map((above) => above + 1),
    rowReach: count((i, j) => reaches(row(i, j), i)),
    columnReach: count((i, j) => reaches(column(i, j), i)),
    eitherReach: count((i, j) => reaches(row(i, j), i) || reaches(column(i, j), i)),
    rowSum: sums(row),
    columnSum: sums(column),
    rowSquares: sums((i, j) => row(i, j) ** 2),
    columnSquares: sums((i, j) => column(i, j) ** 2),
    below: Float64Array.from(facts, (i) => mean(off.map((v) => won(i, v)))),
    rowBeaten: beaten(row),
    columnBeaten: beaten(column),
  };
}

const cases: [string, Pair][] = [
  ['one fact', pairOf([[1, 2]], [[2, 1]])],
  [
    'two facts',
    pairOf(
      [
        [1, 2],
        [3, 1],
      ],
      [
        [2, 1],
        [1, 1],
      ],
    ),
  ],
  ['the example, en-de', enDe],
  ['the example, en-sw', enSw],
  ['nine equal facts', equalPair(9)],
  ['40 facts with duplicates', goldenPairs[2].pair],
  [
    '70 noisy facts',
    (([a, b]) => pairOf(a, b))(randomCube({ languages: 2, facts: 70, dimensions: 3 }, 4, 2)),
  ],
];

describe('a pair’s scan', () => {
  it.each(cases)('of the reference is what the definitions say: %s', async (_, pair) => {
    const scan = await scanOf(pair);
    for (const [name, expected] of Object.entries(await wholeMatrix(pair))) {
      const actual = scan[name as keyof PairScan];
      if (expected instanceof Float64Array) expectClose(actual as Float64Array, expected, 1e-9);
      else expect([name, Array.from(actual as Float32Array)]).toEqual([name, Array.from(expected)]);
    }
  });

  it.each(cases)('of the kernel differs by rounding only: %s', async (_, pair) => {
    const [scan] = await (await createWasm()).comparePairs([pair]);
    expect(pairDifference(scan, await products(pair.x, pair.y))).toBeLessThan(1e-6);
  });

  it('keeps the ten best cosines of each row and column, the match among them, equal ones in index order', async () => {
    const { pair } = goldenPairs[1];
    const { rowNearest, columnNearest } = await scanOf(pair);
    const S = await products(pair.x, pair.y);
    for (let i = 0; i < 40; i++) {
      const inRow = Array.from(row(S, i));
      const inColumn = inRow.map((_, j) => S.data[j * 40 + i]);
      for (const [nearest, cosines] of [
        [rowNearest, inRow],
        [columnNearest, inColumn],
      ] as const) {
        const order = cosines.map((_, j) => j).sort((a, b) => cosines[b] - cosines[a] || a - b);
        const listed = nearest.indices.slice(i * 10, (i + 1) * 10);
        expect(Array.from(listed)).toEqual(order.slice(0, 10));
        expectClose(
          nearest.cosines.slice(i * 10, (i + 1) * 10),
          order.slice(0, 10).map((j) => cosines[j]),
          0,
        );
      }
    }
  });

  it('keeps as many as there are below ten facts', async () => {
    const { rowNearest } = await scanOf(enDe);
    expect(rowNearest.k).toBe(5);
    expect(Array.from(rowNearest.indices.slice(0, 5))).toEqual([0, 4, 1, 3, 2]);
  });

  it('counts an AUC of one half where all vectors are equal, and none for one fact', async () => {
    expect(mean((await scanOf(equalPair(6))).below)).toBe(0.5);
    expect(mean((await scanOf(equalPair(1))).below)).toBeNaN();
  });
});
