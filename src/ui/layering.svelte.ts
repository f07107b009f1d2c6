import type { ParallelCorpus } from '../core/corpus.ts';
import { type AnalyzerError, asAnalyzerError, isCancelled } from '../core/errors.ts';
import type { LayerReport, VectorLayers } from '../core/layers.ts';
import type { Progress } from '../protocol/messages.ts';
import { startAnalysis } from './workers.ts';

/** What layers are compared with. */
export interface LayeringRequest {
  corpus: ParallelCorpus;
  layers: VectorLayers;
  device: 'webgpu' | 'wasm';
  seed: number;
}

/** The comparison of a run's layers, made when it is asked for. */
export class Layering {
  #vectors = $state.raw<VectorLayers | null>(null);
  /** Those that are finished. */
  #reports = $state.raw<LayerReport[]>([]);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<AnalyzerError | null>(null);
  /** A worker of its own: what is asked of the run's, for a drift or a fact, would wait until the last layer. */
  #analysis: ReturnType<typeof startAnalysis> | null = null;

  /** Vectors and reports of all layers; null until the last is compared. */
  get finished(): { vectors: VectorLayers; reports: LayerReport[] } | null {
    const [vectors, reports] = [this.#vectors, this.#reports];
    return vectors === null || reports.length < vectors.names.length ? null : { vectors, reports };
  }
  /** null while nothing runs. Counts pairs of languages over all layers. */
  get progress(): Progress | null {
    return this.#progress;
  }
  /** Why the last comparison failed. */
  get problem(): AnalyzerError | null {
    return this.#problem;
  }

  clear(): void {
    this.stop();
    this.#vectors = null;
    this.#reports = [];
    this.#problem = null;
  }

  stop(): void {
    this.#analysis?.dispose();
    this.#analysis = null;
    this.#progress = null;
  }

  async compare({ corpus, layers, device, seed }: LayeringRequest): Promise<void> {
    this.clear();
    const analysis = startAnalysis();
    this.#analysis = analysis;
    this.#progress = { stage: 'Starting', done: 0, total: 0 };
    try {
      const vectors = layers.vectors[layers.vectors.length - 1];
      await analysis.load({ corpus, vectors, tokens: null, device });
      const onProgress = (progress: Progress): void => {
        if (this.#analysis === analysis) this.#progress = progress;
      };
      const reports = await analysis.layers({ layers, seed }, { onProgress });
      if (this.#analysis !== analysis) return;
      this.#vectors = layers;
      this.#reports = reports;
    } catch (thrown) {
      if (this.#analysis === analysis && !isCancelled(thrown))
        this.#problem = asAnalyzerError(thrown);
    } finally {
      if (this.#analysis === analysis) this.stop();
    }
  }
}
