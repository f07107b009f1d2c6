import { describe, expect, it } from 'vitest';
import { FACTS_LISTED, type LanguageAllocation } from '../../src/core/plan.ts';
import { chooseFacts, spread } from '../../src/planner/choose-facts.ts';
import { corpusOf, randomCube, rowsOf } from '../helpers/corpora.ts';

/** Directions in the plane, by angle in degrees. */
const plane = (...angles: number[]) =>
  rowsOf(angles.map((a) => [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]));

const allocated = (language: number, fact: number): LanguageAllocation => ({
  language,
  credit: 1,
  share: 1,
  bound: null,
  items: fact,
  types: { fact, common: 0, anchor: 0 },
  shift: 0,
});

describe('spread', () => {
  it('begins with the first and goes on with the one farthest from all chosen', () => {
    const means = plane(0, 8, 170, 90, 175);
    expect(spread([0, 1, 2, 3, 4], means, 4)).toEqual([0, 4, 3, 1]);
  });

  it('takes each fact once, equal ones in their order, and no more than there are', () => {
    expect(spread([3, 1, 2], plane(0, 0, 0, 0), 9)).toEqual([3, 1, 2]);
    expect(spread([], plane(0), 3)).toEqual([]);
  });
});

describe('chooseFacts', () => {
  const facts = 600;
  const cube = randomCube({ languages: 3, facts, dimensions: 6 }, 8);

  it('lists the highest quarter of drift to check, 100 at most, led by the largest', () => {
    const [own] = chooseFacts({ ...corpusOf(cube), pivot: 0 }, [allocated(2, 10)]);
    expect([own.missing, own.far]).toEqual([0, facts / 4]);
    expect(own.chosen).toHaveLength(FACTS_LISTED);
    expect(own.chosen[0].drift).toBe(Math.max(...own.chosen.map(({ drift }) => drift)));
    expect(new Set(own.chosen.map(({ id }) => id)).size).toBe(FACTS_LISTED);
  });

  it('lists as many facts to translate as fact translations are planned', () => {
    const holes = corpusOf(cube, (l, fact) => l !== 2 || fact >= 40);
    const [few] = chooseFacts({ ...holes, pivot: 0 }, [allocated(2, 7)]);
    const translate = few.chosen.filter(({ why }) => why === 'translate');
    expect([few.missing, translate.length]).toEqual([40, 7]);
    expect(
      translate.every(
        ({ text, pivotText, drift }) => text === '' && pivotText !== '' && Number.isNaN(drift),
      ),
    ).toBe(true);
  });

  it('lists no fact to translate that the pivot has no text of either', () => {
    const holes = corpusOf(cube, (l, fact) => fact >= 40 || (l === 0 && fact < 15) || l === 1);
    const [own] = chooseFacts({ ...holes, pivot: 0 }, [allocated(2, 99)]);
    const translate = own.chosen.filter(({ why }) => why === 'translate');
    expect([own.missing, translate.length]).toEqual([15, 15]);
    expect(translate.every(({ pivotText }) => pivotText !== '')).toBe(true);
  });

  it('says nothing of facts that no language states, or of renderings that do not drift', () => {
    const equal = [cube[0], cube[0]];
    const unseen = corpusOf(equal, (_, fact) => fact > 0);
    const [own] = chooseFacts({ ...unseen, pivot: 0 }, [allocated(1, 50)]);
    expect([own.missing, own.far, own.chosen]).toEqual([0, 0, []]);
  });
});
