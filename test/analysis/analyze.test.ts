import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import type { Kernels } from '../../src/compute/kernels.ts';
import { createReference } from '../../src/compute/reference.ts';
import { dot, row } from '../../src/core/matrix.ts';
import type { AnalysisReport, MatrixId, PairReport } from '../../src/core/report.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { corpusOf, randomCube, type Cube, type EmbeddedCorpus } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { randomFacts, threeLanguages } from '../helpers/golden.ts';

function run(embedded: EmbeddedCorpus, seed = 1): Promise<AnalysisReport> {
  return analyze({ ...embedded, seed }, createReference(), unwatched);
}

type GoldenPair = (typeof randomFacts.complete.pairs)[number];

function expectPair(pair: PairReport, golden: GoldenPair): void {
  expect([pair.a, pair.b, pair.facts.length, pair.ties]).toEqual([
    golden.a,
    golden.b,
    golden.facts,
    golden.ties,
  ]);
  const {
    meanCosine,
    floor,
    calibrated,
    precisionAToB,
    precisionBToA,
    mexa,
    bias,
    biasCentroid,
    biasResidual,
  } = pair;
  expectClose(
    [meanCosine.value, floor, calibrated, precisionAToB.value, precisionBToA.value, mexa.value],
    [
      golden.meanCosine,
      golden.floor,
      golden.calibrated,
      golden.precisionAToB,
      golden.precisionBToA,
      golden.mexa,
    ],
  );
  expectClose(
    [bias, biasCentroid, biasResidual],
    [golden.bias, golden.biasCentroid, golden.biasResidual],
  );
  expectClose(pair.rivalInB.cosine, golden.rivalInB);
  expectClose(pair.rivalInA.cosine, golden.rivalInA);
}

function expectPairs(pairs: PairReport[], golden: GoldenPair[]): void {
  expect(pairs).toHaveLength(golden.length);
  pairs.forEach((pair, i) => expectPair(pair, golden[i]));
}

const holes =
  ({ present }: { present: number[][] }) =>
  (language: number, fact: number) =>
    present[language][fact] === 1;

describe('analyze, against NumPy', () => {
  it.each([
    ['3 languages, 5 facts', threeLanguages.raw, threeLanguages],
    ['5 languages, 40 facts, two of them duplicates', randomFacts.raw, randomFacts.complete],
  ])('gives every number of every pair: %s', async (_, cube, golden) => {
    const report = await run(corpusOf(cube));
    expectPairs(report.pairs, golden.pairs);
    expectClose(report.centroidDistance, golden.centroidDistance.flat());
    const { fact, language, interaction } = golden.variance;
    const { variance } = report;
    expectClose(
      [variance?.fact, variance?.language, variance?.interaction].map(
        (share) => share?.value ?? NaN,
      ),
      [fact, language, interaction],
    );
  });

  it('compares a pair on the facts that both have, and fits z-scores over every rendering, where some are missing', async () => {
    const report = await run(corpusOf(randomFacts.raw, holes(randomFacts.withHoles)));
    expectPairs(report.pairs, randomFacts.withHoles.pairs);
    expectClose(report.centroidDistance, randomFacts.withHoles.centroidDistance.flat());
  });

  it('splits the variance on the facts that all languages have, with z-scores of their own', async () => {
    const { withHoles, fourWithHoles, raw } = randomFacts;
    const report = await run(corpusOf(raw.slice(0, 4), holes(withHoles)));
    expectPairs(report.pairs, fourWithHoles.pairs);
    expect(report.variance?.facts).toBe(fourWithHoles.variance.facts);
    expectClose(
      [report.variance?.fact.value ?? NaN, report.variance?.language.value ?? NaN],
      [fourWithHoles.variance.fact, fourWithHoles.variance.language],
    );
  });
});

describe('analyze with holes', () => {
  const { present } = randomFacts.withHoles;
  let report: AnalysisReport;
  let embedded: EmbeddedCorpus;
  beforeAll(async () => {
    embedded = corpusOf(randomFacts.raw, holes(randomFacts.withHoles));
    report = await run(embedded);
  });

  it('leaves out the pair that shares no fact, and marks it as not defined in every matrix', () => {
    expect(report.pairs).toHaveLength(9);
    expect(report.pairs.find(({ a, b }) => a === 3 && b === 4)).toBeUndefined();
    for (const values of Object.values(report.matrices)) {
      expect([...values].flatMap((value, i) => (Number.isNaN(value) ? [i] : []))).toEqual([
        3 * 5 + 4,
        4 * 5 + 3,
      ]);
    }
  });

  it('counts the facts that each pair shares, and the language’s own on the diagonal', () => {
    const count = (a: number, b: number): number =>
      present[a].filter((value, i) => value * present[b][i] === 1).length;
    expect([...report.shared]).toEqual(
      [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].map((b) => count(a, b))),
    );
  });

  it('names facts by their place in the report, also those of rivals', () => {
    const { corpus, vectors } = embedded;
    const place = new Map(corpus.renderings.text.map((text, r) => [text, r]));
    const vector = (language: string, fact: number): Float32Array =>
      row(vectors, place.get(`${language} ${fact}`) ?? -1);
    const { facts, matched, rivalInB, rivalInA } = report.pairs[1];
    expect([...facts]).toEqual(
      present[0].flatMap((value, i) => (value * present[2][i] === 1 ? [i] : [])),
    );
    facts.forEach((fact, i) => {
      expect(matched[i]).toBeCloseTo(dot(vector('en', fact), vector('ru', fact)), 6);
      expect(rivalInB.cosine[i]).toBeCloseTo(
        dot(vector('en', fact), vector('ru', rivalInB.fact[i])),
        6,
      );
      expect(rivalInA.cosine[i]).toBeCloseTo(
        dot(vector('en', rivalInA.fact[i]), vector('ru', fact)),
        6,
      );
      expect(rivalInB.fact[i]).not.toBe(fact);
    });
  });

  it('gives no split of variance without two complete facts, and says why', () => {
    expect(report.variance).toBeNull();
    expect(report.varianceReason).toBe(
      'The split of variance needs two facts with a text in all 5 languages; no fact has.',
    );
  });

  it('says so when only one fact is complete', async () => {
    const cube = randomCube({ languages: 2, facts: 3, dimensions: 4 }, 1);
    const { variance, varianceReason } = await run(
      corpusOf(cube, (language, fact) => fact === 0 || language === fact - 1),
    );
    expect(variance).toBeNull();
    expect(varianceReason).toMatch('in all 2 languages; only one fact has.');
  });
});

describe('the matrices', () => {
  let report: AnalysisReport;
  beforeAll(async () => {
    report = await run(corpusOf(randomFacts.raw));
  });

  it.each<[MatrixId, number]>([
    ['mean_cosine', 1],
    ['calibrated', 1],
    ['bias', 0],
    ['bias_centroid', 0],
    ['bias_residual', 0],
    ['p_at_1', 1],
    ['mexa', 1],
  ])('%s has %d for a language with itself', (id, diagonal) => {
    expect([0, 1, 2, 3, 4].map((l) => report.matrices[id][l * 6])).toEqual(
      new Array(5).fill(diagonal),
    );
  });

  it('are symmetric, but for the one that reads row to column', () => {
    const differing = (Object.keys(report.matrices) as MatrixId[]).filter((id) =>
      report.pairs.some(
        ({ a, b }) => report.matrices[id][a * 5 + b] !== report.matrices[id][b * 5 + a],
      ),
    );
    expect(differing).toEqual(['p_at_1']);
  });

  it('read row to column: P@1 of en to sw stands in row en', () => {
    const { precisionAToB, precisionBToA } = report.pairs[3];
    expect(precisionAToB.value).not.toBe(precisionBToA.value);
    expect([report.matrices.p_at_1[4], report.matrices.p_at_1[4 * 5]]).toEqual([
      precisionAToB.value,
      precisionBToA.value,
    ]);
  });
});

describe('intervals', () => {
  it('contain their values', async () => {
    const { pairs } = await run(corpusOf(randomFacts.raw));
    for (const { meanCosine, precisionAToB, precisionBToA, mexa } of pairs) {
      for (const { value, interval } of [meanCosine, precisionAToB, precisionBToA, mexa]) {
        expect(interval?.[0]).toBeLessThan(value);
        expect(interval?.[1]).toBeGreaterThan(value);
      }
    }
  });

  it('are drawn anew for each pair: a pair and its copy have the same value and another interval', async () => {
    const [english, german] = randomFacts.raw;
    const { pairs } = await run(corpusOf([english, german, german]));
    const [first, copy] = pairs.map(({ meanCosine }) => meanCosine);
    expect(copy.value).toBe(first.value);
    expect(copy.interval).not.toEqual(first.interval);
  });

  it('are the same for the same seed, and others for another', async () => {
    const embedded = corpusOf(randomFacts.raw);
    const [first, again, other] = [
      await run(embedded, 7),
      await run(embedded, 7),
      await run(embedded, 8),
    ];
    expect(again).toEqual(first);
    expect(other.matrices).toEqual(first.matrices);
    expect(other.pairs[0].meanCosine.interval).not.toEqual(first.pairs[0].meanCosine.interval);
    expect(other.variance?.fact.interval).not.toEqual(first.variance?.fact.interval);
  });

  it('of one pair do not depend on the other languages', async () => {
    const [two, five] = [
      await run(corpusOf(randomFacts.raw.slice(0, 2))),
      await run(corpusOf(randomFacts.raw)),
    ];
    expect(two.pairs[0].meanCosine).toEqual(five.pairs[0].meanCosine);
  });
});

describe('analyze at its edges', () => {
  it('gives a fact alone its cosine, and nothing that needs rivals', async () => {
    const { pairs, variance, matrices } = await run(corpusOf([[[1, 0]], [[0.6, 0.8]]]));
    expect(pairs[0]).toMatchObject({
      floor: NaN,
      calibrated: NaN,
      ties: 0,
      precisionAToB: { value: NaN, interval: null },
      mexa: { value: NaN, interval: null },
    });
    expect(pairs[0].meanCosine.value).toBeCloseTo(0.6, 6);
    expect(pairs[0].meanCosine.interval).toBeNull();
    expect([...pairs[0].rivalInB.fact, ...pairs[0].rivalInA.fact]).toEqual([-1, -1]);
    expect(variance).toBeNull();
    expect([...matrices.mexa]).toEqual([1, NaN, NaN, 1]);
  });

  it('says that vectors are equal where there is no variance to split and no room above the floor', async () => {
    const same = Array.from({ length: 3 }, () => [0.1, 0.2, 0.7]);
    const { variance, varianceReason, pairs } = await run(corpusOf([same, same]));
    expect([variance, varianceReason]).toEqual([
      null,
      'The split of variance needs texts whose vectors differ; all are equal.',
    ]);
    expect(pairs[0].calibrated).toBeNaN();
    expect(pairs[0]).toMatchObject({
      ties: 3,
      mexa: { value: 0 },
      precisionAToB: { value: 1 },
      bias: 0,
    });
  });

  const refused: [string, Cube, string, string][] = [
    [
      'one language',
      randomCube({ languages: 1, facts: 3, dimensions: 2 }, 1),
      'corpus/too-few-languages',
      'The files hold one language, en; a comparison needs two.',
    ],
    ['no facts', [[], []], 'corpus/empty', 'The files hold no facts.'],
  ];
  it.each(refused)('refuses %s', async (_, cube, code, message) => {
    await expect(run(corpusOf(cube))).rejects.toMatchObject({ code, message });
  });

  it('refuses languages that share no fact', async () => {
    const embedded = corpusOf(
      randomCube({ languages: 2, facts: 4, dimensions: 2 }, 1),
      (language, fact) => fact % 2 === language,
    );
    await expect(run(embedded)).rejects.toMatchObject({
      code: 'corpus/no-shared-facts',
      message: 'No two of the languages en, de share a fact.',
    });
  });

  it('refuses vectors that are not one for each rendering', async () => {
    const { corpus } = corpusOf(randomCube({ languages: 2, facts: 4, dimensions: 2 }, 1));
    const { vectors } = corpusOf(randomCube({ languages: 2, facts: 3, dimensions: 2 }, 1));
    await expect(run({ corpus, vectors })).rejects.toThrow('analyze: 8 renderings but 6 vectors');
  });
});

describe('progress and stopping', () => {
  it('shows every pair once as it finishes, in the order of the report', async () => {
    const { context, reports } = watched();
    const report = await analyze(
      { ...corpusOf(randomFacts.raw), seed: 1 },
      createReference(),
      context,
    );
    const shown = reports.flatMap(({ partial }) => (partial ?? []) as PairReport[]);
    expect(shown).toEqual(report.pairs);
    const counted = reports.filter(({ stage }) => stage.includes('pairs'));
    expect(counted.map(({ done, total }) => `${done}/${total}`)).toEqual([
      '4/10',
      '7/10',
      '9/10',
      '10/10',
      '10/10',
    ]);
  });

  it('stops before the next pair', async () => {
    const controller = new AbortController();
    const reference = createReference();
    let compared = 0;
    const kernels: Kernels = {
      ...reference,
      comparePair: (x, y) => {
        if (++compared === 3) controller.abort();
        return reference.comparePair(x, y);
      },
    };
    const context = { signal: controller.signal, report: () => undefined };
    await expect(
      analyze({ ...corpusOf(randomFacts.raw), seed: 1 }, kernels, context),
    ).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'The comparison was stopped.',
    });
    expect(compared).toBe(3);
  });

  it('hears a stop that arrives as an event while it runs', async () => {
    const controller = new AbortController();
    const context = { signal: controller.signal, report: () => undefined };
    setImmediate(() => controller.abort());
    await expect(
      analyze({ ...corpusOf(randomFacts.raw), seed: 1 }, createReference(), context),
    ).rejects.toMatchObject({ code: 'call/cancelled' });
  });
});
