import { describe, expect, it } from 'vitest';
import { factNeighbors } from '../../src/analysis/fact-neighbors.ts';
import { createReference } from '../../src/compute/reference.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';

const kernels = createReference();
const cube = randomCube({ languages: 3, facts: 9, dimensions: 5 }, 4);

function cosine(a: number[], b: number[]): number {
  const along = (x: number[], y: number[]): number => x.reduce((sum, v, i) => sum + v * y[i], 0);
  return along(a, b) / Math.sqrt(along(a, a) * along(b, b));
}

describe('factNeighbors', () => {
  it('finds the nearest facts of every language, best first', async () => {
    const { from, facts, cosines } = await factNeighbors(corpusOf(cube), 2, 3, kernels);
    expect([...from]).toEqual([0, 1, 2]);
    for (let q = 0; q < 3; q++) {
      for (let language = 0; language < 3; language++) {
        const all = cube[language].map((vector, fact) => ({
          fact,
          cosine: cosine(cube[q][2], vector),
        }));
        const best = all.sort((a, b) => b.cosine - a.cosine).slice(0, 3);
        const place = (q * 3 + language) * 3;
        expect([...facts.subarray(place, place + 3)]).toEqual(best.map(({ fact }) => fact));
        expect(cosines[place]).toBeCloseTo(best[0].cosine, 5);
      }
    }
  });

  it('leaves out languages that do not state the fact, and says where there are no more', async () => {
    const holed = corpusOf(cube, (language, fact) => language !== 1 || fact < 2);
    const { from, facts, cosines } = await factNeighbors(holed, 5, 3, kernels);
    expect([...from]).toEqual([0, 2]);
    expect(facts[1 * 3 + 2]).toBe(-1);
    expect(cosines[1 * 3 + 2]).toBeNaN();
  });
});
