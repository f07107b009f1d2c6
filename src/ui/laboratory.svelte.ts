import {
  ADAPTER_METHODS,
  PREFERENCE_DEFAULTS,
  TRAINING_DEFAULTS,
  type AdapterMethod,
  type FitSettings,
} from '../core/adapter.ts';
import { recommend, type Recommendation } from '../core/recommend.ts';
import { AnalyzerError, asAnalyzerError } from '../core/errors.ts';
import type { CurvePoint, LanguageLeftOut } from '../core/lab.ts';
import type { Matrix } from '../core/matrix.ts';
import type { PairChange } from '../core/run-comparison.ts';
import type { LabApi } from '../protocol/api.ts';
import type { Client } from '../protocol/client.ts';
import type { Encoding } from './encoding.svelte.ts';
import { Errand, type ErrandOptions } from './errand.svelte.ts';
import { judgeStatements } from './judge-statements.ts';
import {
  assertSameEncoder,
  isSameRun,
  type AnswerPreferences,
  type DroppedAdapter,
  type LabFit,
  type LabRun,
  type LabWishes,
  type PreferencesOf,
} from './lab-fit.ts';
import { layOut } from './run-change.svelte.ts';
import { startLab } from './workers.ts';

/** Adapters of a run: fitted, judged on facts that they never saw, looked at. All of it in a worker of its own. */
export class Laboratory {
  readonly fitting = new Errand();
  readonly leavingOut = new Errand();
  readonly falseStatements = new Errand();
  readonly mapping = new Errand();
  readonly comparing = new Errand();
  readonly #errands = [
    this.fitting,
    this.leavingOut,
    this.falseStatements,
    this.mapping,
    this.comparing,
  ];
  #run = $state.raw<LabRun | null>(null);
  #fits = $state.raw<ReadonlyMap<AdapterMethod, LabFit>>(new Map());
  #recommendation = $state.raw<Recommendation | null>(null);
  #shown = $state<AdapterMethod | null>(null);
  #fittingNow = $state<AdapterMethod | null>(null);
  #curve = $state.raw<CurvePoint[]>([]);
  #since = 0;
  #dropped = $state.raw<DroppedAdapter | null>(null);
  #notices = $state.raw<string[]>([]);
  #device = $state('');
  #wishes = $state.raw<LabWishes>({
    target: 'centroid',
    strengths: {},
    training: TRAINING_DEFAULTS,
    preference: PREFERENCE_DEFAULTS,
  });
  #worker: Client<LabApi> | null = null;
  #loaded: Promise<void> | null = null;

  /** What is fitted on; null before the first run. */
  get run(): LabRun | null {
    return this.#run;
  }
  /** Fits of this run, simplest first. */
  readonly fits: LabFit[] = $derived(
    ADAPTER_METHODS.flatMap((method) => this.#fits.get(method) ?? []),
  );
  /** The fit that is shown in full: the chosen one, else the recommended one, else the last. */
  readonly shown: LabFit | null = $derived.by(() => {
    if (this.#shown !== null) return this.#fits.get(this.#shown) ?? null;
    const { candidates, chosen } = this.#recommendation ?? { candidates: [], chosen: 0 };
    return this.fits[candidates[chosen]?.report ?? this.fits.length - 1] ?? null;
  });
  /** What is to be taken of the fits, by validation facts; null while there is none. */
  get recommendation(): Recommendation | null {
    return this.#recommendation;
  }
  get fittingNow(): AdapterMethod | null {
    return this.#fittingNow;
  }
  /** Losses of the training that is going on, or of the last one. */
  get curve(): CurvePoint[] {
    return this.#curve;
  }
  /** Milliseconds of a step of the training that is going on; NaN before it is known. */
  get millisecondsPerStep(): number {
    const step = this.#curve.at(-1)?.step ?? 0;
    return step === 0 ? NaN : (performance.now() - this.#since) / step;
  }
  /** An adapter from a file. */
  get dropped(): DroppedAdapter | null {
    return this.#dropped;
  }
  /** What the worker departed from. */
  get notices(): string[] {
    return this.#notices;
  }
  get wishes(): LabWishes {
    return this.#wishes;
  }
  get busy(): boolean {
    return this.#errands.some(({ progress }) => progress !== null);
  }

  fitOf(method: AdapterMethod): LabFit | undefined {
    return this.#fits.get(method);
  }

  show(method: AdapterMethod): void {
    this.#shown = method;
  }

  take(adapter: DroppedAdapter | null): void {
    this.#dropped = adapter;
  }

  choose(change: Partial<LabWishes>): void {
    this.#wishes = { ...this.#wishes, ...change };
  }

  settingsFor(method: AdapterMethod): FitSettings {
    const { target, strengths, training, preference } = this.#wishes;
    const strength = strengths[method] ?? null;
    return { method, seed: this.#run?.seed ?? 1, target, strength, training, preference };
  }

  /** Takes over what a run encoded. What was fitted on the same vectors stays. */
  load(run: LabRun): void {
    if (this.#run !== null && isSameRun(this.#run, run)) return;
    this.clear();
    this.#run = run;
  }

  clear(): void {
    for (const errand of this.#errands) errand.stop();
    this.#worker?.dispose();
    this.#worker = null;
    this.#loaded = null;
    this.#run = null;
    this.#fits = new Map();
    this.#recommendation = null;
    this.#shown = null;
    this.#curve = [];
    this.#notices = [];
    if (this.#wishes.target !== 'centroid') this.choose({ target: 'centroid' });
  }

  /** Fits methods one after the other. `preferences` are asked for where T6 learns from answers. */
  async fit(methods: readonly AdapterMethod[], preferences: PreferencesOf): Promise<void> {
    await this.#withWorker(this.fitting, 'Loading the vectors', async (lab, options) => {
      try {
        for (const method of methods) await this.#fitOne(lab, method, { preferences, options });
        if (methods.length > 1) this.#shown = null;
      } finally {
        this.#fittingNow = null;
      }
    });
  }

  /** Ends the training that is going on, with the best parameters so far. */
  async finishTraining(): Promise<void> {
    await this.#worker?.finishTraining({});
  }

  /** Judges the shown fit's kind of map on languages that it never saw. */
  async leaveOneOut(fit: LabFit, preferences: PreferencesOf): Promise<void> {
    await this.#withWorker(this.leavingOut, 'Leaving one language out', async (lab, options) => {
      const { settings, training } = fit.report;
      const steps = Math.max(1, training?.best ?? settings.training.steps);
      const given = await this.#preferences(settings, { preferences, options });
      const request = { settings, steps, preferences: given?.pairs ?? null };
      const leftOut = await lab.leaveOneOut(request, {
        signal: options.signal,
        onProgress: (progress) => {
          options.onProgress(progress);
          if (progress.partial !== undefined)
            this.#change(fit, { leftOut: progress.partial as LanguageLeftOut[] });
        },
      });
      this.#change(fit, { leftOut });
    });
  }

  /** Asks before and after whether false statements of held-out facts are taken for true. */
  async judgeFalseStatements(fit: LabFit, encoding: Encoding): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    await this.#withWorker(
      this.falseStatements,
      'Making false statements',
      async (lab, options) => {
        const sensitivity = await judgeStatements({ run, fit, encoding, lab }, options);
        this.#change(fit, { sensitivity });
      },
    );
  }

  /** Lays all texts out after the adapter, in the frame of the map before. `picture`: of the run as it was, where there is one. */
  async map(fit: LabFit, picture: Matrix | null): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    await this.#withWorker(this.mapping, 'Adapting the texts', async (lab, options) => {
      const { corpus, vectors, seed } = run;
      const { adapter } = fit.report;
      const adapted = await lab.apply({ adapter, corpus, vectors }, options);
      const before = picture ?? (await layOut(run, seed, options)).picture;
      const after = await layOut({ corpus, vectors: adapted.vectors }, seed, options);
      const maps = await lab.pictures({ before, after: after.picture }, options);
      this.#change(fit, { maps, notices: [...fit.notices, ...after.notices] });
    });
  }

  /** Compares the held-out facts in all metrics, before and after. */
  async compareHeldOut(fit: LabFit): Promise<void> {
    await this.#withWorker(this.comparing, 'Comparing the held-out facts', async (lab, options) => {
      const { adapter, settings } = fit.report;
      const pairs: PairChange[] = [];
      const comparison = await lab.compareHeldOut(
        { adapter, seed: settings.seed },
        {
          signal: options.signal,
          onProgress: (progress) => {
            options.onProgress(progress);
            if (progress.partial !== undefined) pairs.push(...(progress.partial as PairChange[]));
          },
        },
      );
      this.#change(fit, { comparison: { ...comparison, pairs } });
    });
  }

  async #fitOne(
    lab: Client<LabApi>,
    method: AdapterMethod,
    { preferences, options }: { preferences: PreferencesOf; options: ErrandOptions },
  ): Promise<void> {
    this.#fittingNow = method;
    this.#curve = [];
    const settings = this.settingsFor(method);
    const given = await this.#preferences(settings, { preferences, options });
    const start = performance.now();
    const report = await lab.fit(
      { settings, preferences: given?.pairs ?? null },
      {
        signal: options.signal,
        onProgress: (progress) => {
          options.onProgress(progress);
          if (progress.partial !== undefined) this.#draw(progress.partial as CurvePoint[]);
        },
      },
    );
    const fit = {
      report,
      device: report.training?.device ?? this.#device,
      milliseconds: performance.now() - start,
      notices: given?.notices ?? [],
      leftOut: [],
      sensitivity: null,
      maps: null,
      comparison: null,
    };
    this.#fits = new Map(this.#fits).set(method, fit);
    this.#recommendation = recommend(this.fits.map((own) => own.report));
    this.#shown = method;
  }

  async #preferences(
    { method, preference }: FitSettings,
    { preferences, options }: { preferences: PreferencesOf; options: ErrandOptions },
  ): Promise<AnswerPreferences | null> {
    const run = this.#run;
    if (method !== 'preference' || preference.source === 'facts' || run === null) return null;
    const given = await preferences(preference.source, run.corpus.languages, options);
    assertSameEncoder(run.model, given.model);
    return given;
  }

  #draw(curve: CurvePoint[]): void {
    if (this.#curve.length === 0) this.#since = performance.now();
    this.#curve = curve;
  }

  /** A fit that another one replaced is no longer spoken of. */
  #change(fit: LabFit, change: Partial<LabFit>): void {
    const { method } = fit.report.settings;
    const now = this.#fits.get(method);
    if (now?.report !== fit.report) return;
    this.#fits = new Map(this.#fits).set(method, { ...now, ...change });
  }

  async #withWorker(
    errand: Errand,
    stage: string,
    work: (lab: Client<LabApi>, options: ErrandOptions) => Promise<void>,
  ): Promise<void> {
    await errand.run(stage, async (options) => {
      try {
        this.#worker ??= startLab();
        const worker = this.#worker;
        this.#loaded ??= this.#load(worker);
        await this.#loaded;
        await work(worker, options);
      } catch (thrown) {
        if (asAnalyzerError(thrown).code === 'worker/crashed') this.#worker = this.#loaded = null;
        throw thrown;
      }
    });
  }

  async #load(worker: Client<LabApi>): Promise<void> {
    const run = this.#run;
    if (run === null) throw new AnalyzerError('internal', 'There is no run to fit adapters on.');
    const { corpus, vectors, device } = run;
    try {
      const loaded = await worker.load({ corpus, vectors, device });
      [this.#device, this.#notices] = [loaded.device, loaded.notices];
    } catch (thrown) {
      this.#loaded = null;
      throw thrown;
    }
  }
}
