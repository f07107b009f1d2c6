import { describe, expect, it } from 'vitest';
import { aucInfluences, lengthBias } from '../../../src/answers/lint/length-bias.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { mean } from '../../../src/core/statistics.ts';
import { answerTable } from '../../helpers/answer-tables.ts';

const CHOSEN = [
  41, 49, 6, 49, 30, 33, 39, 20, 58, 7, 20, 26, 36, 27, 12, 7, 5, 7, 13, 59, 15, 40, 46, 17, 20, 28,
  19, 58, 14, 54, 48, 51, 11, 26, 39, 32, 41, 42, 41, 8,
];
const REJECTED = [
  43, 26, 40, 14, 18, 39, 10, 5, 18, 31, 8, 39, 17, 12, 25, 40, 40, 39, 15, 3, 35, 32, 35, 3, 4, 24,
  17, 21, 42, 11, 25, 16, 15, 36, 9, 16, 7, 9, 14, 32,
];

function biasOf(chosen: string[], rejected: string[], languages: number[]) {
  const training = chosen.map((text, i) => ({
    file: 'f',
    line: i + 1,
    language: languages[i],
    split: '' as const,
    instruction: '',
    input: '',
    chosen: text,
    rejected: rejected[i],
  }));
  const table = answerTable({ languages: ['en', 'th'], questions: [], training });
  return lengthBias(table, seededRandom(1));
}

describe('lengthBias', () => {
  it('agrees with scikit-learn 1.x and a NumPy bootstrap of pairs', () => {
    const texts = (lengths: number[]) => lengths.map((length) => 'x'.repeat(length));
    const [all, english] = biasOf(
      texts(CHOSEN),
      texts(REJECTED),
      CHOSEN.map(() => 0),
    );
    expect(all.auc).toBeCloseTo(0.636875, 12);
    expect(all.logRatio).toBeCloseTo(0.31118443226714704, 12);
    // 20 000 rounds of NumPy, each with the area of its own draw: 0.494375 to 0.7725; -0.0558 to 0.6709.
    expect(all.aucInterval![0]).toBeCloseTo(0.494, 1);
    expect(all.aucInterval![1]).toBeCloseTo(0.7725, 1);
    expect(Math.abs(all.logRatioInterval![0] + 0.0558)).toBeLessThan(0.03);
    expect(Math.abs(all.logRatioInterval![1] - 0.6709)).toBeLessThan(0.03);
    expect(english).toMatchObject({ language: 'en', pairs: 40, auc: all.auc });
  });

  it('gives each pair its influence on the area', () => {
    const influences = aucInfluences(CHOSEN, REJECTED);
    expect(mean(influences)).toBeCloseTo(0.636875, 12);
    // Against the change when the pair counts a little more than the others.
    const weighted = (weight: number): number => {
      const weights = CHOSEN.map((_, i) => (i === 3 ? 1 + weight : 1));
      let [sum, total] = [0, 0];
      CHOSEN.forEach((c, i) =>
        REJECTED.forEach((r, j) => {
          sum += weights[i] * weights[j] * (c > r ? 1 : c === r ? 0.5 : 0);
          total += weights[i] * weights[j];
        }),
      );
      return sum / total;
    };
    const slope = (weighted(1e-5) - weighted(-1e-5)) / 2e-5;
    expect(influences[3] - 0.636875).toBeCloseTo(slope * CHOSEN.length, 5);
  });

  it('counts characters, not code units, leaves out empty sides, and has no interval for one pair', () => {
    const [all, english, thai] = biasOf(['😀😀', 'กา', ''], ['xx', 'กากา', 'x'], [0, 1, 1]);
    expect(all).toMatchObject({ language: '', pairs: 2 });
    expect(english).toMatchObject({
      logRatio: 0,
      auc: 0.5,
      logRatioInterval: null,
      aucInterval: null,
    });
    expect(thai).toMatchObject({ language: 'th', pairs: 1, auc: 0 });
    expect(thai.logRatio).toBeCloseTo(-Math.log(2), 12);
  });
});

it('has no interval where five pairs, or all pairs, say the same', () => {
  for (const n of [5, 30]) {
    const [all] = biasOf(Array(n).fill('longer'), Array(n).fill('short'), Array(n).fill(0));
    expect(all).toMatchObject({ pairs: n, auc: 1, aucInterval: null });
  }
});
