import type { ParallelCorpus } from './corpus.ts';
import type { EncodedTexts } from './encoder.ts';
import { matrix, row, type Matrix } from './matrix.ts';
import type { TokenCounts } from './report.ts';

/** Vectors and token counts of a corpus while they come in: entry r belongs to rendering r. */
export interface EncodedCorpus {
  vectors: Matrix;
  tokens: Int32Array;
  unknown: Int32Array;
  truncated: Uint8Array;
  /** 1 where the rendering has its vector. */
  done: Uint8Array;
}

export function emptyEncoding(renderings: number, dimensions: number): EncodedCorpus {
  return {
    vectors: matrix(renderings, dimensions),
    tokens: new Int32Array(renderings),
    unknown: new Int32Array(renderings),
    truncated: new Uint8Array(renderings),
    done: new Uint8Array(renderings),
  };
}

/** Puts finished texts in their places. `places[i]` is the rendering of text i of the request; all in order when absent. */
export function placeEncoded(
  into: EncodedCorpus,
  part: EncodedTexts,
  places?: ArrayLike<number>,
): void {
  for (let i = 0; i < part.index.length; i++) {
    const rendering = places === undefined ? part.index[i] : places[part.index[i]];
    into.vectors.data.set(row(part.vectors, i), rendering * into.vectors.columns);
    into.tokens[rendering] = part.tokens[i];
    into.unknown[rendering] = part.unknown[i];
    into.truncated[rendering] = part.truncated[i];
    into.done[rendering] = 1;
  }
}

/** Token counts summed by language, in the corpus's order. */
export function tokensByLanguage(corpus: ParallelCorpus, encoded: EncodedCorpus): TokenCounts[] {
  const counts = corpus.languages.map(() => ({
    renderings: 0,
    tokens: 0,
    unknown: 0,
    truncated: 0,
  }));
  corpus.renderings.language.forEach((language, r) => {
    const count = counts[language];
    count.renderings++;
    count.tokens += encoded.tokens[r];
    count.unknown += encoded.unknown[r];
    count.truncated += encoded.truncated[r];
  });
  return counts;
}
