import { describe, expect, it } from 'vitest';
import { treat } from '../../src/analysis/treat.ts';
import { meanRow, row, takeRows } from '../../src/core/matrix.ts';
import { centreLanguage } from '../../src/metrics/centering.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { products } from '../helpers/pairs.ts';

const embedded = corpusOf(randomCube({ languages: 3, facts: 12, dimensions: 6 }, 1));

describe('treat', () => {
  it('centres each language on its own mean', async () => {
    const { corpus, vectors } = await treat(embedded, { kind: 'centering' }, products);
    expect(corpus.renderings.text).toEqual(embedded.corpus.renderings.text);
    const rows = Array.from({ length: 12 }, (_, i) => 12 + i);
    const german = takeRows(embedded.vectors, rows);
    expectClose(takeRows(vectors, rows).data, centreLanguage(german, meanRow(german)).data);
  });

  it('takes away a planted direction of one language, which the facts do not share', async () => {
    const cube = randomCube({ languages: 2, facts: 30, dimensions: 6 }, 2, 0.1);
    cube[1].forEach((vector) => (vector[0] += 20));
    const planted = corpusOf(cube);
    const treated = await treat(planted, { kind: 'lir', directions: 1 }, products);
    const along = Array.from({ length: 30 }, (_, i) => Math.abs(row(treated.vectors, 30 + i)[0]));
    expect(Math.max(...along)).toBeLessThan(0.5);
    expect(Math.abs(row(planted.vectors, 30)[0])).toBeGreaterThan(0.9);
  });

  it('refuses what a treatment leaves nothing of', async () => {
    const equal = corpusOf([0, 1].map(() => [0, 1, 2].map(() => [1, 2, 3])));
    await expect(treat(equal, { kind: 'centering' }, products)).rejects.toThrow(
      'Nothing is left of any vector after the treatment (language centering)',
    );
  });

  it('leaves out renderings of which nothing is left', async () => {
    const cube = randomCube({ languages: 2, facts: 4, dimensions: 3 }, 3);
    cube[1] = cube[1].map(() => [1, 2, 3]);
    const { corpus, vectors } = await treat(corpusOf(cube), { kind: 'centering' }, products);
    expect(corpus.languages.map(({ tag }) => tag)).toEqual(['en']);
    expect(vectors.rows).toBe(4);
  });
});
