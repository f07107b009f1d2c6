import { letterOf } from '../../core/answers.ts';
import type { QuestionAnswers } from '../../core/question-answers.ts';

/** '1 answer', '866,800 answers'. */
export function countOf(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** In how many languages a model is right, and what its answers elect, every valid one being a vote. */
export function questionSentence({ question, answers, votes }: QuestionAnswers): string {
  const languages = new Set(answers.map(({ language }) => language)).size;
  if (answers.length === 0) return 'The model gave no answer to this question.';
  if (question.options === 0)
    return `An open question, answered in ${countOf(languages, 'language')}.`;
  return `${rightSentence(question.gold, answers, languages)} ${voteSentence(question.gold, votes)}`;
}

function rightSentence(
  gold: number,
  answers: QuestionAnswers['answers'],
  languages: number,
): string {
  if (gold < 0) return `Answered in ${countOf(languages, 'language')}; no right option is known.`;
  const right = answers.filter(({ choice }) => choice === gold);
  const many = new Set(right.map(({ language }) => language)).size;
  const sampled =
    answers.length > languages ? `, in ${right.length} of ${answers.length} answers` : '';
  return `Right in ${many} of ${countOf(languages, 'language')}${sampled}.`;
}

function voteSentence(gold: number, votes: number[]): string {
  const valid = votes.reduce((a, b) => a + b, 0);
  if (valid === 0) return 'No answer is valid, so nothing is elected.';
  const most = Math.max(...votes);
  const elected = votes.flatMap((count, option) => (count === most ? [option] : []));
  const letters = elected.map(letterOf).join(' and ');
  const of = `${most.toLocaleString('en')} of ${countOf(valid, 'valid answer')}`;
  if (elected.length > 1) return `The vote is tied between ${letters}, with ${of} each.`;
  const verdict = gold < 0 ? '' : elected[0] === gold ? ', which is right' : ', which is wrong';
  return `The vote elects ${letters}${verdict}, with ${of}.`;
}
