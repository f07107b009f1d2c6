import type { EmbeddedCorpus } from './corpus.ts';
import type { Language } from './language.ts';
import type { LanguageMatrix } from './matrix.ts';
import type { Provenance } from './report.ts';

/** How what one language learns helps another is estimated: from the language bias of the two, or from their debiased CKA. */
export const TRANSFER_KINDS = ['bias', 'cka'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** Said wherever a plan is shown. */
export const PLAN_LIMIT =
  'Transfer is estimated from the geometry of the encoder, not from training runs: the plan says where data may help most, not how much a model will gain.';

/** The kinds of items of the FaMSS release. */
export const ITEM_TYPES = ['fact', 'common', 'anchor'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

/** Items by type, or parts of a ratio. */
export type ByType<T = number> = Record<ItemType, T>;

export const ITEM_NAMES: ByType<string> = {
  fact: 'fact translation',
  common: 'common translation',
  anchor: 'anchor-language text',
};

/** The ratio in the FaMSS release: items of each type, of 50,022. */
export const FAMSS_MIX: ByType = { fact: 37_175, common: 7_976, anchor: 4_871 };

/** Facts of each kind that are listed of a language at most. */
export const FACTS_LISTED = 100;

/** Beyond it whole items are no longer exact in double precision. */
export const MOST_ITEMS = 1e12;

/** Far beyond it powers of small credits are 0 in double precision, and their items would be lost. */
export const MOST_ALPHA = 10;

/** Items that a language must, may or can get; Infinity where there is no bound. */
export interface PlanCap {
  /** BCP 47 tag, as in `Language`. */
  tag: string;
  min: number;
  max: number;
  /** Items that exist. */
  available: number;
}

export interface PlanSettings {
  /** Items in all, a whole number from 0 on. */
  budget: number;
  /** K: most languages that get data, from 1 on; null takes as many as the elbow of the curve says. */
  select: number | null;
  transfer: TransferKind;
  /** Shares are proportional to credit^alpha; from 0 (equal) to 10, 1 is proportional to the credit. */
  alpha: number;
  /** Of languages that are bounded. They bind translation, not anchor-language text. */
  caps: PlanCap[];
  /** Whether the pivot may be selected too. */
  includePivot: boolean;
  /** Parts of the budget by type, in any unit. */
  mix: ByType;
  /** Of the direction and order of instruction pairs, and of which facts they state. */
  seed: number;
}

export const PLAN_DEFAULTS: PlanSettings = {
  budget: 50_022,
  select: null,
  transfer: 'bias',
  alpha: 0.5,
  caps: [],
  includePivot: false,
  mix: FAMSS_MIX,
  seed: 1,
};

/** What a run measured of each two languages. Row-major [L, L], NaN where two languages share no fact. */
export interface PairMeasures {
  /** FaMSS language bias B, and the part of it that is centroid shift. */
  bias: LanguageMatrix;
  centroid: LanguageMatrix;
  ckaDebiased: LanguageMatrix;
}

/** A run, and what is to be planned from it. */
export interface PlanRequest extends EmbeddedCorpus {
  measures: PairMeasures;
  /** Index of the anchor language: the language that data is translated from. */
  pivot: number;
  settings: PlanSettings;
}

/** What one language needs. */
export interface LanguageNeed {
  /** b(l): mean bias to the other languages; NaN where no fact is shared. */
  bias: number;
  /** w(l), in [0, 1]; sums to 1 over languages. */
  need: number;
  /** Share of centroid shift in the language's bias, in [0, 1]; NaN where there is no bias. */
  centroidShare: number;
  /** The selected language that transfers most to it, as an index; -1 where none does. */
  coveredBy: number;
  /** That transfer, in [0, 1]. */
  transfer: number;
}

/** One step of the greedy selection. */
export interface SelectionStep {
  language: number;
  /** What it adds to F. */
  gain: number;
  /** F so far, in [0, 1]: the need that is covered. */
  covered: number;
}

/** What one selected language gets. */
export interface LanguageAllocation {
  language: number;
  /** Sum of need times transfer over the languages that it covers. */
  credit: number;
  /** Share of the items for languages, after caps; sums to 1 unless items are left over. */
  share: number;
  /** The bound that holds it, or null. */
  bound: 'min' | 'max' | 'available' | null;
  items: number;
  types: ByType;
  /** Points (in [-20, 20]) that moved from fact to common translation. */
  shift: number;
}

/** One way to spend the same items. */
export interface PlanComparison {
  id: 'plan' | 'uniform' | 'inverse-bias' | 'bias';
  name: string;
  /** By language. [L] */
  items: Float64Array;
  /** Languages with at least one item. */
  languages: number;
  leftover: number;
  /** F of the languages with items, in [0, 1]. */
  covered: number;
  /** Need that an item covers, on average over the items: sum of share(s) w(l) T(s, l); in [0, 1]. */
  perItem: number;
}

/** One fact to translate into, or to check in, a language. */
export interface PlannedFact {
  /** Of the fact. */
  id: string;
  why: 'translate' | 'check';
  /** 1 - cosine to the mean of the fact's other renderings; NaN where it is to be translated. */
  drift: number;
  /** '' where there is none. */
  text: string;
  pivotText: string;
}

/** Facts to work on first in a selected language, each far from those before it. */
export interface PlannedFacts {
  language: number;
  /** Facts with a rendering in the pivot, but none in the language. */
  missing: number;
  /** Renderings whose drift is in the language's highest quarter. */
  far: number;
  /** At most `FACTS_LISTED` of each kind, and no more to translate than fact translations are planned. */
  chosen: PlannedFact[];
}

/** Two texts of one fact as an instruction to translate, in the pattern of FaMSS. */
export interface InstructionPair {
  /** BCP 47 tags. */
  from: string;
  to: string;
  prompt: string;
  output: string;
}

/** A data allocation after the idea of FaMSS. Indices are into `languages`. */
export interface AllocationPlan {
  settings: PlanSettings;
  languages: Language[];
  pivot: number;
  needs: LanguageNeed[];
  /** T(s, l) in [0, 1], row s to column l. [L, L] */
  transfer: LanguageMatrix;
  /** Greedy selection of all candidates, in order. */
  curve: SelectionStep[];
  /** How many languages the elbow of the curve selects: where F is farthest above the chord. */
  elbow: number;
  /** Of the languages that are selected, in the order of the curve. */
  allocation: LanguageAllocation[];
  /** Text in the anchor language, beside what is allocated to languages. */
  anchorItems: number;
  /** Items that no language may take, because all are at their bounds. */
  leftover: number;
  /** Sum of all items by type. */
  totals: ByType;
  comparison: PlanComparison[];
  facts: PlannedFacts[];
  /** Of the selected languages, as far as texts exist in the language and in the pivot; at most their fact translations. */
  pairs: InstructionPair[];
  notices: string[];
}

/** What a recipe says of the run that it was planned from. */
export type PlanSource = Pick<
  Provenance,
  'model' | 'adapter' | 'files' | 'seed' | 'facts' | 'languages' | 'pivot'
>;

/** Everything that the files of a plan are written from. */
export interface PlanExport {
  isogloss: string;
  plan: AllocationPlan;
  source: PlanSource;
}
