import { NO_CHOICES, type ParallelCorpus } from '../../src/core/corpus.ts';
import { toLanguage } from '../../src/core/language.ts';
import { matrix } from '../../src/core/matrix.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import type {
  AnalysisReport,
  Disparity,
  Estimate,
  LanguageReport,
  PoolReport,
  MatrixId,
  PairReport,
  MetricScores,
  Provenance,
} from '../../src/core/report.ts';
import type { ExportInput } from '../../src/core/export.ts';

const LABELS = ['eng_Latn', 'deu', 'sw'];
/** [fact, language]; fact 2 has no Swahili. */
const TEXTS = [
  ['One, "fact"', '=Eine Tatsache', 'Ukweli mmoja'],
  ['Two facts', 'Zwei Tatsachen', 'Ukweli wa pili'],
  ['Three facts', 'Drei Tatsachen', ''],
];
/** Cosine with the matched rendering, by pair and shared fact. */
const MATCHED: [a: number, b: number, cosines: number[]][] = [
  [0, 1, [0.75, 0.5, 1]],
  [0, 2, [0.25, 0.5]],
  [1, 2, [0.5, 0.75]],
];

function corpus(): ParallelCorpus {
  // Language by language, so that code that takes renderings for fact by fact fails.
  const cells = LABELS.flatMap((_, language) =>
    TEXTS.map((row, fact) => ({ text: row[language], fact, language })).filter(
      ({ text }) => text !== '',
    ),
  );
  return {
    facts: ['q1', '-2x', 'q,3'].map((id, i) => ({ id, topic: i === 0 ? 'numbers' : '' })),
    languages: LABELS.map(toLanguage),
    files: [{ name: 'facts.csv', bytes: 100, sha256: 'ab' }],
    renderings: {
      text: cells.map(({ text }) => text),
      fact: Int32Array.from(cells, ({ fact }) => fact),
      language: Int32Array.from(cells, ({ language }) => language),
      file: new Int32Array(cells.length),
      line: Int32Array.from(cells, ({ fact }) => fact + 2),
    },
  };
}

/** Metrics with a direction have 1/4 and 3/4, the others 1/8, but for two. */
function scores(cosine: number, bias: number): MetricScores {
  const entries = METRICS.map(({ id, symmetric, interval }) => {
    const known = { mean_cosine: cosine, bias }[id as string] ?? 0.125;
    const estimate = (value: number): Estimate => ({
      value,
      interval: interval === null ? null : [value / 2, 1],
    });
    return [
      id,
      symmetric
        ? { forth: estimate(known), back: estimate(known) }
        : { forth: estimate(0.25), back: estimate(0.75) },
    ];
  });
  return Object.fromEntries(entries) as MetricScores;
}

function pair([a, b, cosines]: (typeof MATCHED)[number]): PairReport {
  const n = cosines.length;
  const rival = { cosine: new Float32Array(n), fact: new Int32Array(n) };
  return {
    a,
    b,
    facts: Int32Array.from({ length: n }, (_, i) => i),
    matched: Float32Array.from(cosines),
    rivalInA: rival,
    rivalInB: rival,
    floor: b === 2 ? NaN : 0.1,
    ties: 1,
    scores: scores(cosines.reduce((sum, value) => sum + value, 0) / n, a + b / 4),
  };
}

function report(): AnalysisReport {
  const { facts, languages, renderings } = corpus();
  const square = (of: (i: number, j: number) => number) =>
    Float64Array.from({ length: 9 }, (_, k) => of(Math.floor(k / 3), k % 3));
  const symmetric = square((i, j) => (i === j ? 1 : 1 / (i + j + 2)));
  const bias = square((i, j) => (i === j ? 0 : i + j === 3 ? NaN : (i + j) / 8));
  const matrices = {
    ...(Object.fromEntries(METRICS.map(({ id }) => [id, symmetric])) as Record<
      MatrixId,
      Float64Array
    >),
    bias,
    p_at_1: square((i, j) => i / 4 + j / 8),
  };
  const own = Object.fromEntries(
    METRICS.map(({ id }) => [id, { value: 0.5, interval: [0.25, 1] as [number, number] }]),
  ) as Record<MatrixId, Estimate>;
  const spread = {
    languages: 3,
    best: 1,
    worst: 0.25,
    democratization: 0.5,
    worstOverBest: 0.25,
    gini: 0.125,
    deviation: 0.375,
  };
  const share = (value: number) => ({
    value,
    interval: [value / 2, 1] as [number, number],
  });
  return {
    facts,
    languages,
    renderings: renderings.text.length,
    variance: { fact: share(0.6), language: share(0.1), interaction: share(0.3), facts: 2 },
    varianceReason: '',
    pairs: MATCHED.map(pair),
    matrices,
    shared: Int32Array.of(3, 3, 2, 3, 3, 2, 2, 2, 2),
    significant: { contrast: Uint8Array.of(0, 1, 0, 1, 0, 0, 0, 0, 0) },
    languageScores: LABELS.map(() => own),
    disparity: Object.fromEntries(METRICS.map(({ id }) => [id, spread])) as Record<
      MatrixId,
      Disparity
    >,
    centroidDistance: Float32Array.of(0.5, 0.25, 0.125, 0.5, 0.75, 0.5, 1, 1, NaN),
    byLanguage: LABELS.map((_, l) => languageReport(l)),
    pool: poolReport(),
  };
}

const ISOTROPY = {
  rank: 2,
  isoScore: 0.5,
  participationRatio: 1.5,
  effectiveRank: 1.75,
  meanRandomCosine: 0.25,
};
const HUBNESS = {
  skewness: 1.5,
  robinHood: 0.25,
  gini: 0.375,
  antihubs: 0.125,
  hubOccurrence: 0.75,
};
const estimated = (value: number): Estimate => ({ value, interval: [value / 2, 1] });

function languageReport(l: number): LanguageReport {
  const kOccurrence = Int32Array.of(10 - l, 20, l === 2 ? -1 : 5);
  return {
    averagePrecision: estimated(0.5),
    sameLanguageShare: estimated(0.25),
    hubness: { ...HUBNESS, hubs: Int32Array.of(1), kOccurrence },
    isotropy: ISOTROPY,
    tokens: {
      renderings: 3 - Number(l === 2),
      tokens: 10 + l,
      unknown: l,
      truncated: 0,
      premium: 1 + l / 4,
      unknownRate: 0.125,
      truncationRate: 0,
    },
  };
}

function poolReport(): PoolReport {
  return {
    renderings: 8,
    neighborSearch: null,
    queryFacts: 3,
    averagePrecision: estimated(0.5),
    hubness: { ...HUBNESS, hubs: Int32Array.of(3) },
    isotropy: ISOTROPY,
    probe: { accuracy: estimated(0.75), shuffled: estimated(0.25), chance: 0.375 },
    unscaledVariance: null,
    duplicates: [[0, 2]],
    correlations: {
      premium: { rho: 0.5, p: 1, n: 3 },
      truncation: { rho: NaN, p: NaN, n: 3 },
    },
  };
}

function provenance(): Provenance {
  return {
    isogloss: '0.0.0-test',
    model: {
      id: 'test/encoder',
      revision: 'r1',
      licence: 'MIT',
      dtype: 'fp32',
      pooling: 'mean',
      prefix: '',
      dimensions: 2,
      maxTokens: 128,
      backend: 'wasm',
      device: 'CPU',
      parity: null,
      parityAgainst: '',
      files: { 'model.onnx': 'cd' },
    },
    adapter: null,
    kernels: { backend: 'cpu', device: 'CPU', tolerance: 0 },
    projection: null,
    seed: 7,
    choices: NO_CHOICES,
    pivot: 'eng_Latn',
    files: corpus().files,
    facts: 3,
    completeFacts: 2,
    languages: LABELS,
    trust: [
      { status: 'reference', sentences: 0, found: 0, share: null, interval: null },
      { status: 'strong', sentences: 100, found: 75, share: 0.75, interval: [0.625, 0.875] },
      { status: 'untested', sentences: 4, found: 1, share: null, interval: null },
    ],
    trustMeasure: 'share of sentences found',
    renderings: 8,
    notices: ['A list: [ 1, 2 ]'],
  };
}

/** A small report written by hand: three facts, three languages, one hole. */
export function exampleReport(): ExportInput {
  return {
    corpus: corpus(),
    report: report(),
    provenance: provenance(),
    pivot: 'en',
    vectors: matrix(
      8,
      2,
      Float32Array.from({ length: 16 }, (_, i) => i / 10),
    ),
    layers: null,
    documents: new Map([['report.md', '# Example\n']]),
    picture: matrix(
      8,
      2,
      Float32Array.from({ length: 16 }, (_, i) => i - 8),
    ),
  };
}
