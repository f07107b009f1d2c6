import type { ModelProvenance } from '../../core/report.ts';
import type { AnswerSimilarity } from '../../core/scorecard.ts';
import type { OpenAnswers, OpenReport, VoteGroup } from '../../core/votes.ts';
import { sentences } from '../../plots/sentences.ts';
import { formatValue } from '../figures/figure-input.ts';
import { estimated } from '../numbers.ts';
import { countOf } from './answer-words.ts';

/** How votes on open answers are read, and what counts as right. */
export function openReadingText({ truth }: Pick<VoteGroup, 'truth'>): string {
  const right =
    truth === null
      ? 'No question has truths in every language that answers it'
      : 'A cluster counts as right where its best answer, the medoid, holds a truth of the question in its language (case, width and spaces aside); questions without truths in every language that answers them are left out of what is right';
  return sentences('The open answers are read by clusters of their vectors', right);
}

/** How many open answers there are to encode. */
export function openCounts({ answers, questions, blank }: OpenAnswers): string {
  const without =
    blank === 0
      ? ''
      : `; ${countOf(blank, 'answer')} without words ${blank === 1 ? 'has' : 'have'} no vector and no vote`;
  return `${countOf(answers, 'answer')} to ${countOf(questions, 'open question')}${without}`;
}

/** What made the vectors. */
export function encoderText({ id, dtype, device }: ModelProvenance): string {
  return `${id}, ${dtype}, on ${device}`;
}

/** From which cosine on two answers are taken to say the same. */
export function thresholdText({ mismatched }: OpenReport): string {
  const { threshold, floor, pairs } = mismatched;
  return `Answers lie in one cluster where their cosine is above ${formatValue(threshold)}, which ${countOf(pairs, 'pair')} of answers in different languages to different questions reach in 1 % of cases, or where others link them; the mean over all such pairs, of every sample, is ${formatValue(floor)}.`;
}

/** xSC beside how often the same answers hold a truth: refusals are alike, too. */
export function similarityText({ similarity, contains }: OpenReport): string {
  const right =
    contains.n === 0
      ? 'No truths are known that answers could hold'
      : `Of ${countOf(contains.n, 'first answer')} with known truths a share ${estimated(contains)} holds one`;
  return sentences(...similaritySentences(similarity), right);
}

function similaritySentences(similarity: AnswerSimilarity | null): string[] {
  if (similarity === null)
    return ['xSC is not defined: fewer than two questions are answered in two languages'];
  const { similarity: xsc, floor, aboveFloor, questions, refused } = similarity;
  const alike =
    refused === 0
      ? 'No question is refused in two languages'
      : `${countOf(refused, 'question')} ${refused === 1 ? 'is' : 'are'} refused in two languages or more: refusals are alike without saying anything`;
  return [
    `xSC ${estimated(xsc)} of first answers over ${countOf(questions, 'question')}; those to different questions have ${formatValue(floor)}, so that ${formatValue(aboveFloor)} remains`,
    alike,
  ];
}
