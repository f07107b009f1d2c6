import { describe, expect, it } from 'vitest';
import { entitiesOf, swapEntity } from '../../../src/answers/hard-negatives/entities.ts';
import { negate } from '../../../src/answers/hard-negatives/negation.ts';
import { changeNumber, valueOf } from '../../../src/answers/hard-negatives/numbers.ts';
import { hardNegatives } from '../../../src/answers/hard-negatives/perturb.ts';
import { scoreNegatives } from '../../../src/answers/hard-negatives/score-negatives.ts';
import type { ParallelCorpus } from '../../../src/core/corpus.ts';
import { toLanguage } from '../../../src/core/language.ts';
import { matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { wilson } from '../../../src/core/statistics.ts';

const random = seededRandom(3);

/** Facts by topic, with a text for each language. */
function corpusOf(languages: string[], facts: [topic: string, ...texts: string[]][]) {
  const cells = facts.flatMap(([, ...texts], fact) =>
    texts.flatMap((text, language) => (text === '' ? [] : [{ fact, language, text }])),
  );
  return {
    facts: facts.map(([topic], i) => ({ id: String(i), topic })),
    languages: languages.map(toLanguage),
    files: [],
    renderings: {
      text: cells.map(({ text }) => text),
      fact: Int32Array.from(cells, ({ fact }) => fact),
      language: Int32Array.from(cells, ({ language }) => language),
      file: new Int32Array(cells.length),
      line: new Int32Array(cells.length),
    },
  } satisfies ParallelCorpus;
}

describe('changeNumber', () => {
  it.each([
    ['It cost 37 euros.', /^It cost \d\d euros\.$/],
    ['في ٣٧ يوما', /^في [٠-٩]{2} يوما$/u],
    ['सन ३७ में', /^सन [०-९]{2} में$/u],
    ['Some 1,234,567 people.', /^Some \d,\d{3},\d{3} people\.$/],
  ])('changes %s and keeps its script and shape', (text, shape) => {
    for (const digits of ['one', 'all'] as const) {
      const change = changeNumber(text, { which: 0, digits }, random)!;
      expect(change.text).toMatch(shape);
      expect(change.text).toBe(text.replace(change.from, change.to));
      const [before, after] = [change.from, change.to].map((number) => Array.from(number));
      const changed = before.filter((digit, i) => digit !== after[i]).length;
      const all = before.filter((digit) => /\p{Nd}/u.test(digit)).length;
      expect(changed).toBe(digits === 'one' ? 1 : all);
    }
  });

  it('keeps the century of a year and never begins with 0', () => {
    for (let round = 0; round < 200; round++) {
      expect(changeNumber('in 1946', { which: 0, digits: 'all' }, random)!.to).toMatch(
        /^19[^4][^6]$/,
      );
      expect(changeNumber('47 men', { which: 0, digits: 'all' }, random)!.to).toMatch(/^[1-35-9]/);
    }
  });

  it('has nothing to change without digits, and not all of a single one', () => {
    expect(changeNumber('no number', { which: 4, digits: 'one' }, random)).toBeNull();
    expect(changeNumber('7 men', { which: 0, digits: 'all' }, random)).toBeNull();
  });

  it('knows what digits stand for where a block begins at ...6', () => {
    expect(['0', '9', '٠', '٩', '०', '९', '๗'].map(valueOf)).toEqual([0, 9, 0, 9, 0, 9, 7]);
  });
});

describe('entities', () => {
  it('are names behind small letters, no first words, months or single capitals', () => {
    expect(
      entitiesOf("Sailors of Magellan's fleet saw New Guinea in May, Tidore and A Coruña. Later I"),
    ).toEqual(['Magellan', 'New Guinea', 'Tidore']);
    expect(entitiesOf('北京是中华人民共和国的首都')).toEqual([]);
  });

  it('are swapped everywhere for one of as many words that the text has not', () => {
    const text = 'It lies in Peru, and all of Peru knows New York.';
    for (let round = 0; round < 20; round++) {
      const change = swapEntity(text, ['Peru', 'Chad', 'Sri Lanka', 'New York'], random)!;
      expect(change.to).toBe(change.from === 'Peru' ? 'Chad' : 'Sri Lanka');
      expect(change.text).not.toContain(change.from);
    }
    expect(swapEntity(text, ['Peru', 'New York'], random)).toBeNull();
  });
});

describe('negate', () => {
  it.each([
    ['The sea is blue.', 'The sea is not blue.'],
    ['Ships have been lost and are sought.', 'Ships have not been lost and are sought.'],
    ['He has owned it.', 'He has not owned it.'],
  ])('%s', (text, negated) => expect(negate(text)?.text).toBe(negated));

  it.each([
    'He has a dog.',
    'It is not blue.',
    "It wasn't; it is.",
    'Fish swim.',
    'No ship is lost.',
  ])('leaves %s', (text) => expect(negate(text)).toBeNull());
});

describe('hardNegatives', () => {
  const corpus = corpusOf(
    ['en', 'de'],
    [
      ['rivers', 'It is in Peru since 1946.', 'a'],
      ['rivers', 'The boat from Chad sank.', 'b'],
      ['hills', 'A road to Oslo.', ''],
      ['hills', '', 'd'],
    ],
  );

  it('makes every type it can, names from the same topic, and the same ones with the same seed', () => {
    const negatives = hardNegatives(corpus, { language: 0, seed: 1 });
    expect(negatives.map(({ fact, type }) => [fact, type])).toEqual([
      [0, 'number'],
      [0, 'number'],
      [0, 'entity'],
      [0, 'negation'],
      [1, 'entity'],
    ]);
    expect(negatives[2].text).toBe('It is in Chad since 1946.');
    expect(negatives[4].text).toBe('The boat from Peru sank.');
    expect(hardNegatives(corpus, { language: 0, seed: 1 })).toEqual(negatives);
  });

  it('scores by the cosines, a tie as an error, a fact once', () => {
    // Rows: en 0, de 0, en 1, de 1, en 2, de 3. The German texts lie at angle 0.
    const at = (...angles: number[]) =>
      matrix(
        angles.length,
        2,
        Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
      );
    const vectors = at(0.2, 0, 0.4, 0, 0.1, 0);
    const negatives = (
      [
        [0, 'number'],
        [0, 'number'],
        [0, 'negation'],
        [1, 'number'],
        [2, 'number'],
      ] as const
    ).map(([fact, type]) => ({ fact, type, text: '', from: '', to: '' }));
    const errors = scoreNegatives({ corpus, vectors }, 0, {
      negatives,
      vectors: at(0.3, 0.1, 0.2, 0.5, 0),
    });
    expect(
      errors.map(({ language, type, facts, errors: wrong }) => [language, type, facts, wrong]),
    ).toEqual([
      ['de', 'number', 2, 1],
      ['de', 'entity', 0, 0],
      ['de', 'negation', 1, 1],
      ['de', 'any', 2, 1],
    ]);
    expect(errors[0].rate).toBe(0.5);
    expect(errors[0].interval).toEqual(wilson(1, 2));
    expect(errors[1]).toMatchObject({ rate: NaN, interval: null });
  });
});
