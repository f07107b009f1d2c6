import type { Adapter, LanguageMap, LinearMap } from '../core/adapter.ts';
import { rowsOfLanguage, type EmbeddedCorpus } from '../core/corpus.ts';
import { assertLanguagesKnown } from '../core/check-encoder.ts';
import { AnalyzerError } from '../core/errors.ts';
import {
  centredRows,
  matrix,
  meanRow,
  row,
  takeRows,
  transpose,
  type Matrix,
  type Products,
} from '../core/matrix.ts';
import { removeDirections, toUnitRows } from '../metrics/centering.ts';

/**
 * f(x) = unit(linear(x - mean)) for the rows of one language.
 *
 * @param x [n, d]
 * @returns [n, d]; NaN in a row of which nothing is left
 */
export async function mapRows(
  { mean, linear }: LanguageMap,
  x: Matrix,
  products: Products,
): Promise<Matrix> {
  const centred = mean === null ? matrix(x.rows, x.columns, x.data.slice()) : centredRows(x, mean);
  return toUnitRows(await linearRows(linear, centred, products), x);
}

/** y = linear(x), of any length. [n, d] */
async function linearRows(linear: LinearMap, x: Matrix, products: Products): Promise<Matrix> {
  switch (linear.kind) {
    case 'identity':
      return x;
    case 'remove':
      return removeDirections(x, linear.directions);
    case 'full':
      return products(x, transpose(linear.weights));
    case 'low-rank': {
      const inner = await products(x, transpose(linear.down));
      const { data } = await products(inner, transpose(linear.up));
      return { ...x, data: x.data.map((value, e) => value + data[e]) };
    }
  }
}

/**
 * The same for rows of several languages.
 *
 * @param maps by language
 * @param language of each row, as an index into `maps`. [n]
 * @returns [n, d]; NaN in a row of which nothing is left
 */
export async function adaptRows(
  maps: readonly LanguageMap[],
  vectors: Matrix,
  language: Int32Array,
  products: Products,
): Promise<Matrix> {
  const adapted = matrix(vectors.rows, vectors.columns);
  for (const [l, map] of maps.entries()) {
    const rows = rowsOfLanguage(language, l);
    if (rows.length === 0) continue;
    const own = await mapRows(map, takeRows(vectors, rows), products);
    rows.forEach((r, i) => row(adapted, r).set(row(own, i)));
  }
  return adapted;
}

/**
 * Vectors of texts after an adapter, language by language, by tag. A language that it was not fitted on loses the mean of
 * its texts at hand, where the adapter can be applied to others at all.
 *
 * @returns unit rows, and the tags of the languages whose mean was taken from these texts
 * @throws AnalyzerError `embeddings/mismatch` for other dimensions and for languages that it lacks, `numeric/not-finite`
 *   where nothing is left of a text's vector
 */
export async function applyAdapter(
  adapter: Adapter,
  { corpus, vectors }: EmbeddedCorpus,
  products: Products,
): Promise<{ vectors: Matrix; meansFromTexts: string[] }> {
  if (vectors.columns !== adapter.dimensions) throw otherDimensions(adapter, vectors);
  assertLanguagesKnown(adapter, corpus.languages);
  const known = new Map(adapter.languages.map((map) => [map.tag, map]));
  const tags = corpus.languages.map(({ tag }) => tag);
  const others = tags.filter((tag) => !known.has(tag));
  const { otherLanguages } = adapter;
  const { language } = corpus.renderings;
  const maps = tags.map((tag, l): LanguageMap => {
    const mean = (): Float32Array =>
      Float32Array.from(meanRow(takeRows(vectors, rowsOfLanguage(language, l))));
    return known.get(tag) ?? { tag, mean: mean(), linear: otherLanguages! };
  });
  const adapted = await adaptRows(maps, vectors, language, products);
  refuseNothingLeft(adapted, corpus);
  return { vectors: adapted, meansFromTexts: others };
}

function refuseNothingLeft(adapted: Matrix, { facts, languages, renderings }: Corpus): void {
  const lost = [...renderings.fact.keys()].filter((r) => Number.isNaN(row(adapted, r)[0]));
  if (lost.length === 0) return;
  const { tag } = languages[renderings.language[lost[0]]];
  const { id } = facts[renderings.fact[lost[0]]];
  throw new AnalyzerError(
    'numeric/not-finite',
    `The adapter leaves nothing of ${lost.length.toLocaleString('en')} of ${adapted.rows.toLocaleString('en')} vectors, first of fact ${id} in ${tag}: they equal the mean of their language.`,
    { hint: 'Give more facts in that language, or leave it out.', detail: { rows: lost.length } },
  );
}

type Corpus = EmbeddedCorpus['corpus'];

function otherDimensions({ dimensions }: Adapter, { columns }: Matrix): AnalyzerError {
  return new AnalyzerError(
    'embeddings/mismatch',
    `The adapter was fitted on vectors of ${dimensions} numbers, but these have ${columns}.`,
    { hint: 'Take the encoder that the adapter was fitted on, or fit one on these vectors.' },
  );
}
