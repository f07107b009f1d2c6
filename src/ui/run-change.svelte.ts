import type { EmbeddedCorpus } from '../core/corpus.ts';
import { asAnalyzerError, cancelled, isCancelled, type AnalyzerError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { neighborCount } from '../core/provenance.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { EmbeddedRun, RunComparison, RunSource } from '../core/run-comparison.ts';
import { TREATMENT_NOTICE, treatmentLabel, type Treatment } from '../core/treatment.ts';
import type { Progress } from '../protocol/messages.ts';
import type { Comparison } from './comparison.svelte.ts';
import { startAnalysis, startProjection } from './workers.ts';

/** A run that was set aside, to compare a later one with it. */
export interface KeptRun extends EmbeddedRun {
  source: RunSource;
  seed: number;
}

/** What became of the numbers between two runs. */
export interface RunChangeResult {
  before: RunSource;
  after: RunSource;
  comparison: RunComparison;
}

/** The run on the page beside another one: a run kept earlier, or itself after a treatment. */
export class RunChange {
  #kept = $state.raw<KeptRun | null>(null);
  #result = $state.raw<RunChangeResult | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #error = $state.raw<AnalyzerError | null>(null);
  #running: AbortController | null = null;

  get kept(): KeptRun | null {
    return this.#kept;
  }
  get result(): RunChangeResult | null {
    return this.#result;
  }
  /** What is being done; null while nothing is. */
  get progress(): Progress | null {
    return this.#progress;
  }
  get error(): AnalyzerError | null {
    return this.#error;
  }

  keep(run: KeptRun): void {
    this.#kept = run;
  }

  /** Forgets results, because the run they were about is gone; the kept run stays. */
  clear(): void {
    this.stop();
    this.#result = null;
    this.#error = null;
  }

  /** Forgets the kept run too. */
  forget(): void {
    this.clear();
    this.#kept = null;
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** The kept run is `before`, the one on the page `after`. */
  async compareWithKept(comparison: Comparison, current: KeptRun): Promise<void> {
    const kept = this.#kept;
    if (kept === null) return;
    await this.#run(async (options) => {
      const scaler = isSameSpace(kept.source.model, current.source.model) ? 'before' : 'own';
      const request = { other: kept, otherIs: 'before', scaler } as const;
      const found = await comparison.compareRuns(request, options);
      return { before: kept.source, after: current.source, comparison: found };
    });
  }

  /** The run on the page is `before`, itself treated `after`. */
  async compareWithTreated(
    comparison: Comparison,
    current: KeptRun,
    treatment: Treatment,
  ): Promise<void> {
    await this.#run(async (options) => {
      const treated = await comparison.treat(treatment, options);
      const { picture, notices: fallbacks } = await layOut(treated, current.seed, options);
      const other = { ...treated, picture };
      const request = { other, otherIs: 'after', scaler: 'before' } as const;
      const found = await comparison.compareRuns(request, options);
      const { model, name } = current.source;
      const after = { name: `${name}, after ${treatmentLabel(treatment)}`, model };
      const notices = [...found.notices, TREATMENT_NOTICE, ...fallbacks];
      return { before: current.source, after, comparison: { ...found, notices } };
    });
  }

  async #run(work: (options: Options) => Promise<RunChangeResult>): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    this.#error = null;
    const onProgress = (progress: Progress): void => {
      if (this.#running === controller) this.#progress = progress;
    };
    this.#progress = { stage: 'Starting', done: 0, total: 0 };
    try {
      const result = await work({ signal: controller.signal, onProgress });
      if (this.#running === controller) this.#result = result;
    } catch (thrown) {
      if (!isCancelled(thrown)) this.#error = asAnalyzerError(thrown);
    } finally {
      if (this.#running === controller || this.#running === null) this.#progress = null;
      if (this.#running === controller) this.#running = null;
    }
  }
}

interface Options {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Vectors of one model in one way of reading it can be compared number by number, whatever the precision. */
function isSameSpace(a: ModelProvenance, b: ModelProvenance): boolean {
  const key = ({ id, pooling, prefix, dimensions }: ModelProvenance): string =>
    JSON.stringify([id, pooling, prefix, dimensions]);
  return key(a) === key(b);
}

/** A picture of vectors that are not those of the run, in workers that are thrown away. */
export async function layOut(
  { corpus, vectors }: EmbeddedCorpus,
  seed: number,
  options: Options,
): Promise<{ picture: Matrix; notices: string[] }> {
  const analysis = startAnalysis();
  const projection = startProjection();
  try {
    const request = { corpus, vectors, tokens: null, device: 'auto' } as const;
    const { backend } = await analysis.load(request, options);
    const start = await analysis.principal({}, options);
    const k = neighborCount(vectors.rows);
    if (k < 2) return { picture: start, notices: [] };
    const neighbors = await analysis.neighbors({ k, seed }, options);
    if (options.signal.aborted) throw cancelled('The layout');
    const device = backend === 'webgpu' ? 'webgpu' : 'wasm';
    return await projection.layout({ neighbors, start, seed, device }, options);
  } finally {
    analysis.dispose();
    projection.dispose();
  }
}
