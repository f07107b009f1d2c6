import { getContext, setContext } from 'svelte';
import { defaultPivot, NO_CHOICES, type ReadChoices, type ReadResult } from '../core/corpus.ts';
import type { DeviceInfo, EmbeddingInfo, ModelFolder } from '../core/encoder.ts';
import { emptyEncoding, placeEncoded, tokensByLanguage, type EncodedCorpus } from '../core/embeddings.ts';
import { AnalyzerError, asAnalyzerError, isCancelled } from '../core/errors.ts';
import { row, type Matrix } from '../core/matrix.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import { provenanceOf } from '../core/provenance.ts';
import type { AnalysisReport, PairReport, ProjectionProvenance, Provenance } from '../core/report.ts';
import type { DriftResult, ExportInput, FilesApi } from '../protocol/api.ts';
import type { Client } from '../protocol/client.ts';
import { EncoderLink, type EncoderWish } from './encoder-link.ts';
import { Selection } from './selection.svelte.ts';
import { Stages } from './stages.svelte.ts';
import { startAnalysis, startFiles, startProjection } from './workers.ts';

declare const __ISOGLOSS_VERSION__: string;

export type Phase =
  | { name: 'empty' }
  | { name: 'reading' }
  | { name: 'ready' }
  | { name: 'running' }
  | { name: 'stopped' }
  | { name: 'done' }
  | { name: 'failed'; error: AnalyzerError };

/** Vectors may take this many bytes; above it the page would die without a word. */
const MEMORY_BUDGET = 1_500_000_000;
const TRUST_NEIGHBORS = 10;
const NEIGHBORS = 15;

/** Everything the page holds, and everything it can do. Components read it and call its verbs. */
export class Session {
  readonly selection = new Selection();
  readonly stages = new Stages();
  #phase = $state.raw<Phase>({ name: 'empty' });
  #read = $state.raw<ReadResult | null>(null);
  #choices = $state.raw<ReadChoices>(NO_CHOICES);
  #devices = $state.raw<DeviceInfo[]>([]);
  #wish = $state.raw<EncoderWish>({ model: BUNDLED_MODEL, dtype: 'fp32', device: 'auto' });
  #info = $state.raw<EmbeddingInfo | null>(null);
  #pivotTag = $state<string | null>(null);
  #encoded = $state.raw<EncodedCorpus | null>(null);
  #pairs = $state.raw<PairReport[]>([]);
  #report = $state.raw<AnalysisReport | null>(null);
  #kernels = $state.raw<Provenance['kernels'] | null>(null);
  #picture = $state.raw<Matrix | null>(null);
  #projection = $state.raw<ProjectionProvenance | null>(null);
  #caption = $state('');
  #drift = $state.raw<DriftResult | null>(null);
  #notices = $state.raw<string[]>([]);
  #seed = $state(1);

  #files: Client<FilesApi> = startFiles();
  #encoder = new EncoderLink();
  #analysis = startAnalysis();
  #running: AbortController | null = null;
  #reading: AbortController | null = null;
  /** What the vectors in `#encoded` were made from and with. */
  #encodedFrom: { texts: string[]; key: string } | null = null;

  get phase(): Phase {
    return this.#phase;
  }
  get read(): ReadResult | null {
    return this.#read;
  }
  get corpus(): ReadResult['corpus'] | null {
    return this.#read?.corpus ?? null;
  }
  get choices(): ReadChoices {
    return this.#choices;
  }
  get devices(): DeviceInfo[] {
    return this.#devices;
  }
  get wish(): EncoderWish {
    return this.#wish;
  }
  get encoderInfo(): EmbeddingInfo | null {
    return this.#info;
  }
  get pairs(): PairReport[] {
    return this.#pairs;
  }
  get report(): AnalysisReport | null {
    return this.#report;
  }
  get drift(): DriftResult | null {
    return this.#drift;
  }
  get picture(): Matrix | null {
    return this.#picture;
  }
  get caption(): string {
    return this.#caption;
  }
  get notices(): string[] {
    return this.#notices;
  }
  get seed(): number {
    return this.#seed;
  }
  get encodedCount(): number {
    return this.#encoded?.done.reduce((sum, done) => sum + done, 0) ?? 0;
  }
  get kernels(): Provenance['kernels'] | null {
    return this.#kernels;
  }
  /** Index of the pivot language in the corpus. */
  get pivot(): number {
    if (this.corpus === null || this.corpus.languages.length === 0) return 0;
    const chosen = this.corpus.languages.findIndex(({ tag }) => tag === this.#pivotTag);
    return chosen >= 0 ? chosen : defaultPivot(this.corpus);
  }
  get tokens(): ExportInput['tokens'] {
    const complete = this.corpus !== null && this.#encoded?.done.every((done) => done === 1) === true;
    return complete ? tokensByLanguage(this.corpus!, this.#encoded!) : null;
  }

  /** Looks at the devices, so that the choice can be shown before anything is dropped. */
  async start(): Promise<void> {
    await this.#guard(async () => {
      this.#devices = await this.#encoder.probe();
    });
  }

  /** Reads more files; what is loaded stays. */
  async open(files: { name: string; content: Blob }[]): Promise<void> {
    await this.#readWith((signal) => this.#files.add({ files }, { signal }));
  }

  async openExample(): Promise<void> {
    await this.#readWith(async (signal) => {
      const response = await fetch('example/facts.csv', { signal });
      if (!response.ok) {
        throw new AnalyzerError('format/unknown', `The example could not be loaded (HTTP ${response.status}).`);
      }
      return this.#files.add({ files: [{ name: 'example/facts.csv', content: await response.blob() }] }, { signal });
    });
  }

  async remove(file: string): Promise<void> {
    await this.#readWith((signal) => this.#files.remove({ file }, { signal }));
  }

  async choose(choices: ReadChoices): Promise<void> {
    this.#choices = choices;
    await this.#readWith((signal) => this.#files.choose({ choices }, { signal }));
  }

  async clear(): Promise<void> {
    this.stop();
    this.#choices = NO_CHOICES;
    this.selection.clear();
    await this.#readWith((signal) => this.#files.clear({}, { signal }));
    this.#phase = { name: 'empty' };
  }

  /** Takes a model folder that was dropped as the encoder. */
  useFolder(name: string, folder: ModelFolder): void {
    this.chooseEncoder({ ...this.#wish, model: name, folder });
  }

  chooseEncoder(wish: EncoderWish): void {
    this.#wish = wish;
    this.#info = null;
    if (this.#phase.name !== 'empty') void this.prepare();
  }

  choosePivot(tag: string): void {
    this.#pivotTag = tag;
  }

  chooseSeed(seed: number): void {
    this.#seed = seed;
  }

  /** Back to what was understood, with everything kept. */
  backToCheck(): void {
    this.stop();
    this.#phase = { name: 'ready' };
  }

  showResults(): void {
    if (this.#report !== null) this.#phase = { name: 'done' };
  }

  /** Starts an encoder that needs no download while the user still looks at the files. */
  async prepare(): Promise<void> {
    if (this.#wish.folder === undefined && this.#wish.model.includes('/')) return;
    await this.#encoder
      .load(this.#wish, {})
      .then(({ info }) => (this.#info = info))
      .catch(() => undefined);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Encode, compare, project. Goes on where a stopped run ended. */
  async run(): Promise<void> {
    const corpus = this.corpus;
    if (corpus === null) return;
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    this.#phase = { name: 'running' };
    this.stages.reset();
    this.#pairs = [];
    this.#report = null;
    this.#drift = null;
    this.#picture = null;
    this.#projection = null;
    this.#notices = [];
    try {
      await this.#encodeAll(controller.signal);
      await this.#compareAll(controller.signal);
      await this.#project(controller.signal);
      this.#phase = { name: 'done' };
    } catch (thrown) {
      this.stages.stopRunning();
      if (this.#running !== controller && this.#running !== null) return;
      this.#phase = isCancelled(thrown) ? { name: 'stopped' } : { name: 'failed', error: asAnalyzerError(thrown) };
    } finally {
      if (this.#running === controller) this.#running = null;
    }
  }

  /** Measures drift from a language (by tag) or from 'centroid', the mean of the others. */
  chooseReference(reference: string): void {
    this.selection.reference = reference;
    void this.#guard(() => this.#measureDrift(undefined));
  }

  /** One file of the export, or all of them zipped. */
  async pack(path: string | null): Promise<Uint8Array> {
    return this.#files.pack({ input: this.exportInput(), path });
  }

  exportInput(): ExportInput {
    const { corpus } = this;
    if (corpus === null || this.#report === null || this.#encoded === null) {
      throw new AnalyzerError('internal', 'There is nothing to export yet.');
    }
    return {
      corpus,
      report: this.#report,
      provenance: this.provenance()!,
      pivot: corpus.languages[this.pivot].tag,
      vectors: this.#encoded.vectors,
      tokens: this.tokens,
      picture: this.#picture,
    };
  }

  provenance(): Provenance | null {
    if (this.corpus === null || this.#info === null || this.#kernels === null) return null;
    return provenanceOf(this.corpus, {
      isogloss: __ISOGLOSS_VERSION__,
      model: this.#info.provenance,
      kernels: this.#kernels,
      projection: this.#projection,
      seed: this.#seed,
      pivot: this.pivot,
      notices: this.#notices,
    });
  }

  async #readWith(work: (signal: AbortSignal) => Promise<ReadResult>): Promise<void> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const before = this.#phase;
    this.stop();
    this.#phase = { name: 'reading' };
    try {
      const result = await work(controller.signal);
      if (this.#reading !== controller) return;
      this.#read = result;
      this.#report = null;
      this.#phase = { name: result.sheets.length + result.issues.length === 0 ? 'empty' : 'ready' };
      void this.prepare();
    } catch (thrown) {
      if (this.#reading === controller) {
        this.#phase = isCancelled(thrown) ? before : { name: 'failed', error: asAnalyzerError(thrown) };
      }
    }
  }

  async #encodeAll(signal: AbortSignal): Promise<void> {
    const corpus = this.corpus!;
    this.stages.begin('model');
    const options = { signal, onProgress: (progress: Parameters<Stages['update']>[1]) => this.stages.update('model', progress) };
    const { info, notices } = await this.#encoder.load(this.#wish, options);
    this.#info = info;
    this.#notices = [...notices, ...info.notices];
    this.stages.finish('model', info.provenance.device);
    assertRoom(corpus.renderings.text.length, info.provenance.dimensions);
    this.#adopt(JSON.stringify(info.provenance));
    this.stages.begin('encode');
    await this.#encodeMissing(signal, true);
    this.stages.finish('encode', `${corpus.renderings.text.length.toLocaleString('en')} texts`);
  }

  /** Keeps the vectors of texts that were encoded before by the same model on the same device. */
  #adopt(key: string): void {
    const texts = this.corpus!.renderings.text;
    if (this.#encodedFrom?.key === key && this.#encodedFrom.texts === texts) return;
    const fresh = emptyEncoding(texts.length, this.#info!.provenance.dimensions);
    const old = this.#encoded;
    if (old !== null && this.#encodedFrom?.key === key) copyKnown(old, this.#encodedFrom.texts, fresh, texts);
    this.#encoded = fresh;
    this.#encodedFrom = { texts, key };
  }

  /** An inference that fails leaves its worker unusable: one fresh worker gets a second try. */
  async #encodeMissing(signal: AbortSignal, retry: boolean): Promise<void> {
    const encoded = this.#encoded!;
    const texts = this.corpus!.renderings.text;
    const missing = Int32Array.from(texts.keys()).filter((r) => encoded.done[r] === 0);
    if (missing.length === 0) return;
    const before = texts.length - missing.length;
    try {
      await this.#encoder.embed(
        Array.from(missing, (r) => texts[r]),
        {
          signal,
          onProgress: (progress) => {
            const isEncoding = progress.partial !== undefined;
            if (isEncoding) placeEncoded(encoded, progress.partial as Parameters<typeof placeEncoded>[1], missing);
            this.stages.update('encode', progress, isEncoding ? before : 0);
          },
        },
      );
    } catch (thrown) {
      if (isCancelled(thrown) || !retry) throw thrown;
      this.#notices = [...this.#notices, `The encoder failed once and was started again: ${asAnalyzerError(thrown).message}`];
      this.#encoder.restart();
      await this.#encoder.load(this.#wish, { signal });
      await this.#encodeMissing(signal, false);
    }
  }

  async #compareAll(signal: AbortSignal): Promise<void> {
    this.stages.begin('compare');
    // The page keeps its vectors; the worker gets a copy.
    const request = { corpus: this.corpus!, vectors: this.#encoded!.vectors, device: this.#wish.device };
    const { notices, ...kernels } = await this.#analysis.load(request, { signal });
    this.#kernels = kernels;
    this.#notices = [...this.#notices, ...notices];
    this.#picture = await this.#analysis.principal({}, { signal });
    this.#caption = 'Principal components, while UMAP is on its way';
    this.#report = await this.#analysis.compare(
      { seed: this.#seed },
      {
        signal,
        onProgress: (progress) => {
          if (progress.partial !== undefined) this.#pairs = [...this.#pairs, ...(progress.partial as PairReport[])];
          this.stages.update('compare', progress);
        },
      },
    );
    this.#pairs = this.#report.pairs;
    await this.#measureDrift(signal);
    this.stages.finish('compare', `${this.#pairs.length.toLocaleString('en')} pairs of languages`);
  }

  async #measureDrift(signal: AbortSignal | undefined): Promise<void> {
    if (this.#report === null) return;
    const language = this.#report.languages.findIndex(({ tag }) => tag === this.selection.reference);
    const reference = language < 0 ? 'centroid' : language;
    const drift = await this.#analysis.drift({ reference, seed: this.#seed }, signal === undefined ? {} : { signal });
    // A later choice may have been answered first.
    const now = this.#report.languages.findIndex(({ tag }) => tag === this.selection.reference);
    if ((now < 0 ? 'centroid' : now) === drift.reference) this.#drift = drift;
  }

  async #project(signal: AbortSignal): Promise<void> {
    const renderings = this.corpus!.renderings.text.length;
    const k = Math.min(NEIGHBORS, renderings - 2);
    this.stages.begin('neighbors');
    if (k < 2) {
      this.#caption = `Principal components: ${renderings} texts are too few for a neighbour graph`;
      this.stages.finish('neighbors', 'too few texts');
      this.stages.finish('project', 'principal components');
      return;
    }
    const neighbors = await this.#analysis.neighbors(
      { k },
      { signal, onProgress: (progress) => this.stages.update('neighbors', progress) },
    );
    this.stages.finish('neighbors', `${k} for each text`);
    this.stages.begin('project');
    const projection = startProjection();
    try {
      const { picture, settings } = await projection.layout(
        { neighbors, start: this.#picture!, seed: this.#seed },
        {
          signal,
          onProgress: (progress) => {
            if (progress.partial !== undefined) this.#picture = progress.partial as Matrix;
            this.#caption = `UMAP, ${progress.done} of ${progress.total} epochs`;
            this.stages.update('project', progress);
          },
        },
      );
      const trust = await this.#analysis.trustworthiness(
        { picture, k: TRUST_NEIGHBORS, seed: this.#seed },
        { signal, onProgress: (progress) => this.stages.update('project', progress) },
      );
      this.#picture = picture;
      this.#projection = {
        ...settings,
        trustworthiness: trust.value,
        trustworthinessNeighbors: TRUST_NEIGHBORS,
        trustworthinessPoints: trust.points,
      };
      this.#caption = captionOf(this.#projection, renderings);
      this.stages.finish('project', `${settings.epochs} epochs`);
    } finally {
      projection.dispose();
    }
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!isCancelled(thrown)) this.#phase = { name: 'failed', error: asAnalyzerError(thrown) };
    }
  }
}

function copyKnown(old: EncodedCorpus, oldTexts: string[], fresh: EncodedCorpus, texts: string[]): void {
  const known = new Map<string, number>();
  oldTexts.forEach((text, r) => {
    if (old.done[r] === 1) known.set(text, r);
  });
  texts.forEach((text, r) => {
    const from = known.get(text);
    if (from === undefined) return;
    fresh.vectors.data.set(row(old.vectors, from), r * fresh.vectors.columns);
    fresh.tokens[r] = old.tokens[from];
    fresh.unknown[r] = old.unknown[from];
    fresh.truncated[r] = old.truncated[from];
    fresh.done[r] = 1;
  });
}

function captionOf(projection: ProjectionProvenance, renderings: number): string {
  const { trustworthiness, trustworthinessNeighbors, trustworthinessPoints, neighbors } = projection;
  if (Number.isNaN(trustworthiness)) return `UMAP of ${neighbors} neighbours; too few texts to judge it`;
  const sample = trustworthinessPoints < renderings ? `, estimated on ${trustworthinessPoints} texts` : '';
  return `UMAP of ${neighbors} neighbours, trustworthiness ${trustworthiness.toFixed(2)} at k = ${trustworthinessNeighbors}${sample}`;
}

function assertRoom(renderings: number, dimensions: number): void {
  // One copy on the page, one in the analysis worker, one while it crosses.
  const bytes = renderings * dimensions * 4 * 3;
  if (bytes <= MEMORY_BUDGET) return;
  const inMegabytes = (value: number): string => Math.round(value / 1e6).toLocaleString('en');
  throw new AnalyzerError(
    'memory/exceeded',
    `${renderings.toLocaleString('en')} texts of ${dimensions} numbers need ${inMegabytes(bytes)} MB; the budget is ${inMegabytes(MEMORY_BUDGET)} MB.`,
    { hint: 'Choose fewer languages or facts, or use the shell command.' },
  );
}

const KEY = Symbol('session');

export function provideSession(session: Session): void {
  setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
