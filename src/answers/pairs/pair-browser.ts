import type { AnswersSummary, AnswerTable } from '../../core/answers.ts';
import type {
  FeedbackCell,
  PairChanges,
  PairPage,
  PairQuery,
  PairSet,
  PairWishes,
  PreferencePair,
  TrainingFormat,
} from '../../core/preference-pairs.ts';
import type { ModelProvenance } from '../../core/report.ts';
import type { ScoreSettings } from '../../core/scorecard.ts';
import { pairsJson } from '../../io/write/pairs-json.ts';
import { balanceCsv, trainingFiles } from '../../io/write/training-files.ts';
import { answersOf } from '../answers-where.ts';
import { calmPairs } from '../votes/calm-vote.ts';
import { feedbackPairs } from './feedback-pairs.ts';
import { languageIdentifier } from '../identify-language.ts';
import { encodedFor, type EncodedAnswers } from '../votes/open-answers.ts';
import { pairSet } from './pair-set.ts';
import { exampleRows, preferencePairs, type PairSettings } from './preference-pairs.ts';
import { readingOf, type Reading } from '../reading.ts';
import { vote, type Election } from '../votes/vote.ts';

/** Pairs of one model on one task, with what their rows are traced by. */
export interface MadePairs {
  table: AnswerTable;
  choices: Int32Array;
  election: Election;
  set: PairSet;
  /** Of a plan; null without one. */
  cells: FeedbackCell[] | null;
  nameOf: (choice: number) => string;
}

/**
 * @param wishes `examples`: the targets themselves, agreement or not
 * @param encoded needed for open answers alone
 */
export function makePairs(
  whole: AnswerTable,
  settings: ScoreSettings,
  wishes: PairWishes,
  encoded: EncodedAnswers | null = null,
): MadePairs {
  const { order, voters, mode, task, model } = wishes;
  const reading = readingOf(answersOf(whole, task, model), {
    ...{ mode, settings, order },
    encoded: () => encodedFor(encoded, whole, model),
  });
  const { table, choices, nameOf } = reading;
  const election = vote(table, choices, { order, voters });
  const made = { table, choices, election, nameOf };
  if (mode !== 'calm')
    return { ...made, ...ownPairs({ ...reading, election }, wishes, settings.seed) };
  const calm = { profiles: settings.profiles, voters, truthIn: null };
  const set = calmPairs(table, choices, { election, settings: calm });
  return { ...made, set, cells: null };
}

function ownPairs(
  { table, choices, confidence, election }: Reading & { election: Election },
  { examples, filters, target, checkLanguage, plan, order }: PairWishes,
  seed: number,
): Pick<MadePairs, 'set' | 'cells'> {
  const identifier = checkLanguage ? languageIdentifier(table.languages) : null;
  const settings: PairSettings = {
    kind: target,
    refusals: filters.refusals,
    confidence,
    filters,
    isInLanguage: (text, language) =>
      identifier === null || identifier.isInLanguage(text, language),
  };
  if (plan !== null) {
    const feedback = { ...plan, order, seed };
    const set = feedbackPairs(table, choices, { election, settings, feedback });
    return { set, cells: set.cells };
  }
  const make = examples ? exampleRows : preferencePairs;
  return { set: make(table, choices, { election, settings }), cells: null };
}

/** The rows that a query finds, from `start` on, with their place in the set. */
export function pairPage(
  { table, election, set, cells }: MadePairs,
  { language, text, start, count }: PairQuery,
): PairPage {
  const words = text.toLowerCase();
  const found: number[] = [];
  set.pairs.forEach(({ language: own, input, target, rejected, question }, i) => {
    if (language !== null && own !== language) return;
    const texts = [table.questions[question].id, input, target.text, rejectedText(table, rejected)];
    if (texts.some((one) => one.toLowerCase().includes(words))) found.push(i);
  });
  const rows = found.slice(start, start + count).map((index) => {
    const {
      question,
      language: own,
      asked,
      instruction,
      input,
      target,
      rejected,
      flags,
      vote: row,
    } = set.pairs[index];
    return {
      index,
      id: table.questions[question].id,
      language: own,
      asked,
      share: election.votes.share[row],
      instruction,
      input,
      chosen: target.text,
      rejected: rejectedText(table, rejected),
      flags,
    };
  });
  const { leftOut, rejectedRight, known } = set;
  return {
    pairs: set.pairs.length,
    found: found.length,
    cells,
    rows,
    leftOut,
    rejectedRight,
    known,
  };
}

/** How pairs are written. */
export interface PairExport {
  isogloss: string;
  format: TrainingFormat;
  /** Whether each row carries where it comes from. */
  meta: boolean;
  changes: PairChanges;
  summary: AnswersSummary;
  settings: ScoreSettings;
  wishes: PairWishes;
  /** Of open answers. */
  encoder?: ModelProvenance | undefined;
}

/** Training files of the pairs that are not excluded, with edited texts in place and flagged, and their audit sheet. */
export function pairFiles(made: MadePairs, given: PairExport): Map<string, string> {
  const { table, election, choices, set, cells, nameOf } = made;
  const { format, meta, isogloss, summary, changes } = given;
  const { votes } = election;
  const pairs = changed(set.pairs, changes);
  const files = trainingFiles({ table, votes, choices, pairs, nameOf, format, meta });
  if (cells !== null) files.set('balance.csv', balanceCsv(cells, table));
  const { order, voters } = given.wishes;
  const head = { isogloss, ...settingsOf(given, table) };
  // What was rejected in place of an answer has no choice.
  const read = pairs.filter(({ rejectedText }) => rejectedText === undefined);
  const { known, rejectedRight } = pairSet(table, choices, { pairs: read, leftOut: {} });
  files.set(
    'pairs.json',
    pairsJson({
      head,
      table,
      set: { ...set, pairs, known, rejectedRight },
      votes,
      order,
      voters,
      summary,
    }),
  );
  return files;
}

function settingsOf(
  { settings, wishes, format, changes, encoder }: PairExport,
  { models, tasks, languages }: AnswerTable,
): Record<string, unknown> {
  const { mode, task, model, target, filters, checkLanguage, plan } = wishes;
  const { parser, profiles, seed } = settings;
  const read =
    mode === 'open'
      ? { mode: 'own', open: true, encoder }
      : { mode, parser: mode === 'calm' ? 'calm' : parser, profiles };
  const head = { ...read, format };
  const named = { ...head, task: tasks[task].name, model: models[model], seed };
  const byHand = { excluded: changes.excluded.length, edited: changes.edited.length };
  if (mode === 'calm') return { ...named, ...byHand };
  const pivot = plan === null || plan.pivot === null ? null : languages[plan.pivot].label;
  return { ...named, target, filters, checkLanguage, plan: plan && { ...plan, pivot }, ...byHand };
}

function changed(pairs: PreferencePair[], { excluded, edited }: PairChanges): PreferencePair[] {
  const left = new Set(excluded);
  const edits = new Map(edited);
  return pairs.flatMap((pair, i) => {
    const { chosen, rejected } = edits.get(i) ?? {};
    if (left.has(i)) return [];
    return [
      {
        ...pair,
        ...(chosen === undefined ? {} : { target: { ...pair.target, text: chosen } }),
        ...(rejected === undefined ? {} : { rejectedText: rejected }),
        flags: [
          ...pair.flags,
          ...(chosen === undefined ? [] : ['edited_chosen' as const]),
          ...(rejected === undefined ? [] : ['edited_rejected' as const]),
        ],
      },
    ];
  });
}

function rejectedText({ answers }: AnswerTable, rejected: number): string {
  return rejected < 0 ? '' : answers.text[rejected];
}
