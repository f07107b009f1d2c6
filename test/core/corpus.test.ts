import { describe, expect, it } from 'vitest';
import {
  NO_CHOICES,
  cellRows,
  completeFacts,
  countByLanguage,
  defaultPivot,
} from '../../src/core/corpus.ts';
import type { Issue } from '../../src/core/errors.ts';
import { emptyEncoding, placeEncoded, tokensByLanguage } from '../../src/core/embeddings.ts';
import { toLanguage } from '../../src/core/language.ts';
import { matrix } from '../../src/core/matrix.ts';
import { provenanceOf } from '../../src/core/provenance.ts';
import { trustIn, type EncoderTrust } from '../../src/core/trust.ts';
import type { ModelProvenance } from '../../src/core/report.ts';
import { corpusOf, matrixOf, randomCube } from '../helpers/corpora.ts';

// English lacks fact 1, German fact 2; Russian has all three.
const { corpus } = corpusOf(
  randomCube({ languages: 3, facts: 3, dimensions: 2 }, 1),
  (language, fact) => language !== fact - 1,
);

describe('a corpus with holes', () => {
  it('maps each cell to its rendering, and a hole to -1', () => {
    const cells = cellRows(corpus);
    expect([...cells].map((r) => (r < 0 ? '-' : corpus.renderings.text[r]))).toEqual([
      'en 0',
      'de 0',
      'ru 0',
      '-',
      'de 1',
      'ru 1',
      'en 2',
      '-',
      'ru 2',
    ]);
  });

  it('counts renderings by language and knows the facts that every language has', () => {
    expect([...countByLanguage(corpus)]).toEqual([2, 2, 3]);
    expect([...completeFacts(corpus)]).toEqual([0]);
  });
});

describe('defaultPivot', () => {
  it('is English wherever it stands', () => {
    const languages = ['sw', 'eng_Latn', 'de'].map(toLanguage);
    expect(defaultPivot({ ...corpus, languages })).toBe(1);
  });

  it('is the language with most facts when there is no English, the first of equals', () => {
    expect(defaultPivot({ ...corpus, languages: ['sw', 'am', 'de'].map(toLanguage) })).toBe(2);
    const even = corpusOf(randomCube({ languages: 2, facts: 3, dimensions: 2 }, 1)).corpus;
    expect(defaultPivot({ ...even, languages: ['sw', 'am'].map(toLanguage) })).toBe(0);
  });
});

describe('placeEncoded', () => {
  const part = {
    index: Int32Array.of(1, 0),
    vectors: matrixOf([
      [1, 2],
      [3, 4],
    ]),
    layers: [
      matrixOf([
        [5, 6],
        [7, 8],
      ]),
    ],
    tokens: Int32Array.of(5, 6),
    unknown: Int32Array.of(0, 2),
    truncated: Uint8Array.of(1, 0),
    kept: Uint8Array.of(0, 1),
  };

  it('puts vectors and counts where their texts stand, and marks them done', () => {
    const into = emptyEncoding(3, 2);
    placeEncoded(into, part);
    expect(into).toEqual({
      vectors: matrixOf([
        [3, 4],
        [1, 2],
        [0, 0],
      ]),
      layers: [],
      tokens: Int32Array.of(6, 5, 0),
      unknown: Int32Array.of(2, 0, 0),
      truncated: Uint8Array.of(0, 1, 0),
      done: Uint8Array.of(1, 1, 0),
      kept: Uint8Array.of(1, 0, 0),
    });
  });

  it('follows the places of a request for some of the renderings', () => {
    const into = emptyEncoding(3, 2, 1);
    placeEncoded(into, part, [2, 0]);
    expect([...into.vectors.data]).toEqual([1, 2, 0, 0, 3, 4]);
    expect([...into.layers[0].data]).toEqual([5, 6, 0, 0, 7, 8]);
    expect([...into.done]).toEqual([1, 0, 1]);
  });
});

describe('tokensByLanguage', () => {
  it('sums every count over the renderings of a language', () => {
    const n = corpus.renderings.text.length;
    const encoded = {
      vectors: matrix(n, 2),
      layers: [],
      tokens: Int32Array.from({ length: n }, (_, r) => 10 ** r),
      unknown: new Int32Array(n).fill(2),
      truncated: new Uint8Array(n).fill(1),
      done: new Uint8Array(n).fill(1),
    };
    expect(tokensByLanguage(corpus, encoded)).toEqual([
      { renderings: 2, tokens: 11, unknown: 4, truncated: 2 },
      { renderings: 2, tokens: 1100, unknown: 4, truncated: 2 },
      { renderings: 3, tokens: 1110000, unknown: 6, truncated: 3 },
    ]);
  });
});

describe('provenanceOf', () => {
  const trust: EncoderTrust = {
    measure: 'share found',
    candidates: 1000,
    reference: 'en',
    languages: { de: { sentences: 100, found: 97 } },
  };

  it('completes what the caller knows from the corpus, the pivot by the label of its file', () => {
    const run = {
      isogloss: '1.2.3',
      model: { id: 'm' } as ModelProvenance,
      adapter: null,
      kernels: { backend: 'wasm', device: 'CPU', tolerance: 1e-5 },
      projection: null,
      seed: 4,
      choices: NO_CHOICES,
      notices: ['one'],
    };
    const leftOut: Issue = {
      severity: 'error',
      code: 'bad-encoding',
      file: 'x.csv',
      line: 3,
      count: 1,
      language: '',
      message: 'no UTF-8',
    };
    const issues: Issue[] = [leftOut, { ...leftOut, severity: 'note' }];
    expect(provenanceOf(corpus, { ...run, trust, pivot: 2, issues })).toEqual({
      ...run,
      notices: [
        'one',
        'x.csv: no UTF-8',
        'The picture shows principal components: no neighbour graph was laid out to its end.',
      ],
      pivot: 'ru',
      files: corpus.files,
      facts: 3,
      completeFacts: 1,
      languages: ['en', 'de', 'ru'],
      trust: corpus.languages.map((language) => trustIn(language, trust)),
      trustMeasure: 'share found',
      renderings: 7,
    });
    const unmeasured = provenanceOf(corpus, { ...run, trust: null, pivot: 2, issues });
    expect([unmeasured.trust, unmeasured.trustMeasure]).toEqual([null, '']);
  });
});
