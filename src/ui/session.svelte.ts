import { getContext, setContext } from 'svelte';
import {
  defaultPivot,
  isSameCorpus,
  NO_CHOICES,
  type ReadChoices,
  type ReadResult,
} from '../core/corpus.ts';
import type { AdapterProvenance } from '../core/adapter.ts';
import type { RenderingTokens } from '../core/embeddings.ts';
import type { ModelFolder } from '../core/encoder.ts';
import { asAnalyzerError, isCancelled } from '../core/errors.ts';
import { provenanceOf } from '../core/provenance.ts';
import type { Provenance } from '../core/report.ts';
import type { Treatment } from '../core/treatment.ts';
import type { EncoderTrust } from '../core/trust.ts';
import type { NamedFile } from '../protocol/api.ts';
import { runName } from './adapter-of-run.ts';
import { Adapting } from './adapting.svelte.ts';
import { Answering } from './answering.svelte.ts';
import { Comparison } from './comparison.svelte.ts';
import type { EncoderWish } from './encoder-link.ts';
import { Encoding, type Encoded } from './encoding.svelte.ts';
import type { DroppedAdapter } from './lab-fit.ts';
import { Layering } from './layering.svelte.ts';
import { Linting } from './linting.svelte.ts';
import { Opening } from './opening.svelte.ts';
import { Planning } from './planning.svelte.ts';
import { DroppedFiles } from './dropped-files.ts';
import { afterFailure, type Phase } from './phase.ts';
import { RunChange, type KeptRun } from './run-change.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Speed } from './speed.svelte.ts';
import { Stages } from './stages.svelte.ts';

declare const __ISOGLOSS_VERSION__: string;

/** What a run was made with: it stays as it was when settings are changed afterwards. */
export interface Run extends Encoded {
  seed: number;
  choices: ReadChoices;
  /** Index of the language that tokens were counted against. */
  pivot: number;
}

/** Everything the page holds, and everything it can do. Components read it and call its verbs. */
export class Session {
  readonly selection = new Selection();
  readonly stages = new Stages();
  readonly encoding = new Encoding();
  readonly comparison = new Comparison();
  readonly change = new RunChange();
  readonly layering = new Layering();
  readonly planning = new Planning();
  readonly speed = new Speed();
  readonly answering = new Answering();
  readonly linting = new Linting(this.answering, this.encoding);
  readonly opening = new Opening(this.answering, this.encoding);
  readonly files = new DroppedFiles();
  readonly adapting = new Adapting(this.answering, this.encoding, this.selection, this.files);
  readonly laboratory = this.adapting.laboratory;
  #phase = $state.raw<Phase>({ name: 'empty' });
  #read = $state.raw<ReadResult | null>(null);
  #choices = $state.raw<ReadChoices>(NO_CHOICES);
  #pivotTag = $state<string | null>(null);
  #run = $state.raw<Run | null>(null);
  #seed = $state(1);
  #running: AbortController | null = null;
  #reading: AbortController | null = null;

  get phase(): Phase {
    return this.#phase;
  }
  /** What the files were understood to say; null before any was dropped. */
  get read(): ReadResult | null {
    return this.#read;
  }
  get corpus(): ReadResult['corpus'] | null {
    return this.#read?.corpus ?? null;
  }
  get choices(): ReadChoices {
    return this.#choices;
  }
  /** What the results that are shown were made with; null before a run has vectors. */
  get shownRun(): Run | null {
    return this.#run;
  }
  /** Everything about the run that departed from the default. */
  get notices(): string[] {
    return this.#run === null ? [] : [...this.#run.notices, ...this.comparison.notices];
  }
  /** What encoded the results that are shown; null before a run has vectors. */
  get model(): Provenance['model'] | null {
    return this.#run?.model ?? null;
  }
  /** How well what encoded the results reads each language; null where nothing was measured. */
  get trust(): EncoderTrust | null {
    return this.#run?.trust ?? null;
  }
  /** Tokens of each rendering; null where the vectors were given, not made. */
  get tokens(): RenderingTokens | null {
    return this.#run?.tokens ?? null;
  }
  /** What the vectors of the results that are shown were adapted by. */
  get appliedAdapter(): AdapterProvenance | null {
    return this.#run?.adapter ?? null;
  }
  get seed(): number {
    return this.#seed;
  }
  /** Index of the pivot language of the results that are shown. */
  get shownPivot(): number {
    return this.#run?.pivot ?? this.pivot;
  }
  /** Index of the language that is chosen as pivot of the next run. */
  get pivot(): number {
    if (this.corpus === null || this.corpus.languages.length === 0) return 0;
    const chosen = this.corpus.languages.findIndex(({ tag }) => tag === this.#pivotTag);
    return chosen >= 0 ? chosen : defaultPivot(this.corpus);
  }

  /** Looks at the devices, so that the choice can be shown before anything is dropped. */
  async start(): Promise<void> {
    await this.attempt(() => this.encoding.probe());
  }

  /** Reads more files of facts; what is loaded stays. */
  async open(files: NamedFile[]): Promise<void> {
    await this.#readWith((signal) => this.files.add(files, signal));
  }

  async openExample(): Promise<void> {
    await this.#readWith((signal) => this.files.addExample(signal));
  }

  async remove(file: string): Promise<void> {
    await this.#readWith((signal) => this.files.remove(file, signal));
  }

  /** Corrects what was understood. */
  async choose(choices: ReadChoices): Promise<void> {
    this.#choices = choices;
    await this.#readWith((signal) => this.files.choose(choices, signal));
  }

  async clear(): Promise<void> {
    [this.#choices, this.#pivotTag] = [NO_CHOICES, null];
    this.selection.clear();
    this.change.forget();
    this.opening.clear();
    this.adapting.clear();
    await this.answering.clear();
    await this.#readWith((signal) => this.files.clear(signal));
  }

  chooseEncoder(wish: EncoderWish): void {
    this.encoding.choose(wish);
    if (this.#phase.name !== 'empty') void this.encoding.prepare();
  }

  /** Changes where it runs, not what: vectors that were chosen stay chosen. */
  chooseDevice(device: EncoderWish['device']): void {
    const { wish, vectorsFile } = this.encoding;
    this.chooseEncoder({ ...wish, device });
    this.encoding.chooseVectors(vectorsFile);
  }

  /** Takes a model folder that was dropped as the encoder. */
  useFolder(name: string, folder: ModelFolder): void {
    this.chooseEncoder({ ...this.encoding.wish, model: name, folder });
  }

  choosePivot(tag: string): void {
    this.#pivotTag = tag;
  }

  chooseSeed(seed: number): void {
    this.#seed = seed;
  }

  /** Measures drift from a language (by tag) or from 'centroid', the mean of the others. */
  async chooseReference(reference: string): Promise<void> {
    this.selection.reference = reference;
    await this.attempt(() => this.comparison.measureDrift(reference));
  }

  /** Takes over an address that was changed by hand or by going back. */
  readAddress(hash: string): void {
    this.selection.read(hash);
    void this.chooseReference(this.selection.reference);
  }

  /** Back to what was understood, with everything kept. */
  backToCheck(): void {
    this.stop();
    this.#phase = { name: 'ready' };
  }

  showResults(): void {
    if (this.comparison.report !== null) this.#phase = { name: 'done' };
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Encode, compare, project. Goes on where a stopped run ended. */
  async run(): Promise<void> {
    const { corpus } = this;
    if (corpus === null) return;
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    this.#phase = { name: 'running' };
    this.stages.reset();
    for (const made of [this.comparison, this.change, this.layering]) made.clear();
    this.#run = null;
    try {
      await this.#runStages(corpus, controller.signal);
      if (this.#running === controller) this.#phase = { name: 'done' };
    } catch (thrown) {
      // A run that another replaced has nothing to say any more.
      if (this.#running !== null && this.#running !== controller) return;
      this.stages.stopRunning();
      if (this.#phase.name === 'running') this.#phase = afterFailure(thrown);
    } finally {
      if (this.#running === controller) this.#running = null;
    }
  }

  /** Names of the layers that the shown results could be compared in; none where there is one vector for each text. */
  get layerNames(): string[] {
    const hasResults = this.comparison.report !== null && this.#run?.adapter === null;
    return hasResults ? (this.encoding.layers(this.corpus!)?.names ?? []) : [];
  }

  /** Compares the languages in every layer, with the seed and the kernels of the run. */
  async compareLayers(): Promise<void> {
    const layers = this.corpus && this.encoding.layers(this.corpus);
    if (layers === null || this.#run === null || this.comparison.kernels === null) return;
    const { seed } = this.#run;
    const device = this.comparison.kernels.backend === 'webgpu' ? 'webgpu' : 'wasm';
    await this.layering.compare({ corpus: this.corpus!, layers, device, seed });
  }

  /** Sets the run aside, so that a later one can be compared with it. */
  keepRun(): void {
    const run = this.#currentRun();
    if (run !== null) this.change.keep(run);
  }

  /** Compares the run with itself after a treatment, or with the run that was kept. */
  async compareRun(partner: Treatment | 'kept'): Promise<void> {
    const run = this.#currentRun();
    if (run === null) return;
    if (partner === 'kept') await this.change.compareWithKept(this.comparison, run);
    else await this.change.compareWithTreated(this.comparison, run, partner);
  }

  /**
   * Runs again with the vectors adapted, or (null) as they were; the run on the page is kept to compare with.
   *
   * @throws AnalyzerError `embeddings/mismatch` where the adapter is of another encoder or lacks languages; the results stay
   */
  async runWith(adapter: DroppedAdapter | null): Promise<void> {
    if (adapter !== null) this.adapting.check(adapter, this.model, this.corpus?.languages ?? []);
    this.keepRun();
    this.adapting.choose(adapter);
    this.selection.side = 'facts';
    await this.run();
  }

  #currentRun(): KeptRun | null {
    const [run, corpus] = [this.#run, this.corpus];
    const { picture, report } = this.comparison;
    if (run === null || corpus === null || report === null) return null;
    const { model, vectors, seed, adapter } = run;
    return { corpus, vectors, picture, seed, source: { name: runName(model, adapter), model } };
  }

  /** The manifest of the run; null before the first comparison. */
  provenance(): Provenance | null {
    const { kernels, projection } = this.comparison;
    if (this.#read === null || this.#run === null || kernels === null) return null;
    const { vectors: _, tokens: __, ...run } = this.#run;
    return provenanceOf(this.#read.corpus, {
      ...run,
      notices: this.notices,
      isogloss: __ISOGLOSS_VERSION__,
      kernels,
      projection,
      issues: this.#read.issues,
    });
  }

  /** Carries work out, and shows the reason when it fails. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!isCancelled(thrown)) this.#phase = afterFailure(thrown);
    }
  }

  async #runStages(corpus: ReadResult['corpus'], signal: AbortSignal): Promise<void> {
    const { encoding, comparison, stages } = this;
    const [seed, choices, pivot] = [this.#seed, this.#choices, this.pivot];
    const file = encoding.vectorsFile;
    const encoded =
      file === null
        ? await encoding.encode(corpus, stages, signal)
        : await encoding.take(corpus, file, {
            stages,
            fit: () => this.files.vectors(file, signal),
          });
    // Where the encoder could not use the GPU, the kernels do not try it again.
    const encoder = encoded.model.backend === 'webgpu' ? 'webgpu' : 'wasm';
    const device = file === null ? encoder : encoding.wish.device;
    const plain = { corpus, vectors: encoded.vectors, model: encoded.model, device, seed, pivot };
    this.laboratory.load(plain);
    const made = await this.adapting.apply(encoded, plain, signal);
    this.#run = { ...made, seed, choices, pivot };
    await comparison.compare({ ...made, corpus, pivot, device, seed }, stages, signal);
    await comparison.measureDrift(this.selection.reference);
    await comparison.project(corpus.renderings.text.length, seed, stages, signal);
  }

  async #readWith(work: (signal: AbortSignal) => Promise<ReadResult>): Promise<void> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const before = this.#phase;
    this.#phase = { name: 'reading' };
    try {
      const result = await work(controller.signal);
      if (this.#reading !== controller) return;
      // A file that adds nothing (a PDF, say) takes no results away, and stops no run.
      const old = this.#read?.corpus;
      const unchanged = old !== undefined && isSameCorpus(old, result.corpus);
      this.#read = unchanged ? { ...result, corpus: old } : result;
      if (!unchanged) {
        this.stop();
        for (const made of [this.comparison, this.change, this.layering]) made.clear();
        this.#run = null;
      }
      this.encoding.offerVectors(result.vectorFiles);
      const isEmpty = result.sheets.length + result.issues.length === 0;
      this.#phase = { name: this.#running !== null ? 'running' : isEmpty ? 'empty' : 'ready' };
      if (this.#phase.name === 'ready') void this.encoding.prepare();
    } catch (thrown) {
      if (this.#reading !== controller) return;
      this.#phase = isCancelled(thrown) ? before : afterFailure(thrown);
      if (asAnalyzerError(thrown).code === 'worker/crashed')
        await this.files.restart(this.#choices);
    }
  }
}

const KEY = Symbol('session');

export function provideSession(session: Session): void {
  setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
