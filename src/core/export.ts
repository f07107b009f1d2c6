import type { ParallelCorpus } from './corpus.ts';
import type { LayerReport, VectorLayers } from './layers.ts';
import type { Matrix } from './matrix.ts';
import type { AnalysisReport, Provenance } from './report.ts';

/** Everything an export is written from. Row r of `vectors` and `picture` belongs to rendering r of the corpus. */
export interface ExportInput {
  corpus: ParallelCorpus;
  report: AnalysisReport;
  provenance: Provenance;
  /** Tag of the pivot language. */
  pivot: string;
  /** [renderings, d] */
  vectors: Matrix;
  /** Vectors by layer and what a comparison says of each; null where layers were not compared. */
  layers: { vectors: VectorLayers; reports: LayerReport[] } | null;
  /** [renderings, 2], or null when there is none. */
  picture: Matrix | null;
  /** Reports to read, by path, beside the numbers; made where they can be drawn. */
  documents: ReadonlyMap<string, string>;
}
