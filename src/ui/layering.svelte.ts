import type { ParallelCorpus } from '../core/corpus.ts';
import { type AnalyzerError, asAnalyzerError, isCancelled } from '../core/errors.ts';
import type { LayerReport, VectorLayers } from '../core/layers.ts';
import type { Progress } from '../protocol/messages.ts';
import { startAnalysis } from './workers.ts';

type Analysis = ReturnType<typeof startAnalysis>;

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
  #analysis: Analysis | null = null;

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
      this.#vectors = layers;
      for (const k of layers.names.keys()) await this.#compareLayer(analysis, { layers, seed }, k);
    } catch (thrown) {
      if (this.#analysis === analysis && !isCancelled(thrown))
        this.#problem = asAnalyzerError(thrown);
    } finally {
      if (this.#analysis === analysis) this.stop();
    }
  }

  /** Layers are asked for one by one: an answer on all of them would hold the page up. */
  async #compareLayer(
    analysis: Analysis,
    { layers: { names, vectors }, seed }: Pick<LayeringRequest, 'layers' | 'seed'>,
    k: number,
  ): Promise<void> {
    const layers = { names: [names[k]], vectors: [vectors[k]] };
    const onProgress = ({ stage, done, total }: Progress): void => {
      if (this.#analysis !== analysis) return;
      this.#progress = { stage, done: k * total + done, total: names.length * total };
    };
    const [report] = await analysis.layers({ layers, seed }, { onProgress });
    if (this.#analysis === analysis) this.#reports = [...this.#reports, report];
  }
}
