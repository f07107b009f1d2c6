import { LANGUAGE_WISHES } from '../core/language-wishes.ts';
import { PAIR_DEFAULTS, type PairWishes, type PlanWishes } from '../core/preference-pairs.ts';

/** Which pairs own mode makes; the share is the threshold of the votes, and the pivot that of the scores where it is null. */
export interface Pairing extends Pick<PairWishes, 'target' | 'checkLanguage'> {
  filters: Omit<PairWishes['filters'], 'share'>;
  plan: PlanWishes['plan'] | null;
  /** By tag. */
  pivot: string | null;
  cap: number | null;
  same: boolean;
  /** Sentences that ask for a language, by tag. */
  wishes: PlanWishes['wishes'];
}

export const PAIRING: Pairing = {
  ...PAIR_DEFAULTS,
  pivot: null,
  cap: null,
  same: false,
  wishes: LANGUAGE_WISHES,
};
