import type { ParallelCorpus } from './corpus.ts';
import type { EncodedTexts } from './encoder.ts';
import { matrix, row, type Matrix } from './matrix.ts';
import type { TokenCounts } from './report.ts';

/** Tokens of each rendering as the encoder's tokenizer cuts it. [renderings] */
export interface RenderingTokens {
  tokens: Int32Array;
  unknown: Int32Array;
  /** 1 where the text is longer than the encoder reads. */
  truncated: Uint8Array;
}

/** Vectors and token counts of a corpus while they come in: entry r belongs to rendering r. */
export interface EncodedCorpus extends RenderingTokens {
  vectors: Matrix;
  /** By layer of the encoder, first to last; none where it gives none or they are not kept. [renderings, d] each */
  layers: Matrix[];
  /** 1 where the rendering has its vector. */
  done: Uint8Array;
  /** 1 where that vector was kept by an earlier run. */
  kept: Uint8Array;
}

export function emptyEncoding(renderings: number, dimensions: number, layers = 0): EncodedCorpus {
  return {
    vectors: matrix(renderings, dimensions),
    layers: Array.from({ length: layers }, () => matrix(renderings, dimensions)),
    tokens: new Int32Array(renderings),
    unknown: new Int32Array(renderings),
    truncated: new Uint8Array(renderings),
    done: new Uint8Array(renderings),
    kept: new Uint8Array(renderings),
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
    into.layers.forEach((layer, k) =>
      layer.data.set(row(part.layers[k], i), rendering * layer.columns),
    );
    into.tokens[rendering] = part.tokens[i];
    into.unknown[rendering] = part.unknown[i];
    into.truncated[rendering] = part.truncated[i];
    into.done[rendering] = 1;
    into.kept[rendering] = part.kept[i];
  }
}

/** From this share of cut texts on, a language's drift may say more about the cut than about the facts. */
const CUT_SHARE = 0.05;

/** A sentence where many texts of a language are longer than the encoder reads; none where few are. */
export function truncationNotices(
  corpus: ParallelCorpus,
  tokens: TokenCounts[],
  maxTokens: number,
): string[] {
  const cut = corpus.languages
    .map(({ name }, l) => ({
      name,
      share: tokens[l].truncated / Math.max(1, tokens[l].renderings),
    }))
    .filter(({ share }) => share >= CUT_SHARE)
    .sort((a, b) => b.share - a.share);
  if (cut.length === 0) return [];
  const list = cut.map(({ name, share }) => `${name} ${Math.round(share * 100)} %`).join(', ');
  return [
    `Many texts are longer than the ${maxTokens} tokens that the encoder reads, and their ends were not read, which can look like drift: ${list}.`,
  ];
}

/** A sentence about texts that were not encoded because an earlier run kept their vectors; none where there are none. */
export function keptNotices({ kept }: Pick<EncodedCorpus, 'kept'>): string[] {
  const count = kept.reduce((sum, one) => sum + one, 0);
  return count === 0
    ? []
    : [
        `The vectors of ${count.toLocaleString('en')} of ${kept.length.toLocaleString('en')} texts were kept by an earlier run with the same model files, settings and device; they were not encoded again.`,
      ];
}

/** Token counts summed by language, in the corpus's order. */
export function tokensByLanguage(corpus: ParallelCorpus, encoded: RenderingTokens): TokenCounts[] {
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
