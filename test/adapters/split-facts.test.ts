import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFacts } from '../../src/adapters/split-facts.ts';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';

function corpusWith(facts: number, topicOf: (fact: number) => string = () => ''): ParallelCorpus {
  const { corpus } = corpusOf(randomCube({ languages: 2, facts, dimensions: 2 }, 1));
  return { ...corpus, facts: corpus.facts.map((fact, i) => ({ ...fact, topic: topicOf(i) })) };
}

describe('splitFacts', () => {
  it('puts each fact into one part, three fifths into training', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer(), async (facts, seed) => {
        const { train, validation, test, by } = await splitFacts(corpusWith(facts), seed);
        const all = [...train, ...validation, ...test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: facts }, (_, i) => i));
        expect(by).toBe('fact');
        expect(Math.abs(train.length - 0.6 * facts)).toBeLessThanOrEqual(1);
        expect(Math.abs(test.length - 0.2 * facts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the facts of a topic together where there are ten topics', async () => {
    const topicOf = (fact: number): string => `article ${Math.floor(Math.sqrt(fact * 3))}`;
    const split = await splitFacts(corpusWith(200, topicOf), 5);
    const topics = (['train', 'validation', 'test'] as const).map(
      (part) => new Set(Array.from(split[part], topicOf)),
    );
    expect(split.by).toBe('topic');
    const sizes = topics.reduce((sum, { size }) => sum + size, 0);
    expect(new Set(topics.flatMap((own) => [...own])).size).toBe(sizes);
    expect(Math.abs(split.train.length - 120)).toBeLessThan(12);
    expect(
      (
        await splitFacts(
          corpusWith(200, (i) => `t${i % 9}`),
          5,
        )
      ).by,
    ).toBe('fact');
  });

  it('leaves out facts in one language', async () => {
    const cube = randomCube({ languages: 2, facts: 50, dimensions: 2 }, 1);
    const { corpus } = corpusOf(cube, (l, i) => l === 0 || i % 2 === 0);
    const { train, validation, test } = await splitFacts(corpus, 1);
    expect(train.length + validation.length + test.length).toBe(25);
    expect([...train, ...validation, ...test].every((fact) => fact % 2 === 0)).toBe(true);
  });

  it('has a hash that tells splits apart, and repeats with the seed', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => splitFacts(corpusWith(60), seed)),
    );
    expect(again).toEqual(first);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(other.hash).not.toBe(first.hash);
  });
});
