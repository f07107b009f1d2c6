import type { AdapterMethod, AdapterRecord } from '../core/adapter.ts';
import { assertLanguagesKnown, assertUnmapped, checkEncoder } from '../core/check-encoder.ts';
import { AnalyzerError, cancelled } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { NamedFile } from '../protocol/api.ts';
import { adapterCard } from '../report/adapter-card.ts';
import { adapterRecord, adaptRun } from './adapter-of-run.ts';
import type { Answering } from './answering.svelte.ts';
import type { DroppedFiles } from './dropped-files.ts';
import type { Encoded, Encoding } from './encoding.svelte.ts';
import type { DroppedAdapter, LabFit, LabRun, PreferencesOf } from './lab-fit.ts';
import { Laboratory } from './laboratory.svelte.ts';
import { preferencesOfAnswers } from './preference-source.ts';
import type { Selection } from './selection.svelte.ts';

declare const __ISOGLOSS_VERSION__: string;

/** Adapters beyond the lab: learned from answers, kept in files, applied to runs. */
export class Adapting {
  #chosen = $state.raw<DroppedAdapter | null>(null);
  readonly laboratory = new Laboratory();
  readonly #answering: Answering;
  readonly #encoding: Encoding;
  readonly #selection: Selection;
  readonly #files: DroppedFiles;

  constructor(answering: Answering, encoding: Encoding, selection: Selection, files: DroppedFiles) {
    this.#answering = answering;
    this.#encoding = encoding;
    this.#selection = selection;
    this.#files = files;
  }

  /** What vectors are adapted by after they are encoded, from the next run on; null for nothing. */
  get chosen(): DroppedAdapter | null {
    return this.#chosen;
  }

  choose(adapter: DroppedAdapter | null): void {
    this.#chosen = adapter;
  }

  clear(): void {
    this.#chosen = null;
    this.laboratory.clear();
    this.laboratory.take(null);
  }

  /** Takes the last adapter among dropped files into the lab; gives the names of the files that hold something else. */
  async open(files: NamedFile[]): Promise<string[]> {
    const { adapters, left } = await this.#files.takeAdapters(files);
    const last = adapters.at(-1);
    if (last !== undefined) this.laboratory.take(last);
    return left;
  }

  /** Fits adapters over the vectors of the run as they were. */
  async fit(methods: readonly AdapterMethod[]): Promise<void> {
    await this.laboratory.fit(methods, this.#preferences);
  }

  async leaveLanguagesOut(fit: LabFit): Promise<void> {
    await this.laboratory.leaveOneOut(fit, this.#preferences);
  }

  /** A fit as it would be kept in a file. */
  async fileOf(fit: LabFit): Promise<DroppedAdapter> {
    const record = this.#recordOf(fit);
    return { file: '', record, sha256: await this.#files.hashAdapter(record) };
  }

  /** The fit with all its numbers and its model card, zipped; metrics that nobody looked at yet are computed. */
  async pack(fit: LabFit): Promise<Uint8Array> {
    if (fit.comparison === null) await this.laboratory.compareHeldOut(fit);
    const { report, leftOut, sensitivity, comparison } =
      this.laboratory.fitOf(fit.report.settings.method) ?? fit;
    if (comparison === null)
      throw this.laboratory.comparing.problem ?? cancelled('Saving the adapter');
    const { overall, variance } = comparison;
    const record = this.#recordOf(fit);
    const request = { report, record, card: adapterCard(record), leftOut, sensitivity };
    return this.#files.packLab({ ...request, comparison: { overall, variance } });
  }

  /** @throws AnalyzerError `embeddings/mismatch` where an adapter is of another encoder, or lacks languages of the facts */
  check({ record }: DroppedAdapter, model: ModelProvenance | null, languages: Language[]): void {
    if (model !== null) checkEncoder(record, model);
    assertLanguagesKnown(record.adapter, languages);
  }

  /** What was encoded, its vectors after the chosen adapter where there is one. `run`: the same vectors as they are. */
  async apply(encoded: Encoded, run: LabRun, signal: AbortSignal): Promise<Encoded> {
    if (this.#chosen === null) return encoded;
    assertUnmapped(encoded.adapter);
    const { notices, ...adapted } = await adaptRun(this.#chosen, run, signal);
    return { ...encoded, ...adapted, notices: [...encoded.notices, ...notices] };
  }

  #recordOf(fit: LabFit): AdapterRecord {
    const { run } = this.laboratory;
    if (run === null) throw new AnalyzerError('internal', 'There is no run that was fitted on.');
    return adapterRecord(run, fit, __ISOGLOSS_VERSION__);
  }

  readonly #preferences: PreferencesOf = (source, languages, options) => {
    const { task: named, model: called } = this.#selection;
    const [answering, encoding] = [this.#answering, this.#encoding];
    const { tasks = [], models = [] } = answering.summary ?? {};
    const placeOf = (names: string[], name: string | null): number =>
      Math.max(
        0,
        names.findIndex((own) => own === name),
      );
    const task = placeOf(
      tasks.map(({ name }) => name),
      named,
    );
    const model = placeOf(models, called);
    const given = { answering, encoding, languages, source, of: { task, model } };
    return preferencesOfAnswers(given, options);
  };
}
