import { letterOf, type AnswerTable } from '../core/answers.ts';
import type { ScoreSettings } from '../core/scorecard.ts';
import type { Mismatched, VoteMode, VoteReport, VoteSettings } from '../core/votes.ts';
import { calmChoices, calmLetter } from './votes/calm-vote.ts';
import {
  clusterName,
  clustersOf,
  clusterTruths,
  openAnswersOf,
  type EncodedAnswers,
} from './votes/open-answers.ts';
import { parseChoices } from './parse-choice.ts';
import type { Confidence } from './votes/targets.ts';
import { voteGroups, type Truths } from './votes/vote-report.ts';
import { vote, type Election } from './votes/vote.ts';

/** What each answer votes for. */
export interface Reading {
  /** Of open answers those of the encoded model alone. */
  table: AnswerTable;
  choices: Int32Array;
  confidence: Confidence;
  nameOf: (choice: number) => string;
  /** What counts as right; undefined for the options of the files. */
  truthsOf: (election: Election) => Truths | undefined;
  /** Of open answers. */
  mismatched: Mismatched[];
}

export interface ReadingRequest {
  mode: VoteMode;
  settings: ScoreSettings;
  order: number[];
  /** @throws AnalyzerError where the answers are not encoded */
  encoded: () => EncodedAnswers;
}

export function readingOf(
  table: AnswerTable,
  { mode, settings, order, encoded }: ReadingRequest,
): Reading {
  if (mode === 'open') return openReading(table, encoded(), { order, seed: settings.seed });
  const isCalm = mode === 'calm';
  return {
    table,
    choices: isCalm ? calmChoices(table, settings.profiles) : parseChoices(table, settings),
    confidence: table.answers.logprob,
    nameOf: isCalm ? calmLetter : letterOf,
    truthsOf: () => undefined,
    mismatched: [],
  };
}

function openReading(
  whole: AnswerTable,
  encoded: EncodedAnswers,
  settings: { order: number[]; seed: number },
): Reading {
  const table = openAnswersOf(whole, encoded.model);
  const { choices, scores, mismatched } = clustersOf(encoded, table, settings);
  return {
    table,
    choices,
    confidence: scores,
    nameOf: clusterName,
    truthsOf: (election) => clusterTruths(table, election, { choices, scores }),
    mismatched,
  };
}

/** Votes as the answers were read, and what they are worth. */
export function reportOf(
  { table, choices, truthsOf }: Reading,
  settings: VoteSettings,
): VoteReport & Election {
  const election = vote(table, choices, settings);
  const groups = voteGroups(table, choices, election, truthsOf(election));
  return { ...settings, ...election, groups };
}
