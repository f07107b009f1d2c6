import { cellRows, type EmbeddedCorpus } from '../../core/corpus.ts';
import { centredRows, matrix, meanRow, row, takeRows, type Matrix } from '../../core/matrix.ts';

/** Some facts in one language. */
export interface LanguageRows {
  tag: string;
  /** Indices into the corpus's facts, ascending. [n] */
  facts: Int32Array;
  /** As they are. [n, d] */
  x: Matrix;
  /** Of x; NaN where there are no rows. [d] */
  mean: Float32Array;
  /** x - mean */
  centred: Matrix;
}

/** What of the given facts each language has, by language. */
export function languageRows(
  { corpus, vectors }: EmbeddedCorpus,
  facts: Int32Array,
): LanguageRows[] {
  const cells = cellRows(corpus);
  const L = corpus.languages.length;
  return corpus.languages.map(({ tag }, l) => {
    const own = facts.filter((fact) => cells[fact * L + l] >= 0).sort();
    const x = takeRows(
      vectors,
      own.map((fact) => cells[fact * L + l]),
    );
    const mean = Float32Array.from(meanRow(x));
    return { tag, facts: own, x, mean, centred: centredRows(x, mean) };
  });
}

/** The same facts on both sides: centred rows of a language, and what they are to be mapped onto. Both [n, d]. */
export interface Sides {
  x: Matrix;
  y: Matrix;
}

/**
 * Centred rows of a language (by index) beside their target: the mean of the other languages' centred rows of the same
 * fact, over those that have it, or the centred rows of one language.
 *
 * @param target 'centroid' or the index of a language
 */
export function sidesOf(
  languages: readonly LanguageRows[],
  target: 'centroid' | number,
): (language: number) => Sides {
  if (target !== 'centroid') return (l) => besideLanguage(languages[l], languages[target]);
  const sums = factSums(languages);
  return (l) => besideCentroid(languages[l], sums);
}

function besideLanguage(own: LanguageRows, other: LanguageRows): Sides {
  const place = new Map(Array.from(other.facts, (fact, i) => [fact, i]));
  const shared = Int32Array.from(own.facts.keys()).filter((i) => place.has(own.facts[i]));
  return {
    x: takeRows(own.centred, shared),
    y: takeRows(
      other.centred,
      shared.map((i) => place.get(own.facts[i])!),
    ),
  };
}

interface FactSum {
  languages: number;
  sum: Float64Array;
}

/** Sum of the centred rows of each fact over the languages that have it. */
function factSums(languages: readonly LanguageRows[]): Map<number, FactSum> {
  const sums = new Map<number, FactSum>();
  for (const { facts, centred } of languages) {
    facts.forEach((fact, i) => {
      const known = sums.get(fact) ?? { languages: 0, sum: new Float64Array(centred.columns) };
      const values = row(centred, i);
      for (let e = 0; e < values.length; e++) known.sum[e] += values[e];
      sums.set(fact, { ...known, languages: known.languages + 1 });
    });
  }
  return sums;
}

function besideCentroid({ facts, centred }: LanguageRows, sums: Map<number, FactSum>): Sides {
  const shared = Int32Array.from(facts.keys()).filter((i) => sums.get(facts[i])!.languages > 1);
  const x = takeRows(centred, shared);
  const y = matrix(x.rows, x.columns);
  shared.forEach((at, i) => {
    const { languages, sum } = sums.get(facts[at])!;
    const own = row(x, i);
    row(y, i).set(sum.map((value, e) => (value - own[e]) / (languages - 1)));
  });
  return { x, y };
}
