import type { EmbeddedCorpus } from '../core/corpus.ts';
import {
  PLAN_DEFAULTS,
  type AllocationPlan,
  type PairMeasures,
  type PlanCap,
  type PlanSettings,
  type PlanSource,
} from '../core/plan.ts';
import type { CallOptions } from '../protocol/client.ts';
import type { Session } from './session.svelte.ts';
import { startFiles, startPlanner } from './workers.ts';

declare const __ISOGLOSS_VERSION__: string;

/** A run that plans are made from. */
export interface PlannedRun extends EmbeddedCorpus {
  measures: PairMeasures;
  pivot: number;
  source: PlanSource;
}

/** What data is planned from; null before the comparison is complete. */
export function plannedRun(session: Session): PlannedRun | null {
  const { corpus, shownRun, shownPivot: pivot } = session;
  const { report } = session.comparison;
  const provenance = session.provenance();
  if (corpus === null || report === null || shownRun === null || provenance === null) return null;
  const { bias, bias_centroid: centroid, cka_debiased: ckaDebiased } = report.matrices;
  const { model, adapter, files, seed, facts, languages, pivot: label } = provenance;
  const source = { model, adapter, files, seed, facts, languages, pivot: label };
  const measures = { bias, centroid, ckaDebiased };
  return { corpus, vectors: shownRun.vectors, measures, pivot, source };
}

/** How data is allocated; the settings outlive files, in which bounds of other languages bind nothing. */
export class Planning {
  #settings = $state.raw<PlanSettings>(PLAN_DEFAULTS);

  get settings(): PlanSettings {
    return this.#settings;
  }

  choose(change: Partial<PlanSettings>): void {
    this.#settings = { ...this.#settings, ...change };
  }

  /** Sets bounds of one language; the others keep theirs. */
  bound(tag: string, change: Partial<Omit<PlanCap, 'tag'>>): void {
    const caps = this.#settings.caps.filter((cap) => cap.tag !== tag);
    const next = { ...this.boundsOf(tag), ...change };
    const isFree = next.min === 0 && next.max === Infinity && next.available === Infinity;
    this.choose({ caps: isFree ? caps : [...caps, next] });
  }

  boundsOf(tag: string): PlanCap {
    const own = this.#settings.caps.find((cap) => cap.tag === tag);
    return own ?? { tag, min: 0, max: Infinity, available: Infinity };
  }

  /** Plans in a worker that is thrown away. */
  async plan(run: PlannedRun, options: CallOptions): Promise<AllocationPlan> {
    const { corpus, vectors, measures, pivot } = run;
    const tags = corpus.languages.map(({ tag }) => tag);
    const caps = this.#settings.caps.filter(({ tag }) => tags.includes(tag));
    const planner = startPlanner();
    try {
      const settings = { ...this.#settings, caps };
      return await planner.plan({ corpus, vectors, measures, pivot, settings }, options);
    } finally {
      planner.dispose();
    }
  }

  /** All files of a plan as a zip, in a worker that is thrown away. */
  async pack(plan: AllocationPlan, source: PlanSource): Promise<Uint8Array> {
    const files = startFiles();
    try {
      return await files.packPlan({ input: { isogloss: __ISOGLOSS_VERSION__, plan, source } });
    } finally {
      files.dispose();
    }
  }
}
