import type { Severity } from './errors.ts';
import type { Interval } from './statistics.ts';

export const LINT_RULES = [
  'marker-at-end',
  'marker-twice',
  'placeholder',
  'chosen-is-rejected',
  'same-letter',
  'language-mismatch',
  'contradictory-pairs',
  'duplicate-across-splits',
  'near-duplicate-across-splits',
  'truncated-prompt',
  'gold-outside-options',
  'gold-outside-candidates',
  'unequal-options',
] as const;
export type LintRule = (typeof LINT_RULES)[number];

/** Where a finding is, and the text in question. */
export interface LintExample {
  /** '' where the finding concerns a question or an answer, which `question` then names. */
  file: string;
  /** 1-based line of the file; 0 without one. */
  line: number;
  /** 1-based place in the file's list; absent for what is no row of training. */
  row?: number | undefined;
  /** `task/id` of the question; '' for a row of training. */
  question: string;
  /** The files' spelling; '' where none is known. */
  language: string;
  /** Cut to 200 characters. */
  text: string;
}

/** What one rule found. */
export interface LintFinding {
  rule: LintRule;
  /** What the rule looks for, in one sentence. */
  looksFor: string;
  severity: Severity;
  /** Rows, questions or answers that the rule could judge. */
  checked: number;
  /** Findings, 0 where all is well. */
  count: number;
  /** Findings that a fix can mend. */
  fixable: number;
  /** The first findings. */
  examples: LintExample[];
}

/** Whether preferred answers are longer than rejected ones, over the pairs of a language. */
export interface LengthBias {
  /** The files' spelling; '' for all pairs together. */
  language: string;
  pairs: number;
  /** Mean of ln(characters of chosen / characters of rejected); above 0: the chosen ones are longer. */
  logRatio: number;
  /** Bootstrap over pairs; null below two. */
  logRatioInterval: Interval | null;
  /** Share of all (chosen, rejected) couples in which the chosen answer is the longer one, equal ones by half, in [0, 1]. */
  auc: number;
  /** Bootstrap over pairs; null below two. */
  aucInterval: Interval | null;
}

export interface LintReport {
  findings: LintFinding[];
  /** All pairs first, then by language; empty without pairs. */
  lengthBias: LengthBias[];
}

/** One change of a row of training. */
export interface LintFix {
  rule: LintRule;
  file: string;
  line: number;
  /** 1-based place in the file's list, as it was. */
  row?: number | undefined;
  action: 'changed' | 'removed';
  field: 'instruction' | 'input' | 'chosen' | 'rejected' | '';
  before: string;
  after: string;
}

/** What mending would do to the rows of training. */
export interface Mending {
  /** Rows that get another text. */
  changed: number;
  /** Rows that fall away. */
  removed: number;
  /** What would be done to the rows that examples show. */
  ofExamples: LintFix[];
}

/** Findings as they are shown: with what mending would do, and whether near duplicates were sought. */
export interface LintResult extends LintReport {
  mending: Mending;
  nearDuplicates: 'sought' | 'not sought' | 'no rows of a test';
}

/** What a fact was changed into. */
export type PerturbationType = 'number' | 'entity' | 'negation';

/** A false statement beside a true one. */
export interface HardNegative {
  /** Index of the fact. */
  fact: number;
  type: PerturbationType;
  text: string;
  /** What was replaced, and by what; '' for what was put in. */
  from: string;
  to: string;
}

/** How often the encoder takes a false statement for the true one. */
export interface PerturbationError {
  language: string;
  type: PerturbationType | 'any';
  /** Facts with a rendering in the language and at least one perturbed statement of the type. */
  facts: number;
  /** Facts of which a perturbed statement is at least as near to the rendering as the true one. */
  errors: number;
  /** errors / facts, in [0, 1]; NaN without facts. */
  rate: number;
  interval: Interval | null;
}

/** A false statement beside the true one, with the languages in which it is taken for true. */
export interface NegativeExample {
  /** Id of the fact. */
  fact: string;
  type: PerturbationType;
  truth: string;
  text: string;
  from: string;
  to: string;
  /** Labels of the languages whose rendering is at least as near to the false statement. */
  mistakenIn: string[];
}

/** How an encoder reads false statements. */
export interface NegativesResult {
  /** Label of the language that the statements are in. */
  language: string;
  statements: number;
  errors: PerturbationError[];
  /** Of each type those that are taken for true in most languages; none that is in no language. */
  examples: NegativeExample[];
}
