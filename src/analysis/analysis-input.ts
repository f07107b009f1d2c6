import type { ParallelCorpus } from '../core/corpus.ts';
import type { RenderingTokens } from '../core/embeddings.ts';
import type { Matrix } from '../core/matrix.ts';

/** What pairs of languages are compared by. */
export interface PairsInput {
  corpus: ParallelCorpus;
  /** Unit rows, row r for rendering r. [renderings, d] */
  vectors: Matrix;
  seed: number;
}

export interface AnalysisInput extends PairsInput {
  /** null where the vectors were given, not made. */
  tokens: RenderingTokens | null;
  /** Index of the language whose tokens the others' are counted against. */
  pivot: number;
}
