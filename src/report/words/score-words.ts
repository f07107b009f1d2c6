import type { Scorecard, TaskScores } from '../../core/scorecard.ts';
import { sentences } from '../../plots/sentences.ts';
import { formatValue } from '../figures/figure-input.ts';
import { estimated } from '../numbers.ts';
import { countOf } from './answer-words.ts';
import { endsOf, endsSentence } from './standing.ts';

/** Above this share of invalid answers an accuracy is read with care. */
const MANY_INVALID = 0.1;

/** Above this share of answers that two parsers read differently the choice of the parser matters. */
const MANY_DIFFERING = 0.05;

/** What stands on top of a scorecard: where a model is right, how evenly, how consistently, and what spoils the reading. */
export function scoreFinding(card: Scorecard, scores: TaskScores): string {
  const subject = `${card.models[scores.model]}${taskWords(card.tasks[scores.task])}`;
  return sentences(
    accuracySentence(card, scores, subject),
    evennessSentence(scores),
    consistencySentence(card, scores),
    invalidSentence(card, scores),
    degenerateSentence(card, scores),
    parserSentence(card, scores),
  );
}

function taskWords(task: string): string {
  return task === '' ? '' : ` on ${task}`;
}

function accuracySentence(card: Scorecard, scores: TaskScores, subject: string): string {
  const standings = scores.languages.map((language, place) => ({
    name: card.languages[language].name,
    ...scores.performance[place].accuracy,
  }));
  const known = standings.filter(({ value }) => !Number.isNaN(value));
  if (known.length === 0) return `${subject}: no right answers are known, so nothing is scored`;
  if (known.length === 1)
    return `Accuracy of ${subject} in ${known[0].name}, the one language: ${estimated(known[0])}`;
  const ends = endsOf(known, 'higher is closer', 'languages');
  if (ends === null)
    return `Accuracy of ${subject} is ${formatValue(known[0].value)} in each of ${countOf(known.length, 'language')}`;
  const range = `${formatValue(ends.low.value)} (${ends.low.name}) to ${formatValue(ends.high.value)} (${ends.high.name})`;
  const said = endsSentence(`Accuracy of ${subject}`, ends, ['is best', 'is worst']);
  return said.includes('runs from') ? said : `${said}: ${range}`;
}

function evennessSentence({ democratization, disparity }: TaskScores): string {
  if (Number.isNaN(democratization.value)) return '';
  return `Democratization degree ${estimated(democratization)} over ${countOf(disparity.languages, 'language')}, 1 being even`;
}

function consistencySentence(card: Scorecard, scores: TaskScores): string {
  const { co, languages } = scores.consistency.withPivot;
  if (Number.isNaN(co.value)) return '';
  const pivot = card.languages[card.settings.pivot].name;
  return `The questions right in ${pivot} and those right in another language overlap by CO ${estimated(co)}, mean over ${countOf(languages, 'language')}`;
}

function invalidSentence(card: Scorecard, scores: TaskScores): string {
  const many = scores.languages.flatMap((language, place) => {
    const { invalid, answers } = scores.performance[place];
    return invalid > MANY_INVALID * answers ? [card.languages[language].name] : [];
  });
  if (many.length === 0) return '';
  const where = many.length > 4 ? countOf(many.length, 'language') : listOf(many);
  return `More than ${100 * MANY_INVALID} % of answers are invalid in ${where}: low accuracy there may be a matter of form`;
}

function degenerateSentence(card: Scorecard, scores: TaskScores): string {
  const flagged = scores.languages.flatMap((language, place) =>
    scores.performance[place].degenerate ? [card.languages[language].name] : [],
  );
  if (flagged.length === 0) return '';
  return `Nearly the same option is chosen always in ${listOf(flagged)}: consistency says little there`;
}

function parserSentence(card: Scorecard, { model }: TaskScores): string {
  const [answers, differing] = card.parsers.byModel[model];
  if (differing <= MANY_DIFFERING * answers) return '';
  return `Read with care: the parsers clika-strict and robust read ${Math.round((100 * differing) / answers)} % of the model’s answers differently, and ${card.settings.parser} is used; it is chosen under the settings`;
}

/** 'a', 'a and b', 'a, b and c'. */
function listOf(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
