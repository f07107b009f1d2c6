import { LANGUAGE_CARDS, type LanguageCard } from '../core/language-cards.ts';
import { OVERALL_CARDS } from '../core/score-cards.ts';
import type { Scorecard, TaskScores } from '../core/scorecard.ts';
import { formatValue } from './figures/figure-input.ts';
import { estimated, type NumberLine } from './numbers.ts';
import type { Level } from './score-columns.ts';
import { countOf } from './words/answer-words.ts';

/** What belongs to a model on a task as a whole, by level; numbers that are not defined are left out. */
export function scoreNumbers(card: Scorecard, scores: TaskScores, level: Level): NumberLine[] {
  const lines = { performance, consistency, conductivity }[level](card, scores);
  return lines.filter(({ value }) => !value.startsWith('not defined'));
}

function performance(_: Scorecard, scores: TaskScores): NumberLine[] {
  const { democratization, disparity, oracle, vote, questions } = scores;
  const n = `n = ${countOf(questions, 'question')}`;
  const ratio = (name: 'worstOverBest' | 'gini' | 'deviation'): NumberLine =>
    line(LANGUAGE_CARDS[name], formatted(disparity[name]));
  return [
    line(LANGUAGE_CARDS.democratization, estimated(democratization)),
    ratio('worstOverBest'),
    ratio('gini'),
    ratio('deviation'),
    line(OVERALL_CARDS.oracle, `${estimated(oracle)}; ${n}`),
    ...(vote === null
      ? []
      : [
          line(
            OVERALL_CARDS.vote,
            `${estimated(vote.accuracy)}; ${n}, ${countOf(vote.ties, 'tie')}`,
          ),
        ]),
  ];
}

function consistency(card: Scorecard, { consistency: own, sharedWrong }: TaskScores): NumberLine[] {
  const { withPivot, overall } = own;
  const pivot = card.languages.at(card.settings.pivot)?.name ?? '';
  const lines = [
    line(OVERALL_CARDS.coMean, `${estimated(withPivot.co)} with ${pivot}`),
    line(OVERALL_CARDS.coStarMean, formatted(withPivot.coStar)),
    line(OVERALL_CARDS.kappaMean, formatted(withPivot.kappa)),
  ];
  if (overall !== null) {
    lines.push(
      line(
        OVERALL_CARDS.pairs,
        `${estimated(overall.pairs)}; n = ${countOf(overall.questions, 'question')}`,
      ),
      ...overall.subsets.map(({ size, value, chance, ac3 }) =>
        line(
          size === 2 ? OVERALL_CARDS.subsetsOfTwo : OVERALL_CARDS.subsetsOfThree,
          `${formatted(value)}; chance ${formatted(chance)}; AC3 ${formatted(ac3)}`,
        ),
      ),
    );
  }
  if (sharedWrong !== null)
    lines.push(
      line(
        OVERALL_CARDS.sharedWrong,
        `${estimated(sharedWrong.share)}; expected ${formatted(sharedWrong.expected)}; n = ${countOf(sharedWrong.pairs, 'pair')}`,
      ),
    );
  return lines;
}

function conductivity(_: Scorecard, { conductivity: own }: TaskScores): NumberLine[] {
  const lines = [
    line(
      OVERALL_CARDS.islands,
      `${own.islands.length.toLocaleString('en')} of ${countOf(own.asked, 'question')}`,
    ),
  ];
  if (own.fictional !== null)
    lines.push(line(OVERALL_CARDS.retrievalChance, formatted(own.fictional.chance)));
  return lines;
}

function line(card: LanguageCard, value: string): NumberLine {
  return { card, value };
}

function formatted(value: number): string {
  return Number.isNaN(value) ? 'not defined' : formatValue(value);
}
