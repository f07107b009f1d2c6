import type { AnalysisInput } from '../../src/analysis/analysis-input.ts';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import { toLanguage } from '../../src/core/language.ts';
import { matrix, normalizeRows, type Matrix } from '../../src/core/matrix.ts';
import { normal, seededRandom, type Random } from '../../src/core/random.ts';

/** Vectors of every rendering: cube[language][fact] is a vector of any length but 0. */
export type Cube = number[][][];

export interface EmbeddedCorpus {
  corpus: ParallelCorpus;
  /** Unit rows, row r for rendering r. */
  vectors: Matrix;
}

/** A corpus ready to be analyzed, with vectors that no tokenizer made. */
export function inputOf(embedded: EmbeddedCorpus, seed = 1): AnalysisInput {
  return { ...embedded, tokens: null, pivot: 0, seed };
}

const TAGS = ['en', 'de', 'ru', 'hi', 'sw', 'am', 'th', 'ko'];

/**
 * A corpus and its unit vectors. Renderings stand language by language, so code that takes them for fact by fact fails.
 *
 * @param isPresent which cells have a rendering; all when absent
 */
export function corpusOf(
  cube: Cube,
  isPresent: (language: number, fact: number) => boolean = () => true,
): EmbeddedCorpus {
  const facts = cube[0]?.length ?? 0;
  const cells = cube.flatMap((rows, language) =>
    rows
      .map((vector, fact) => ({ language, fact, vector }))
      .filter((cell) => isPresent(language, cell.fact)),
  );
  const corpus: ParallelCorpus = {
    facts: Array.from({ length: facts }, (_, i) => ({ id: `f${i}`, topic: '' })),
    languages: cube.map((_, language) => toLanguage(TAGS[language])),
    files: [{ name: 'facts.csv', bytes: 1, sha256: '' }],
    renderings: {
      text: cells.map(({ language, fact }) => `${TAGS[language]} ${fact}`),
      fact: Int32Array.from(cells, ({ fact }) => fact),
      language: Int32Array.from(cells, ({ language }) => language),
      file: new Int32Array(cells.length),
      line: Int32Array.from(cells, ({ fact }) => fact + 2),
    },
  };
  return { corpus, vectors: rowsOf(cells.map(({ vector }) => vector)) };
}

/** Rows of numbers as a matrix. */
export function matrixOf(rows: number[][]): Matrix {
  return matrix(rows.length, rows[0]?.length ?? 0, Float32Array.from(rows.flat()));
}

/** The same, scaled to unit length. */
export function rowsOf(rows: number[][]): Matrix {
  return normalizeRows(matrixOf(rows));
}

/** Facts shared by all languages, plus a shift for each language, plus noise: a cube like those encoders make. */
export function randomCube(
  { languages, facts, dimensions }: { languages: number; facts: number; dimensions: number },
  seed: number,
  noise = 0.5,
): Cube {
  const random = seededRandom(seed);
  const shared = gaussians(random, facts, dimensions);
  const shifts = gaussians(random, languages, dimensions);
  return shifts.map((shift) => {
    const own = gaussians(random, facts, dimensions);
    return shared.map((fact, i) =>
      fact.map((value, k) => value + 0.4 * shift[k] + noise * own[i][k]),
    );
  });
}

/** Independent standard normal numbers. [rows, columns] */
export function gaussians(random: Random, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => normal(random)));
}
