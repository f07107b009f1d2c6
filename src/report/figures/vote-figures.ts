import type { Language } from '../../core/language.ts';
import type {
  VoteAccuracy,
  VoteGroup,
  VoteMode,
  VoteSummary,
  VoteTruth,
} from '../../core/votes.ts';
import type {
  ForestPlotProps,
  HeatMapProps,
  PlotItem,
  ScatterPlotProps,
} from '../../plots/props.ts';
import { sentences } from '../../plots/sentences.ts';
import { estimated } from '../numbers.ts';
import { countOf } from '../words/answer-words.ts';
import { openReadingText } from '../words/open-words.ts';
import { matrixDomain } from '../words/matrix-words.ts';
import { formatValue } from './figure-input.ts';
import { questionsText } from './score-figures.ts';

export interface VoteInput {
  group: VoteGroup;
  languages: Language[];
  colors: string[];
}

/** What stands on top of the votes: how often they are right beside each language alone, and how often they decide nothing. */
export function voteFinding({ group, languages }: VoteInput): string {
  const { questions, ties, unanimous, withoutVotes, truth } = group;
  const counts = `Of ${countOf(questions, 'question')}, ${unanimous.toLocaleString('en')} are voted without dissent, ${ties.toLocaleString('en')} tied${withoutVotes > 0 ? `, ${withoutVotes.toLocaleString('en')} without a valid answer` : ''}`;
  if (truth === null) return sentences(counts, 'No right option is known');
  const better = truth.alone.filter(({ own, vote }) => lies(own, vote) < 0);
  const worse = truth.alone.filter(({ own, vote }) => lies(own, vote) > 0);
  const names = (rows: typeof better): string =>
    rows.map(({ language }) => languages[language].name).join(', ');
  const beside = [
    ...(better.length === 0 ? [] : [`more often than ${names(better)} alone`]),
    ...(worse.length === 0 ? [] : [`less often than ${names(worse)} alone`]),
  ].join(', ');
  const share = estimated({ value: accuracy(truth.vote), interval: truth.vote.interval });
  return sentences(
    `The vote is right on a share ${share} of ${countOf(truth.vote.questions, 'question')}${beside === '' ? ', and on no language’s own questions clearly more or less often than the language alone' : `, ${beside}`}`,
    counts,
  );
}

/** What the votes would be if the answers were read in the other mode. */
export function otherReadingText(
  { other, group }: VoteSummary,
  mode: VoteMode,
  parser: string,
): string {
  if (other === null) return openReadingText(group);
  const names = { own: `by the parser ${parser}`, calm: 'as CALM’s code reads them' };
  const [here, there] = mode === 'own' ? [names.own, names.calm] : [names.calm, names.own];
  const right =
    other.vote === null
      ? ''
      : `right on a share ${estimated({ value: accuracy(other.vote), interval: other.vote.interval })}, `;
  const elect =
    other.differing === 0
      ? 'every question elects the same'
      : `${countOf(other.differing, 'question')} of ${group.questions.toLocaleString('en')} ${other.differing === 1 ? 'elects' : 'elect'} something else`;
  return sentences(
    `The answers are read ${here}`,
    `Read ${there}, the vote is ${right}${other.unanimous.toLocaleString('en')} without dissent, ${other.ties.toLocaleString('en')} tied, ${other.withoutVotes.toLocaleString('en')} without a valid answer; ${elect}`,
  );
}

/** How often a vote is right, by how many of its answers agree. */
export function calibrationFigure({ calibration }: VoteTruth): ScatterPlotProps {
  const bins = calibration.filter(({ questions }) => questions > 0);
  const n = bins.reduce((sum, { questions }) => sum + questions, 0);
  return {
    name: 'vote-calibration',
    title: `How often a vote is right, by the share of answers that agree with it`,
    subtitle: `One point for each tenth of the share that occurs; 95 % Wilson intervals; n = ${countOf(n, 'question')} with a vote and a known right option`,
    points: bins.map(({ low, high, questions, right, meanShare, interval }) => ({
      name: `${low.toFixed(1)}–${high.toFixed(1)} (n = ${questions.toLocaleString('en')})`,
      label: `n = ${questions.toLocaleString('en')}`,
      color: CURVE,
      x: meanShare,
      y: right / questions,
      yInterval: interval,
    })),
    itemName: 'Share',
    x: {
      quantity: 'Share of the votes for the winner, mean',
      direction: '',
      domain: [0, 1],
      format: formatValue,
    },
    y: {
      quantity: 'Votes that are right',
      direction: 'higher is better',
      domain: [0, 1],
      format: formatValue,
    },
  };
}

/** What remains above each threshold of the share, and how much of it is right. */
export function yieldFigure({ yields, vote }: VoteTruth): ScatterPlotProps {
  return {
    name: 'vote-purity-yield',
    title: 'Purity against yield: what a higher threshold of the vote share buys',
    subtitle: `One point for each threshold from 0 to 1; 95 % Wilson intervals of purity; n = ${countOf(vote.questions, 'question')} with a known right option`,
    points: yields.map(({ threshold, kept, purity, yield: share, interval }) => ({
      name: `Threshold ${threshold.toFixed(2)} (${kept.toLocaleString('en')} kept)`,
      label: threshold.toFixed(2),
      color: CURVE,
      x: share,
      y: purity,
      yInterval: interval,
    })),
    itemName: 'Threshold',
    x: {
      quantity: 'Yield: questions that are kept',
      direction: 'higher keeps more',
      domain: [0, 1],
      format: formatValue,
    },
    y: {
      quantity: 'Purity: kept votes that are right',
      direction: 'higher is better',
      domain: [0, 1],
      format: formatValue,
    },
  };
}

/** Each language's own vote beside the vote of all. */
export function aloneFigure(
  { languages, colors }: VoteInput,
  { alone, vote }: VoteTruth,
): ForestPlotProps {
  const n = questionsText(alone.map(({ own }) => own.questions));
  return {
    name: 'vote-alone',
    title: 'Each language alone, beside the vote of all',
    subtitle: `Share of questions whose most frequent choice is right; higher is better; ${n}; 95 % Wilson intervals`,
    rows: alone.map(({ language, own }) => ({
      ...itemOf(languages[language], colors[language]),
      value: accuracy(own),
      interval: own.interval,
      n: own.questions,
    })),
    axis: {
      quantity: 'Share right',
      direction: 'higher is better',
      n,
      domain: [0, 1],
      format: formatValue,
    },
    reference: { value: accuracy(vote), name: 'the vote' },
  };
}

/** How alike the valid answers in every two languages are. */
export function agreementFigure({ group, languages, colors }: VoteInput): HeatMapProps {
  const L = languages.length;
  return {
    name: 'vote-agreement',
    title: 'Agreement of the answers in every two languages',
    subtitle: `Chance that a valid answer in one and one in the other choose the same; higher is more consistent; ${questionsText(group.compared)}, by pair`,
    labels: languages.map((language, l) => itemOf(language, colors[l])),
    values: group.agreement,
    domain: matrixDomain(group.agreement, L, { ends: [0, 1] }),
    scale: 'sequential',
    quantity: 'Agreement',
    direction: 'higher is more consistent',
    format: (value) => value.toFixed(2),
    counts: group.compared,
    symmetric: true,
  };
}

/** The points of one curve have no languages to be told apart by. */
const CURVE = '#0f6fae';

function accuracy({ right, questions }: VoteAccuracy): number {
  return right / questions;
}

/** Below 0 where the interval of the language lies below the vote's, above 0 where it lies above. */
function lies(own: VoteAccuracy, vote: VoteAccuracy): number {
  if (own.interval === null || vote.interval === null) return 0;
  if (own.interval[1] < vote.interval[0]) return -1;
  return own.interval[0] > vote.interval[1] ? 1 : 0;
}

function itemOf({ name, label }: Language, color: string): PlotItem {
  return { name, label, color };
}
