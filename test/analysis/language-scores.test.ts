import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { createReference } from '../../src/compute/reference.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { mean } from '../../src/core/statistics.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, inputOf, randomCube, type Cube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { randomFacts, threeLanguages } from '../helpers/golden.ts';

const report = async (cube: Cube) =>
  (await analyze(inputOf(corpusOf(cube)), createReference(), unwatched)).report;

const run = async (isPresent?: (language: number, fact: number) => boolean) =>
  (await analyze(inputOf(corpusOf(randomFacts.raw, isPresent)), createReference(), unwatched))
    .report;

describe('languageScores', () => {
  it('are the means over a language’s pairs, both ways', async () => {
    const { pairs, languageScores } = await run();
    for (const [language, own] of languageScores.entries()) {
      const its = pairs.filter(({ a, b }) => a === language || b === language);
      for (const { id } of METRICS) {
        const values = its.flatMap(({ scores }) => [scores[id].forth.value, scores[id].back.value]);
        expectClose([own[id].value], [mean(values.filter((value) => !Number.isNaN(value)))], 1e-12);
      }
    }
  });

  it('of three languages have the language bias that NumPy finds, with the mean of two shares', async () => {
    const { languageScores, variance } = await report(threeLanguages.raw);
    const biases = languageScores.map(({ bias }) => bias.value);
    expectClose(biases, [1.065332, 0.963742, 1.359756]);
    expectClose([mean(biases), mean(biases) / 3], [1.12961, 0.376537]);
    expectClose([1 - variance!.fact.value], [0.376537]);
  });

  it('have intervals that are narrower than their pairs’, since errors in part cancel out', async () => {
    const { pairs, languageScores } = await run();
    const widthOf = (interval: [number, number] | null): number =>
      interval === null ? NaN : interval[1] - interval[0];
    const ofPairs = pairs
      .filter(({ a }) => a === 0)
      .map(({ scores }) => widthOf(scores.contrast.forth.interval));
    const own = widthOf(languageScores[0].contrast.interval);
    expect(own).toBeLessThan(mean(ofPairs));
    expect(own).toBeGreaterThan(mean(ofPairs) / 4);
    expect(languageScores[0].antihubs.interval).toBeNull();
  });

  it('leave out what is not defined, and have no interval where pairs are on different facts', async () => {
    const { present } = randomFacts.withHoles;
    const { pairs, languageScores } = await run((language, fact) => present[language][fact] === 1);
    const its = pairs.filter(({ a, b }) => a === 3 || b === 3);
    expect(its).toHaveLength(3);
    expect(languageScores[3].auc.value).toBeCloseTo(
      mean(its.map(({ scores }) => scores.auc.forth.value)),
      12,
    );
    expect(languageScores[3].auc.interval).toBeNull();
    expect(languageScores[3].mexa_100.value).toBeNaN();
  });
});

describe('intervals of languageScores', () => {
  it('stay within the range of the metric', async () => {
    const cube = randomCube({ languages: 3, facts: 12, dimensions: 8 }, 4, 0.3);
    const { pairs, languageScores } = await report(cube);
    const intervals = [...pairs.map(({ scores }) => scores.auc.forth), languageScores[0].auc];
    for (const { interval } of intervals) expect(interval![1]).toBeLessThanOrEqual(1);
    expect(languageScores[0].auc.value).toBeLessThan(1);
  });

  it('are Wilson’s where every fact is a hit in every pair: no draw would show another one', async () => {
    const { pairs, languageScores } = await report(
      randomCube({ languages: 3, facts: 12, dimensions: 32 }, 4, 0.05),
    );
    expect(languageScores[0].p_at_1.value).toBe(1);
    expect(languageScores[0].p_at_1).toEqual(pairs[0].scores.p_at_1.forth);
    expect(languageScores[0].xsim_error.interval![1]).toBeGreaterThan(10);
  });
});

describe('disparity', () => {
  it('of two languages, which have the mean of one pair, is not defined', async () => {
    const two = await report(randomCube({ languages: 2, facts: 12, dimensions: 8 }, 4));
    expect(two.disparity.mexa).toMatchObject({ languages: 2, democratization: NaN, gini: NaN });
  });

  it('spreads the language scores, without ratios where lower is closer', async () => {
    const { languageScores, disparity } = await run();
    const values = languageScores.map(({ mexa }) => mexa.value);
    expect(disparity.mexa).toMatchObject({ languages: 5, best: Math.max(...values) });
    expect(disparity.mexa.democratization).toBeCloseTo(mean(values) / Math.max(...values), 12);
    const biases = languageScores.map(({ bias }) => bias.value);
    expect(disparity.bias).toMatchObject({ best: Math.min(...biases), democratization: NaN });
  });
});

describe('hubness of a language', () => {
  it('counts how many renderings of other languages have each among their 10 nearest', async () => {
    const { byLanguage } = await run();
    // Each language is named by 4 x 40 texts, 10 places each.
    for (const { hubness } of byLanguage) expect(mean(hubness.kOccurrence)).toBe(40);
    const { kOccurrence, hubs } = byLanguage[2].hubness;
    expect(Array.from(hubs, (fact) => kOccurrence[fact] >= 80)).not.toContain(false);
    const holes = await run((language, fact) => language < 2 || fact > 0);
    expect(holes.byLanguage.map(({ hubness }) => hubness.kOccurrence[0] === -1)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('leaves out languages that share 10 facts or fewer, where lists name all of them', async () => {
    const { byLanguage } = await run((language, fact) => language > 0 || fact < 10);
    expect([...byLanguage[0].hubness.kOccurrence].every((count) => count === -1)).toBe(true);
    expect(byLanguage[0].hubness.skewness).toBeNaN();
  });
});
