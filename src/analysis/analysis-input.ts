import type { EmbeddedCorpus } from '../core/corpus.ts';
import type { RenderingTokens } from '../core/embeddings.ts';

/** What pairs of languages are compared by. */
export interface PairsInput extends EmbeddedCorpus {
  seed: number;
}

export interface AnalysisInput extends PairsInput {
  /** null where the vectors were given, not made. */
  tokens: RenderingTokens | null;
  /** Index of the language whose tokens the others' are counted against. */
  pivot: number;
}
