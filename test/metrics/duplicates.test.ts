import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { duplicateGroups, equalTexts, equalVectors } from '../../src/metrics/duplicates.ts';
import { corpusOf, rowsOf } from '../helpers/corpora.ts';
import { lenses, randomFacts } from '../helpers/golden.ts';

describe('equalTexts', () => {
  it('finds facts with the same text in one language, whatever the case, spaces and punctuation', () => {
    const { renderings } = corpusOf([
      [[1], [1], [1], [1]],
      [[1], [1], [1], [1]],
    ]).corpus;
    renderings.text = [
      'Water boils at 100 °C.',
      'The moon is round.',
      ' water  boils at 100°c',
      'Ice is cold.',
      // In the other language, where a text of the first one is no duplicate.
      'The moon is round.',
      'Der Mond ist rund.',
      'ＤＥＲ Mond ist rund!',
      '…',
    ];
    expect(equalTexts(renderings)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it('keeps apart what differs in a digit, an accent or nothing but signs', () => {
    const { renderings } = corpusOf([[[1], [1], [1], [1], [1], [1]]]).corpus;
    renderings.text = ['In 1914', 'In 1915', 'ano', 'año', '?', '!'];
    expect(equalTexts(renderings)).toEqual([]);
  });
});

describe('equalVectors', () => {
  it.each([
    ['complete', undefined, lenses.complete.duplicateGroups],
    ['with holes', randomFacts.withHoles.present, lenses.withHoles.duplicateGroups],
  ] as const)('finds the duplicates that NumPy finds: %s', async (_, present, golden) => {
    const pairs = [];
    for (const [l, rows] of randomFacts.raw.entries()) {
      const facts = rows.map((_row, i) => i).filter((i) => present?.[l][i] !== 0);
      const nearest = await createReference().nearest(rowsOf(facts.map((i) => rows[i])), 5);
      const fact = Int32Array.from(facts);
      pairs.push(...equalVectors(nearest, { fact, language: new Int32Array(fact.length) }));
    }
    expect(duplicateGroups(pairs, 40)).toEqual(golden);
  });

  it('asks for a cosine above 1 - 1e-4', async () => {
    const rows = rowsOf([
      [1, 0],
      [1, 0.0141],
      [1, -0.0143],
    ]);
    const nearest = await createReference().nearest(rows, 2);
    const fact = Int32Array.of(7, 8, 9);
    expect(equalVectors(nearest, { fact, language: new Int32Array(3) })).toEqual([
      [7, 8],
      [8, 7],
    ]);
    expect(equalVectors(nearest, { fact, language: Int32Array.of(0, 1, 2) })).toEqual([]);
  });
});

describe('duplicateGroups', () => {
  it('joins what a chain of pairs connects, and leaves out facts that stand alone', () => {
    const pairs = [
      [4, 2],
      [7, 6],
      [5, 4],
      [6, 7],
    ] as const;
    expect(duplicateGroups(pairs, 9)).toEqual([
      [2, 4, 5],
      [6, 7],
    ]);
    expect(duplicateGroups([], 3)).toEqual([]);
  });
});
