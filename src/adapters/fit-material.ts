import type { Kernels } from '../compute/kernels.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import type { FactSplit } from '../core/lab.ts';

/** What an adapter is fitted on. */
export interface FitMaterial extends EmbeddedCorpus {
  /** The training facts, as indices into the corpus's facts; nothing else is looked at. */
  facts: Int32Array;
  /** What stays together where these facts are split once more. */
  by: FactSplit['by'];
  kernels: Kernels;
}
