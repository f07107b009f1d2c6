import { describe, expect, it } from 'vitest';
import { commonCorpus, takeRenderings } from '../../src/core/common-corpus.ts';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import { corpusOf } from '../helpers/corpora.ts';

function corpus(languages: number, facts: number): ParallelCorpus {
  const cube = Array.from({ length: languages }, () => Array.from({ length: facts }, () => [1, 0]));
  return corpusOf(cube).corpus;
}

/** Every rendering as `tag fact text`. */
function lines({ facts, languages, renderings }: ParallelCorpus): string[] {
  return renderings.text.map(
    (text, r) => `${languages[renderings.language[r]].tag} ${facts[renderings.fact[r]].id} ${text}`,
  );
}

describe('commonCorpus', () => {
  it('keeps the cells that both have, whatever their order, and says where they were', () => {
    const first = corpus(3, 4);
    const all = Int32Array.from(first.renderings.text.keys());
    const second = takeRenderings(first, all.filter((r) => r % 5 !== 0).reverse());
    const { corpus: common, rows, otherTexts } = commonCorpus(first, second);
    expect(lines(common)).toEqual(lines(first).filter((_, r) => r % 5 !== 0));
    expect(lines(takeRenderings(first, rows[0]))).toEqual(lines(common));
    expect(lines(takeRenderings(second, rows[1]))).toEqual(lines(common));
    expect(otherTexts).toBe(0);
  });

  it('leaves out facts and languages that only one of them has', () => {
    const common = commonCorpus(corpus(2, 5), corpus(3, 3)).corpus;
    expect(common.facts.map(({ id }) => id)).toEqual(['f0', 'f1', 'f2']);
    expect(common.languages.map(({ tag }) => tag)).toEqual(['en', 'de']);
  });

  it('counts texts that differ under the same id', () => {
    const [first, second] = [corpus(2, 3), corpus(2, 3)];
    second.renderings.text[4] = 'another';
    expect(commonCorpus(first, second).otherTexts).toBe(1);
  });

  it('refuses corpora without a common text, naming what they hold', () => {
    const second = corpus(2, 3);
    second.facts.forEach((fact) => (fact.id = `other ${fact.id}`));
    expect(() => commonCorpus(corpus(2, 3), second)).toThrow(
      'The two runs share no text: one has 3 facts (f0 …) in en, de, the other 3 facts (other f0 …) in en, de.',
    );
  });
});
