import { takeRenderings } from '../core/common-corpus.ts';
import { rowsOfLanguage, type EmbeddedCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import { matrix, meanRow, row, takeRows, type Matrix, type Products } from '../core/matrix.ts';
import { treatmentLabel, type Treatment } from '../core/treatment.ts';
import { centreLanguage, leadingDirections, removeDirections } from '../metrics/centering.ts';

/**
 * The vectors after a treatment of each language. Its mean, or its directions, come from the facts that are analyzed, as
 * in the papers: with few facts the result flatters, and cosines mean something else than before. Renderings of which
 * nothing is left are left out.
 *
 * @throws AnalyzerError `corpus/empty` where nothing is left of any
 * @see `metrics/centering.ts`
 */
export async function treat(
  { corpus, vectors }: EmbeddedCorpus,
  treatment: Treatment,
  products: Products,
): Promise<EmbeddedCorpus> {
  const treated = matrix(vectors.rows, vectors.columns);
  for (let language = 0; language < corpus.languages.length; language++) {
    const rows = rowsOfLanguage(corpus.renderings.language, language);
    const own = await treatLanguage(takeRows(vectors, rows), treatment, products);
    rows.forEach((r, i) => row(treated, r).set(row(own, i)));
  }
  const all = Int32Array.from(corpus.renderings.language.keys());
  const left = all.filter((r) => !Number.isNaN(treated.data[r * treated.columns]));
  if (left.length === 0) throw nothingLeft(treatment);
  return { corpus: takeRenderings(corpus, left), vectors: takeRows(treated, left) };
}

async function treatLanguage(x: Matrix, treatment: Treatment, products: Products): Promise<Matrix> {
  if (treatment.kind === 'centering') return centreLanguage(x, meanRow(x));
  return removeDirections(x, await leadingDirections(x, treatment.directions, products));
}

function nothingLeft(treatment: Treatment): AnalyzerError {
  return new AnalyzerError(
    'corpus/empty',
    `Nothing is left of any vector after the treatment (${treatmentLabel(treatment)}): the vectors of each language differ in nothing else.`,
    { hint: 'Give vectors that tell the facts apart, or take away less.' },
  );
}
