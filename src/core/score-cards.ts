import type { LanguageCard } from './language-cards.ts';
import type { Conductivity, Consistency } from './scorecard.ts';

const CLIKA = 'Gao et al. 2024, CLiKA, arXiv 2404.04659';

/** What is printed of a number that belongs to a model in one language. */
export const PERFORMANCE_CARDS = {
  accuracy: {
    name: 'Accuracy',
    direction: 'higher is better',
    definition:
      'Share of questions with a known right answer that are answered right, in [0, 1]; an invalid answer is wrong. 95 % Wilson interval. Guessing has the mean of 1 / options.',
    source: 'Wilson 1927 for the interval',
  },
  rescaled: {
    name: 'RA',
    direction: 'higher is better',
    definition:
      'Rescaled accuracy: max(0, (accuracy − chance) / (reference − chance)); 1 is as good as the reference, with no ceiling. ⌊ marks a value that the floor of 0 hides. Not defined where the reference is not above chance.',
    source: CLIKA,
  },
  invalid: {
    name: 'Invalid',
    direction: 'lower is better',
    definition:
      'Share of answers in which no option can be read, in [0, 1]. A low accuracy beside many invalid answers is a matter of form, not of knowledge.',
    source: CLIKA,
  },
  coWithPivot: {
    name: 'CO with the pivot',
    direction: 'higher is more consistent',
    definition:
      'Overlap of the questions right in the language and of those right in the pivot: right in both over right in either, in [0, 1].',
    source: `${CLIKA}; Jiang et al. 2020, X-FACTR`,
  },
  kappaWithPivot: {
    name: 'κ with the pivot',
    direction: 'higher is more consistent',
    definition:
      'Cohen’s kappa of the choices in the language and in the pivot, on questions with valid choices in both: agreement beyond what the frequencies of the options give by themselves.',
    source: 'Cohen 1960',
  },
  entropy: {
    name: 'Entropy of choices',
    direction: 'far below log₂ of the options is suspect',
    definition:
      'Entropy of the valid choices over the options, in bits. † marks a degenerate language: one option has more than 0.9 of the choices, or the entropy is below 0.3 bits, and consistency says little.',
    source: 'Shannon 1948',
  },
  transferFromPivot: {
    name: 'Transfer from the pivot',
    direction: 'higher is more conductive',
    definition:
      'P(right in the language | right in the pivot), on questions with answers in both, in [0, 1].',
    source: 'Defined here, after CLiKA’s conductivity',
  },
  liftFromPivot: {
    name: 'Lift',
    direction: 'above 1, what the pivot knows helps',
    definition:
      'Transfer from the pivot over P(right in the language) on the same questions; 1 where knowing it in the pivot says nothing.',
    source: 'Defined here, after CLiKA’s conductivity',
  },
  transferToPivot: {
    name: 'Transfer to the pivot',
    direction: 'higher is more conductive',
    definition: 'P(right in the pivot | right in the language), on questions with answers in both.',
    source: 'Defined here, after CLiKA’s conductivity',
  },
  retrieval: {
    name: 'XRR from the pivot',
    direction: 'higher is more conductive',
    definition:
      'Fictional facts that were taught in the pivot alone: accuracy in the language over accuracy in the pivot. ✓ marks a pair whose gates are all 0.9 or more, ✗ one that fails a gate, ? one whose gates are not all given.',
    source: CLIKA,
  },
} satisfies Record<string, LanguageCard>;

/** What is printed of a number that belongs to a model on a task. */
export const OVERALL_CARDS = {
  oracle: {
    name: 'Right in any language',
    direction: 'higher leaves more to gain from transfer',
    definition:
      'Share of the questions that are right in at least one language: what a model would have that always asked in the best one. 95 % Wilson interval.',
    source: 'Defined here',
  },
  vote: {
    name: 'Accuracy of the vote',
    direction: 'higher is better',
    definition:
      'Share of the questions whose most frequent choice over the languages is right. Where choices tie, that of the language that comes first is taken. 95 % Wilson interval.',
    source: 'Wang et al. 2025, CALM, arXiv 2501.18457',
  },
  coMean: {
    name: 'CO with the pivot, mean',
    direction: 'higher is more consistent',
    definition:
      'Mean of CO over the languages that are not the pivot. 95 % interval by bootstrap over questions.',
    source: CLIKA,
  },
  coStarMean: {
    name: 'CO* with the pivot, mean',
    direction: 'higher is more consistent',
    definition: 'Mean of CO* over the languages that are not the pivot and have one.',
    source: 'Defined here',
  },
  kappaMean: {
    name: 'κ with the pivot, mean',
    direction: 'higher is more consistent',
    definition: 'Mean of Cohen’s kappa over the languages that are not the pivot.',
    source: 'Cohen 1960',
  },
  pairs: {
    name: 'Consistency over pairs',
    direction: 'higher is more consistent',
    definition:
      'Mean over questions of the share of language pairs that chose the same, invalid answers left out; a question with fewer than two valid answers counts as 0. 95 % interval by bootstrap over questions.',
    source: 'Wang et al. 2025, CALM, arXiv 2501.18457',
  },
  subsetsOfTwo: {
    name: 'Consistency₂',
    direction: 'higher is more consistent',
    definition:
      'Mean share of sets of two languages that chose the same; chance from the frequencies of the options. AC3 is the harmonic mean of it and of the accuracy.',
    source: 'Wang et al. 2024, SeaEval, arXiv 2309.04766',
  },
  subsetsOfThree: {
    name: 'Consistency₃',
    direction: 'higher is more consistent',
    definition: 'The same for sets of three languages.',
    source: 'Wang et al. 2024, SeaEval, arXiv 2309.04766',
  },
  sharedWrong: {
    name: 'Same wrong option',
    direction: 'above the expected, errors are systematic',
    definition:
      'Of the pairs of languages that are both wrong on a question, the share that chose the same option; expected if each wrong answer were drawn from the wrong choices of all languages to questions with that right option.',
    source: 'Defined here',
  },
  islands: {
    name: 'Knowledge islands',
    direction: 'fewer is more conductive',
    definition:
      'Questions that are asked in two languages or more and right in exactly one. They are listed below.',
    source: 'Defined here',
  },
  retrievalChance: {
    name: 'Chance of XRR’s accuracies',
    direction: '',
    definition: '1 / number of different truths of the fictional facts.',
    source: CLIKA,
  },
} satisfies Record<string, LanguageCard>;

/** A number of every two languages: a matrix of the scorecard. */
export interface ScoreMatrixCard extends LanguageCard {
  symmetric: boolean;
  /** Ends of the colours; null for what occurs. */
  ends: readonly [low: number | null, high: number | null];
}

type MatricesOf<T> = {
  [Key in keyof T]: T[Key] extends Float64Array ? Key : never;
}[keyof T];
export type ScoreMatrixId =
  Exclude<MatricesOf<Consistency>, 'n' | 'nValid'> | MatricesOf<Conductivity>;

export const SCORE_MATRICES: Record<ScoreMatrixId, ScoreMatrixCard> = {
  co: {
    name: 'CO',
    direction: 'higher is more consistent',
    definition:
      'Overlap of correct answers: questions right in both languages over those right in either, in [0, 1]. High by itself where both are right often: read it beside what independent languages would have.',
    source: `${CLIKA}; Jiang et al. 2020, X-FACTR`,
    symmetric: true,
    ends: [0, 1],
  },
  coIndependent: {
    name: 'CO if independent',
    direction: 'what chance alone gives',
    definition: 'p q / (p + q − p q) for two independent languages of accuracies p and q.',
    source: 'Defined here',
    symmetric: true,
    ends: [0, 1],
  },
  coMax: {
    name: 'Largest CO',
    direction: 'what the accuracies allow',
    definition: 'min(p, q) / max(p, q) for accuracies p and q.',
    source: 'Defined here',
    symmetric: true,
    ends: [0, 1],
  },
  coStar: {
    name: 'CO*',
    direction: 'higher is more consistent',
    definition:
      '(CO − independent) / (largest − independent): 0 for independent languages, 1 for the most overlap that the accuracies allow. Not defined where the divisor is below 0.02, or a language is degenerate.',
    source: 'Defined here',
    symmetric: true,
    ends: [null, 1],
  },
  kappa: {
    name: 'Cohen’s κ',
    direction: 'higher is more consistent',
    definition:
      '(agreement − expected) / (1 − expected) of the choices, right or wrong, on questions with valid choices in both; expected from the frequencies of the options in each.',
    source: 'Cohen 1960',
    symmetric: true,
    ends: [null, 1],
  },
  agreement: {
    name: 'Raw agreement',
    direction: 'higher is more consistent',
    definition:
      'Share of questions with valid choices in both languages whose choices are the same.',
    source: 'Wang et al. 2025, CALM, arXiv 2501.18457',
    symmetric: true,
    ends: [0, 1],
  },
  transfer: {
    name: 'Transfer rate',
    direction: 'higher is more conductive',
    definition: 'From row to column: P(right in the column | right in the row), in [0, 1].',
    source: 'Defined here, after CLiKA’s conductivity',
    symmetric: false,
    ends: [0, 1],
  },
  lift: {
    name: 'Lift',
    direction: 'above 1, what the row knows helps',
    definition:
      'From row to column: transfer rate over P(right in the column) on the same questions; 1 where knowing it in the row says nothing.',
    source: 'Defined here, after CLiKA’s conductivity',
    symmetric: false,
    ends: [null, null],
  },
};
