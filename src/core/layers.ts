import type { AdapterProvenance } from './adapter.ts';
import type { LanguageMatrix, Matrix } from './matrix.ts';
import type {
  MatrixId,
  ModelProvenance,
  PairReport,
  PairwiseReport,
  VarianceShares,
} from './report.ts';

/** Vectors of a corpus by layer of what made them, first to last. */
export interface VectorLayers {
  /** One for each layer. */
  names: string[];
  /**
   * [renderings, d] each, row r for rendering r, of length 1; a row of zeros where a layer gave nothing but zeros, whose
   * cosines are 0.
   */
  vectors: Matrix[];
}

/** Vectors of a corpus that were made elsewhere. */
export interface FittedVectors {
  /** Those that are compared: the last layer, where there are several. [renderings, d] */
  vectors: Matrix;
  /** null where the file holds one vector for each text. */
  layers: VectorLayers | null;
  model: ModelProvenance;
  /** What mapped them after that, where an export says so. */
  adapter: AdapterProvenance | null;
  /** How rows found their texts, and what was left out. */
  notices: string[];
}

/** Id of what made vectors of which that is not known. */
export const VECTORS_GIVEN = 'vectors given';

/** Names of an encoder's layers: the piece vectors before the first, then each by its number. */
export function layerNames(count: number): string[] {
  return Array.from({ length: count }, (_, k) => (k === 0 ? 'table' : `layer ${k}`));
}

/** What a comparison says of one layer. */
export interface LayerReport {
  name: string;
  /** Renderings whose vector is all zeros in this layer; their cosines count as 0. */
  zeroRows: number;
  /** null with the reason when fewer than two facts have every language. */
  variance: VarianceShares | null;
  varianceReason: string;
  matrices: Record<MatrixId, LanguageMatrix>;
  pairs: Pick<PairReport, 'a' | 'b' | 'scores'>[];
  /** By language: the mean over the other languages, both ways. */
  languageScores: PairwiseReport['languageScores'];
}

/** Language bias B of language pairs by layer, as a FaMSS probe holds it. */
export interface BiasByLayer {
  /** First to last. */
  layers: string[];
  /** `bias[k]` belongs to layer k; NaN where the probe has none. */
  pairs: { a: string; b: string; bias: number[] }[];
}
