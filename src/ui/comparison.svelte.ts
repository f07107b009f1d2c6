import type { EmbeddedCorpus, ParallelCorpus } from '../core/corpus.ts';
import type { RenderingTokens } from '../core/embeddings.ts';
import { cancelled } from '../core/errors.ts';
import { reportNotices } from '../core/report-notices.ts';
import type { Matrix } from '../core/matrix.ts';
import { neighborCount, projectionProvenance, TRUST_NEIGHBORS } from '../core/provenance.ts';
import type {
  AnalysisReport,
  FactNeighbors,
  PairReport,
  ProjectionProvenance,
  Provenance,
} from '../core/report.ts';
import type { RunComparison } from '../core/run-comparison.ts';
import type { Treatment } from '../core/treatment.ts';
import type { AnalysisApi, DriftResult } from '../protocol/api.ts';
import type { CallOptions } from '../protocol/client.ts';
import { pictureWords } from '../report/words/picture-words.ts';
import type { Stages } from './stages.svelte.ts';
import { startAnalysis, startProjection } from './workers.ts';

/** What vectors are compared with. */
export interface ComparisonRequest {
  corpus: ParallelCorpus;
  vectors: Matrix;
  /** null where the vectors were given, not made. */
  tokens: RenderingTokens | null;
  /** Index of the language that tokens are counted against. */
  pivot: number;
  device: 'auto' | 'webgpu' | 'wasm';
  seed: number;
}

/** Numbers and picture of a run; they fill in while it goes on. */
export class Comparison {
  #pairs = $state.raw<PairReport[]>([]);
  #report = $state.raw<AnalysisReport | null>(null);
  #vectors = $state.raw<Matrix | null>(null);
  #kernels = $state.raw<Provenance['kernels'] | null>(null);
  #drift = $state.raw<DriftResult | null>(null);
  /** Principal components, until the projection has been laid out and judged. */
  #picture = $state.raw<Matrix | null>(null);
  /** The projection while it takes shape. */
  #sketch = $state.raw<Matrix | null>(null);
  #projection = $state.raw<ProjectionProvenance | null>(null);
  #notices = $state.raw<string[]>([]);
  #caption = $state('');
  #seed = 1;
  /** One for each run: a comparison that ran out of memory, or was stopped, leaves nothing behind. */
  #analysis: ReturnType<typeof startAnalysis> | null = null;

  get pairs(): PairReport[] {
    return this.#pairs;
  }
  get report(): AnalysisReport | null {
    return this.#report;
  }
  /** What the report is of. [renderings, d] */
  get vectors(): Matrix | null {
    return this.#report && this.#vectors;
  }
  get kernels(): Provenance['kernels'] | null {
    return this.#kernels;
  }
  get drift(): DriftResult | null {
    return this.#drift;
  }
  /** What the map shows, finished or not. [renderings, 2] */
  get shownPicture(): Matrix | null {
    return this.#sketch ?? this.#picture;
  }
  /** What is exported: principal components, or the finished projection. [renderings, 2] */
  get picture(): Matrix | null {
    return this.#picture;
  }
  get projection(): ProjectionProvenance | null {
    return this.#projection;
  }
  /** What departed from the wish, and what the report says of itself. */
  get notices(): string[] {
    return this.#notices;
  }
  /** How the picture was made. */
  get caption(): string {
    return this.#caption;
  }

  clear(): void {
    this.#pairs = [];
    this.#report = null;
    this.#vectors = null;
    this.#drift = null;
    this.#sketch = null;
    this.#picture = null;
    this.#projection = null;
    this.#notices = [];
  }

  /** Every pair of languages, after a first picture. */
  async compare(
    { corpus, vectors, tokens, pivot, device, seed }: ComparisonRequest,
    stages: Stages,
    signal: AbortSignal,
  ): Promise<void> {
    stages.begin('compare');
    this.#analysis?.dispose();
    this.#analysis = startAnalysis();
    const { notices, ...kernels } = await this.#analysis.load(
      { corpus, vectors, tokens, device },
      { signal },
    );
    this.#kernels = kernels;
    this.#vectors = vectors;
    this.#seed = seed;
    this.#picture = await this.#analysis.principal({}, { signal });
    this.#caption = 'Principal components, while UMAP is on its way';
    const onProgress = (progress: Parameters<Stages['update']>[1]): void => {
      if (progress.partial !== undefined)
        this.#pairs = [...this.#pairs, ...(progress.partial as PairReport[])];
      stages.update('compare', progress);
    };
    this.#report = await this.#analysis.compare({ seed, pivot }, { signal, onProgress });
    this.#pairs = this.#report.pairs;
    stages.finish('compare', `${this.#pairs.length.toLocaleString('en')} pairs of languages`);
    this.#notices = [...notices, ...reportNotices(this.#report)];
  }

  /** Measures drift from a language (by tag), or from the mean of the others where the tag names none. */
  async measureDrift(reference: string): Promise<void> {
    const report = this.#report;
    if (report === null) return;
    const language = report.languages.findIndex(({ tag }) => tag === reference);
    const drift = await this.#analysis!.drift({
      reference: language < 0 ? 'centroid' : language,
      seed: this.#seed,
    });
    // The run may be over, and another one's report be here.
    if (this.#report === report) this.#drift = drift;
  }

  /** The texts of this run with their vectors after a treatment. */
  treat(treatment: Treatment, options: CallOptions): Promise<EmbeddedCorpus> {
    return this.#analysis!.treat({ treatment }, options);
  }

  /** This run with another one. */
  compareRuns(
    request: Pick<Parameters<AnalysisApi['compareRuns']>[0], 'other' | 'otherIs' | 'scaler'>,
    options: CallOptions,
  ): Promise<RunComparison> {
    const [picture, seed] = [this.#picture, this.#seed];
    return this.#analysis!.compareRuns({ ...request, picture, seed }, options);
  }

  /** The k facts of every language that lie nearest to each rendering of one fact. */
  nearestFacts(fact: number, k: number): Promise<FactNeighbors> {
    return this.#analysis!.factNeighbors({ fact, k });
  }

  /** Lays the texts out by their neighbours where the kernels compute, and judges the picture. */
  async project(
    renderings: number,
    seed: number,
    stages: Stages,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) throw cancelled('The projection');
    const k = neighborCount(renderings);
    stages.begin('neighbors');
    if (k < 2) {
      this.#caption = `Principal components: ${renderings} texts are too few for a neighbour graph`;
      stages.finish('neighbors', 'too few texts');
      stages.finish('project', 'principal components');
      return;
    }
    const neighbors = await this.#analysis!.neighbors(
      { k, seed },
      { signal, onProgress: (progress) => stages.update('neighbors', progress) },
    );
    stages.finish('neighbors', `${k} for each text`);
    stages.begin('project');
    const device = this.#kernels?.backend === 'webgpu' ? 'webgpu' : 'wasm';
    const { picture, settings, notices } = await this.#layout(
      { neighbors, start: this.#picture!, seed, device },
      stages,
      signal,
    );
    const quality = await this.#analysis!.judgePicture(
      { picture, k: TRUST_NEIGHBORS, wide: settings.neighbors, seed },
      { signal, onProgress: (progress) => stages.update('project', progress) },
    );
    this.#picture = picture;
    this.#sketch = null;
    this.#projection = projectionProvenance(settings, quality);
    this.#caption = captionOf(this.#projection, renderings);
    this.#notices = [...this.#notices, ...notices];
    stages.finish('project', `${settings.epochs} epochs`);
  }

  /** In a worker of its own, thrown away at the end with the memory that it took. */
  async #layout(
    request: Parameters<ReturnType<typeof startProjection>['layout']>[0],
    stages: Stages,
    signal: AbortSignal,
  ) {
    const projection = startProjection();
    try {
      return await projection.layout(request, {
        signal,
        onProgress: (progress) => {
          if (progress.partial !== undefined) this.#sketch = progress.partial as Matrix;
          this.#caption = `UMAP, ${progress.done} of ${progress.total} epochs`;
          stages.update('project', progress);
        },
      });
    } catch (thrown) {
      this.#sketch = null;
      this.#caption = 'Principal components: the projection was not finished';
      throw thrown;
    } finally {
      projection.dispose();
    }
  }
}

function captionOf(projection: ProjectionProvenance, renderings: number): string {
  return `UMAP of ${projection.neighbors} neighbours; ${pictureWords(projection, renderings)}`;
}
