import type { LengthBias, LintFinding, LintResult, LintRule } from '../../core/lint.ts';
import { sentences } from '../../plots/sentences.ts';
import { estimated } from '../numbers.ts';
import { countOf } from './answer-words.ts';

/** What a rule is called, and what its findings spoil. */
export const LINT_WORDS: Record<LintRule, { name: string; why: string }> = {
  'marker-at-end': {
    name: 'Marker at the end',
    why: 'A model learns to stop where the answer should begin, and a parser finds nothing behind the marker.',
  },
  'marker-twice': {
    name: 'Marker twice',
    why: 'The template leaked into the text: a model learns to write a second prompt or answer.',
  },
  placeholder: {
    name: 'Placeholder left over',
    why: 'A slot was never filled or a control token never removed, and is learned as text.',
  },
  'chosen-is-rejected': {
    name: 'Both sides are equal',
    why: 'The pair prefers nothing: its loss under DPO is the same whatever the model does.',
  },
  'same-letter': {
    name: 'Both sides choose one option',
    why: 'The pair prefers a wording, not an answer.',
  },
  'language-mismatch': {
    name: 'Answer in another language',
    why: 'A model learns to leave the language that it was asked in.',
  },
  'contradictory-pairs': {
    name: 'Pairs that contradict each other',
    why: 'What one pair teaches the other takes back, and one of them is wrong.',
  },
  'duplicate-across-splits': {
    name: 'Prompt of the test in training',
    why: 'A score on such prompts measures memory.',
  },
  'near-duplicate-across-splits': {
    name: 'Near copy of a test prompt in training',
    why: 'A reworded prompt gives the test away much as an exact copy does.',
  },
  'truncated-prompt': {
    name: 'Prompt cut off',
    why: 'A model is judged by, or trained on, a question that it was not told to the end.',
  },
  'gold-outside-options': {
    name: 'Right letter without an option',
    why: 'No answer can count as right: the file lowers the accuracy, not the model.',
  },
  'gold-outside-candidates': {
    name: 'Right answer not among the candidates',
    why: 'No ranking can put it first: the file lowers the accuracy, not the model.',
  },
  'unequal-options': {
    name: 'Options differ between languages',
    why: 'Guessing succeeds more often where options are fewer, so that accuracies do not compare.',
  },
};

/** What stands on top of the findings: how many, the largest, whether length gives the choice away, what mending would do. */
export function lintSentence({ findings, lengthBias, mending }: LintResult): string {
  const judged = findings.filter(({ checked }) => checked > 0);
  if (judged.length === 0) return 'These files hold nothing that a rule could judge.';
  return sentences(
    foundSentence(judged),
    lengthSentence(lengthBias.at(0)),
    mendingSentence(mending),
  );
}

function foundSentence(judged: LintFinding[]): string {
  const broken = judged.filter(({ count }) => count > 0);
  const rules = countOf(judged.length, 'rule');
  if (broken.length === 0) return `None of the ${rules} that had something to judge found anything`;
  const total = (severity: LintFinding['severity']): number =>
    broken.filter((own) => own.severity === severity).reduce((sum, { count }) => sum + count, 0);
  const kinds = [
    [total('error'), 'error'],
    [total('warning'), 'warning'],
  ] as const;
  const counts = kinds.filter(([n]) => n > 0).map(([n, kind]) => countOf(n, kind));
  const most = broken.reduce((a, b) => (b.count / b.checked > a.count / a.checked ? b : a));
  const share = `${most.count.toLocaleString('en')} of ${most.checked.toLocaleString('en')}`;
  return `${broken.length} of ${rules} that had something to judge found ${counts.join(' and ')}; the largest share is of “${LINT_WORDS[most.rule].name}”, ${share}`;
}

/** Said only where the interval carries it. */
function lengthSentence(all: LengthBias | undefined): string {
  if (all?.aucInterval == null) return '';
  const [low, high] = all.aucInterval;
  const area = `area ${estimated({ value: all.auc, interval: all.aucInterval })}, 0.5 being chance, ${countOf(all.pairs, 'pair')}`;
  if (low > 0.5) return `Chosen answers are the longer ones (${area})`;
  if (high < 0.5) return `Chosen answers are the shorter ones (${area})`;
  return `Length does not tell chosen answers from rejected ones (${area})`;
}

function mendingSentence({ changed, removed }: LintResult['mending']): string {
  if (changed + removed === 0) return '';
  const parts = [
    ...(changed > 0 ? [`change ${countOf(changed, 'row')}`] : []),
    ...(removed > 0 ? [`remove ${countOf(removed, 'row')}`] : []),
  ];
  return `Safe fixes would ${parts.join(' and ')}`;
}
