import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import type { Kernels } from '../../src/compute/kernels.ts';
import { createReference } from '../../src/compute/reference.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { dot, row } from '../../src/core/matrix.ts';
import type { AnalysisReport, MatrixId, PairReport } from '../../src/core/report.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { corpusOf, randomCube, type Cube, type EmbeddedCorpus } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses, randomFacts, threeLanguages } from '../helpers/golden.ts';

function run(embedded: EmbeddedCorpus, seed = 1): Promise<AnalysisReport> {
  return analyze({ ...embedded, seed }, createReference(), unwatched);
}

/** Metrics that are defined for every pair of the random facts, and for a language with itself. */
const DEFINED_ABOVE_ONE_FACT = METRICS.filter(
  ({ id, self }) => self !== null && id !== 'mexa_100' && id !== 'p_at_5' && id !== 'p_at_10',
).map(({ id }) => id);

type GoldenPair = (typeof randomFacts.complete.pairs)[number];

function expectPair(pair: PairReport, golden: GoldenPair): void {
  expect([pair.a, pair.b, pair.facts.length, pair.ties]).toEqual([
    golden.a,
    golden.b,
    golden.facts,
    golden.ties,
  ]);
  expectClose([pair.floor], [golden.floor]);
  const { p_at_1: precision, ...scores } = pair.scores;
  expectClose(
    [precision.forth.value, precision.back.value],
    [golden.precisionAToB, golden.precisionBToA],
  );
  expectClose(
    [
      scores.mean_cosine,
      scores.calibrated,
      scores.mexa,
      scores.bias,
      scores.bias_centroid,
      scores.bias_residual,
    ].map(({ forth }) => forth.value),
    [
      golden.meanCosine,
      golden.calibrated,
      golden.mexa,
      golden.bias,
      golden.biasCentroid,
      golden.biasResidual,
    ],
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

/** What lenses.py calls the metrics, from a to b and from b to a. */
function lensesOf(
  pair: (typeof lenses.complete.pairs)[number],
): Partial<Record<MatrixId, unknown[]>> {
  const both = (value: unknown): unknown[] => [value, value];
  return {
    contrast: both(pair.contrast),
    auc: both(pair.auc),
    row_auc: [pair.rowAuc, pair.columnAuc],
    d_prime: both(pair.dPrime),
    mexa: both(pair.mexa),
    p_at_5: pair.pAt5,
    mrr: pair.mrr,
    bitext_f1: [pair.bitext.forth.f1, pair.bitext.back.f1],
    xsim_error: pair.xsim.ratio,
    margin_ratio: both(pair.ratioMargin),
    csls: both(pair.csls),
    strong: [pair.strong.forth.strong, pair.strong.back.strong],
    same_language_bias: [pair.strong.forth.excess, pair.strong.back.excess],
    cka: both(pair.cka.linear),
    cka_debiased: both(pair.cka.debiased),
    rsa: both(pair.rsa.spearman),
    rank_consistency: both(pair.neighborConsistency.softmax),
  };
}

describe('the scores of a pair, against NumPy and SciPy', () => {
  it.each([
    ['complete', randomFacts.raw, () => true, lenses.complete.pairs],
    ['with holes', randomFacts.raw, holes(randomFacts.withHoles), lenses.withHoles.pairs],
  ])('have every metric both ways: %s', async (_, cube, isPresent, golden) => {
    const { pairs } = await run(corpusOf(cube, isPresent));
    pairs.forEach(({ scores }, p) => {
      for (const [id, expected] of Object.entries(lensesOf(golden[p] as never))) {
        const { forth, back } = scores[id as MatrixId];
        expectClose(
          [forth.value, back.value],
          expected.map((value) => (value as number | null) ?? NaN),
          1e-5,
        );
      }
    });
  });

  it('are the same whether or not a language was prepared for other facts before', async () => {
    const { raw, withHoles } = randomFacts;
    const all = await run(corpusOf(raw, holes(withHoles)));
    const alone = await run(corpusOf(raw.slice(0, 2), holes(withHoles)));
    expect(alone.pairs[0].scores.rsa).toEqual(all.pairs[0].scores.rsa);
    expect(alone.pairs[0].scores.strong).toEqual(all.pairs[0].scores.strong);
  });

  it('have MEXA at 100 facts from 100 facts on, where it is MEXA', async () => {
    const shape = { languages: 2, facts: 100, dimensions: 8 };
    const [{ scores }] = (await run(corpusOf(randomCube(shape, 1)))).pairs;
    expect(scores.mexa_100.forth.value).toBeCloseTo(scores.mexa.forth.value, 12);
    const [fewer] = (await run(corpusOf(randomCube({ ...shape, facts: 99 }, 1)))).pairs;
    expect(fewer.scores.mexa_100.forth.value).toBeNaN();
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
    for (const id of DEFINED_ABOVE_ONE_FACT) {
      const values = report.matrices[id];
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

  it.each(METRICS)('$id has $self for a language with itself', ({ id, self }) => {
    expect([0, 1, 2, 3, 4].map((l) => report.matrices[id][l * 6])).toEqual(
      new Array(5).fill(self ?? NaN),
    );
  });

  it('are symmetric, but for those that read row to column', () => {
    const differing = (Object.keys(report.matrices) as MatrixId[]).filter((id) =>
      report.pairs.some(
        ({ a, b }) => !Object.is(report.matrices[id][a * 5 + b], report.matrices[id][b * 5 + a]),
      ),
    );
    const directed = METRICS.filter(({ symmetric }) => !symmetric).map(({ id }) => id);
    expect(differing.filter((id) => !directed.includes(id))).toEqual([]);
    expect(differing).toContain('p_at_1');
    expect(differing).toContain('strong');
  });

  it('read row to column: P@1 of en to sw stands in row en', () => {
    const { forth, back } = report.pairs[3].scores.p_at_1;
    expect(forth.value).not.toBe(back.value);
    expect([report.matrices.p_at_1[4], report.matrices.p_at_1[4 * 5]]).toEqual([
      forth.value,
      back.value,
    ]);
  });
});

describe('intervals', () => {
  it('are where the catalog says, and contain their values', async () => {
    const { pairs } = await run(corpusOf(randomFacts.raw));
    for (const { scores } of pairs) {
      for (const { id, interval: kind } of METRICS) {
        for (const { value, interval } of [scores[id].forth, scores[id].back]) {
          expect(`${id} ${interval !== null}`).toBe(`${id} ${kind !== null}`);
          if (interval === null) continue;
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
        }
      }
    }
  });

  it('are drawn anew for each pair: a pair and its copy have the same value and another interval', async () => {
    const [english, german] = randomFacts.raw;
    const { pairs } = await run(corpusOf([english, german, german]));
    const [first, copy] = pairs.map(({ scores }) => scores.mean_cosine.forth);
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
    const intervalOf = ({ pairs }: AnalysisReport) => pairs[0].scores.mean_cosine.forth.interval;
    expect(intervalOf(other)).not.toEqual(intervalOf(first));
    expect(other.variance?.fact.interval).not.toEqual(first.variance?.fact.interval);
  });

  it('of one pair do not depend on the other languages', async () => {
    const [two, five] = [
      await run(corpusOf(randomFacts.raw.slice(0, 2))),
      await run(corpusOf(randomFacts.raw)),
    ];
    expect(two.pairs[0].scores.mean_cosine).toEqual(five.pairs[0].scores.mean_cosine);
  });
});

describe('analyze at its edges', () => {
  it('gives a fact alone its cosine, and nothing that needs rivals', async () => {
    const { pairs, variance, matrices } = await run(corpusOf([[[1, 0]], [[0.6, 0.8]]]));
    const { floor, ties, scores } = pairs[0];
    expect([floor, ties]).toEqual([NaN, 0]);
    const defined = METRICS.map(({ id }) => id).filter(
      (id) => !Number.isNaN(scores[id].forth.value + scores[id].back.value),
    );
    expect(defined).toEqual(['mean_cosine', 'bias', 'bias_centroid', 'bias_residual']);
    expect(scores.mean_cosine.forth.value).toBeCloseTo(0.6, 6);
    expect(Object.values(scores).every(({ forth }) => forth.interval === null)).toBe(true);
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
    const { ties, scores } = pairs[0];
    expect(scores.calibrated.forth.value).toBeNaN();
    expect([
      ties,
      scores.mexa.forth.value,
      scores.p_at_1.forth.value,
      scores.bias.forth.value,
    ]).toEqual([3, 0, 1, 0]);
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
    await expect(run({ corpus, vectors })).rejects.toThrow(
      'comparePairs: 8 renderings but 6 vectors',
    );
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
    // All five languages are prepared in the first row of pairs.
    let prepared = 0;
    const kernels: Kernels = {
      ...reference,
      nearest: (x, k) => {
        if (++prepared === 4) controller.abort();
        return reference.nearest(x, k);
      },
    };
    const context = { signal: controller.signal, report: () => undefined };
    await expect(
      analyze({ ...corpusOf(randomFacts.raw), seed: 1 }, kernels, context),
    ).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'The comparison was stopped.',
    });
    expect(prepared).toBe(4);
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
