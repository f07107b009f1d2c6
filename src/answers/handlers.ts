import type { AnswerTable } from '../core/answers.ts';
import type { Scorecard, ScoreSettings } from '../core/scorecard.ts';
import type { AnswerReader, AnswerSource } from '../io/answers/answer-source.ts';
import type { AnswersApi, NamedFile } from '../protocol/api.ts';
import { inTurn, type CallContext, type Handlers } from '../protocol/server.ts';
import { isProfiles, readProfiles } from '../io/read/from-profiles.ts';
import { isTaxonomy } from '../io/read/from-taxonomy.ts';
import {
  makePairs,
  pairFiles,
  pairPage,
  type MadePairs,
  type PairExport,
} from './pairs/pair-browser.ts';
import { questionsCsv } from '../io/write/score-lists.ts';
import { toScoreFiles } from '../io/write/to-scorecard.ts';
import { toJson } from '../io/write/to-json.ts';
import { toBundle, toZip } from '../io/write/to-zip.ts';
import { alignmentJoins } from './scores/alignment-join.ts';
import { coverageHandlers } from './coverage-handlers.ts';
import { lintHandlers } from './lint-handlers.ts';
import { modelDifferences } from './scores/model-difference.ts';
import { negativesHandlers } from './negatives-handlers.ts';
import {
  encodedAnswers,
  encodedFor,
  encodedSimilarities,
  openAnswers,
  openTexts,
  type EncodedAnswers,
} from './votes/open-answers.ts';
import { parseChoices } from './parse-choice.ts';
import { choiceGrid, questionAnswers } from './question-answers.ts';
import { scoreAnswers, type Scored } from './scores/scorecard.ts';
import { voteExport } from './votes/vote-export.ts';
import { voteSummary } from './votes/vote-summary.ts';

/** What the answers worker answers. The table stays here: a page asks for what it shows. */
export function answersHandlers(reader: AnswerReader): Handlers<AnswersApi> {
  const queue = inTurn();
  const open: OpenState = { encoded: null, revision: 0 };
  return {
    add: ({ files }, context) =>
      queue(async () => {
        const { left } = await reader.add(files.map(sourceOf), context);
        if (left.length < files.length) open.encoded = null;
        return { left, summary: reader.summary() };
      }),
    settingsAmong: ({ files }) => settingsAmong(files),
    profiles: ({ name, text }) => readProfiles(name, text),
    summary: () => queue(() => reader.summary()),
    remove: ({ file }) =>
      queue(() => {
        reader.remove(file);
        open.encoded = null;
        return reader.summary();
      }),
    clear: () =>
      queue(() => {
        reader.clear();
        open.encoded = null;
        return reader.summary();
      }),
    bundle: ({ manifest, folders }) =>
      queue(() => {
        const { files, issues } = reader.summary();
        return toBundle(folders, toJson({ ...manifest, files, issues }));
      }),
    ...scoreHandlers(reader, queue, open),
    ...questionHandlers(reader, queue),
    ...openHandlers(reader, queue, open),
    ...voteHandlers(reader, queue, open),
    ...lintHandlers(reader, queue),
    ...negativesHandlers(queue),
    ...coverageHandlers(reader, queue),
  };
}

/** Bytes of the largest file that is looked at for settings. */
const SETTINGS_BYTES = 1_000_000;

async function settingsAmong(
  files: NamedFile[],
): Promise<{ taxonomies: string[]; profiles: string[] }> {
  const small = files.filter(
    ({ name, content }) => name.endsWith('.json') && content.size <= SETTINGS_BYTES,
  );
  const texts = await Promise.all(
    small.map(async ({ name, content }) => ({ name, text: await content.text() })),
  );
  const namesOf = (isOne: (text: string) => boolean): string[] =>
    texts.filter(({ text }) => isOne(text)).map(({ name }) => name);
  return { taxonomies: namesOf(isTaxonomy), profiles: namesOf(isProfiles) };
}

/** Read in parts and one after the other: a drop may be larger than the memory. */
function sourceOf({ name, content }: NamedFile): AnswerSource {
  return {
    name,
    size: content.size,
    read: async (start, end) => new Uint8Array(await content.slice(start, end).arrayBuffer()),
  };
}

type Queue = ReturnType<typeof inTurn>;
type Calls<Name extends keyof AnswersApi> = Pick<Handlers<AnswersApi>, Name>;

/** Open answers that were encoded last. */
interface OpenState {
  encoded: EncodedAnswers | null;
  /** Grows as others are encoded. */
  revision: number;
}

function openHandlers(
  reader: AnswerReader,
  queue: Queue,
  open: OpenState,
): Calls<'openTexts' | 'takeOpenVectors' | 'openAnswers'> {
  return {
    openTexts: ({ model }) => queue(() => openTexts(reader.table(), model)),
    takeOpenVectors: (request) =>
      queue(() => {
        open.encoded = encodedAnswers(reader.table(), request);
        open.revision++;
      }),
    openAnswers: ({ settings: { seed }, task, model, order, voters }) =>
      queue(() => {
        const votes = { order, voters };
        return openAnswers(reader.table(), open.encoded, { task, model, seed, votes });
      }),
  };
}

function scoreHandlers(
  reader: AnswerReader,
  queue: Queue,
  open: OpenState,
): Calls<
  'scorecard' | 'scores' | 'difference' | 'joins' | 'comparisons' | 'questionFacts' | 'packScores'
> {
  const scoredBy = lastOf(scoreAnswers);
  const scored = (settings: ScoreSettings, context: CallContext): Promise<Scored> =>
    queue(() => scoredBy(reader.table(), settings, context));
  return {
    scorecard: async ({ settings }, context) =>
      withoutLists((await scored(settings, context)).scorecard),
    scores: async ({ settings, task, model }, context) => {
      const { scores } = (await scored(settings, context)).scorecard;
      const own = scores.find((one) => one.task === task && one.model === model);
      // A copy: its matrices are moved to the page.
      return own === undefined ? null : structuredClone(own);
    },
    difference: async ({ settings, task, models }, context) => {
      const own = (await scored(settings, context)).outcomes.filter((one) => one.task === task);
      return modelDifferences(own, models, settings.seed).at(0) ?? null;
    },
    joins: async ({ settings, task, model, alignments }, context) => {
      const { scorecard } = await scored(settings, context);
      const scores = scorecard.scores.filter((one) => one.task === task && one.model === model);
      return alignmentJoins({ ...scorecard, scores }, alignments).filter(
        (join) => join.task === task,
      );
    },
    comparisons: async ({ settings, models, alignments }, context) => {
      const { scorecard, outcomes } = await scored(settings, context);
      return {
        differences: models === null ? [] : modelDifferences(outcomes, models, settings.seed),
        joins: alignmentJoins(scorecard, alignments),
      };
    },
    questionFacts: () => queue(() => ({ csv: questionsCsv(reader.table()) })),
    packScores: async ({ settings, similarity, ...input }, context) => {
      const { scorecard } = await scored(settings, context);
      const { files, issues } = reader.summary();
      const table = reader.table();
      const { seed } = settings;
      const encoded = similarity ? encodedFor(open.encoded, table, null) : null;
      const similarities = encoded === null ? [] : encodedSimilarities(encoded, seed);
      const encoder = encoded?.encoder;
      const given = { ...input, scorecard, table, files, issues, similarities, encoder };
      return toZip(toScoreFiles(given));
    },
  };
}

function questionHandlers(reader: AnswerReader, queue: Queue): Calls<'grid' | 'question'> {
  const choicesOf = lastOf((table: AnswerTable, { parser, profiles }: ScoreSettings) =>
    parseChoices(table, { parser, profiles }),
  );
  return {
    grid: ({ settings, ...of }, context) =>
      queue(async () => {
        const table = reader.table();
        return choiceGrid(table, await choicesOf(table, settings, context), of);
      }),
    question: ({ settings, ...of }, context) =>
      queue(async () => {
        const table = reader.table();
        return questionAnswers(table, await choicesOf(table, settings, context), of);
      }),
  };
}

function voteHandlers(
  reader: AnswerReader,
  queue: Queue,
  open: OpenState,
): Calls<'votes' | 'packVotes' | 'pairs' | 'packPairs'> {
  type Asked = Pick<PairExport, 'settings' | 'wishes'>;
  const madeBy = lastOf((table: AnswerTable, { settings, wishes }: Asked & { revision: number }) =>
    makePairs(table, settings, wishes, open.encoded),
  );
  const made = ({ settings, wishes }: Asked, context: CallContext): Promise<MadePairs> =>
    madeBy(reader.table(), { settings, wishes, revision: open.revision }, context);
  return {
    votes: ({ settings, mode, task, model, order, voters }) =>
      queue(() => {
        const votes = { order, voters };
        const request = { settings, mode, task, model, votes };
        return voteSummary(reader.table(), request, open.encoded);
      }),
    packVotes: ({ isogloss, settings, mode, order, voters }) =>
      queue(() => {
        const summary = reader.summary();
        const given = { isogloss, summary, settings, mode, votes: { order, voters } };
        return toZip(voteExport(reader.table(), given, open.encoded));
      }),
    pairs: ({ settings, wishes, query }, context) =>
      queue(async () => pairPage(await made({ settings, wishes }, context), query)),
    packPairs: ({ settings, wishes, ...given }, context) =>
      queue(async () => {
        const pairs = await made({ settings, wishes }, context);
        const summary = reader.summary();
        const encoder = wishes.mode === 'open' ? open.encoded?.encoder : undefined;
        return toZip(pairFiles(pairs, { ...given, settings, wishes, summary, encoder }));
      }),
  };
}

/** Views ask for the same again: the result for the last table and settings is kept. */
function lastOf<Settings, T>(
  compute: (table: AnswerTable, settings: Settings, context: CallContext) => T | Promise<T>,
): (table: AnswerTable, settings: Settings, context: CallContext) => Promise<T> {
  let last: { table: AnswerTable; key: string; result: T } | undefined;
  return async (table, settings, context) => {
    const key = JSON.stringify(settings);
    if (last?.table !== table || last.key !== key)
      last = { table, key, result: await compute(table, settings, context) };
    return last.result;
  };
}

/** Lists of single questions are long where models are many. */
function withoutLists(card: Scorecard): Scorecard {
  const scores = card.scores.map((own) => ({
    ...own,
    conductivity: { ...own.conductivity, islands: [] },
    sharedWrong: own.sharedWrong && { ...own.sharedWrong, questions: [] },
  }));
  return structuredClone({ ...card, scores, difficulty: [] });
}
