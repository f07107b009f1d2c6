import type { PreferenceSource } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { PairRow, PairWishes, PlanWishes } from '../core/preference-pairs.ts';
import { countOf } from '../report/words/answer-words.ts';
import type { Answering } from './answering.svelte.ts';
import type { Encoding } from './encoding.svelte.ts';
import type { ErrandOptions } from './errand.svelte.ts';
import type { AnswerPreferences } from './lab-fit.ts';

/** Rows that cross at once. */
const PAGE = 2000;
/** A vote that is nearly tied says as good as nothing; label smoothing of a half would say nothing at all. */
const MOST_NOISE = 0.49;

/** Where pairs of answers come from. */
export interface AnswerSource {
  answering: Answering;
  encoding: Encoding;
  /** Of the facts; pairs in others are left out. */
  languages: Language[];
  source: Exclude<PreferenceSource, 'facts'>;
  /** Whose answers, on what: indices of the answers side. */
  of: { task: number; model: number };
}

/**
 * Pairs of the answers side as preferences over texts: the question, the answer that the vote chose, and one that it
 * outvoted. Each text is encoded once. Noise is 1 - share of the vote.
 */
export async function preferencesOfAnswers(
  { answering, encoding, languages, source, of }: AnswerSource,
  options: ErrandOptions,
): Promise<AnswerPreferences> {
  const wishes = pairWishes(answering, source, of);
  const rows = await allRows(answering, wishes, options);
  const places = placesAmong(answering, languages);
  const usable = rows.filter(
    ({ asked, language, rejected, flags }) =>
      rejected !== '' &&
      places[asked] >= 0 &&
      places[language] >= 0 &&
      // Such a text is not of its row's language, by whose mean it would be centred.
      !flags.includes('needs_translation'),
  );
  if (usable.length === 0) throw nothingToPrefer(rows.length);
  const texts = new TextRows();
  const groups = new Map<string, number>();
  const column = (value: (row: PairRow) => number): Int32Array => Int32Array.from(usable, value);
  const query = column((row) => texts.rowOf(questionOf(row), places[row.asked]));
  const chosen = column((row) => texts.rowOf(row.chosen, places[row.language]));
  const rejected = column((row) => texts.rowOf(row.rejected, places[row.language]));
  const group = column(({ id }) => groups.get(id) ?? groups.set(id, groups.size).size - 1);
  const { vectors, model } = await encoding.encodeTexts(texts.texts, options);
  return {
    pairs: {
      source,
      vectors,
      language: Int32Array.from(texts.languages),
      query,
      chosen,
      rejected,
      group,
      noise: Float32Array.from(usable, ({ share }) => Math.min(MOST_NOISE, Math.max(0, 1 - share))),
    },
    model,
    notices: [...calmNotices(answering), ...leftOutNotices(rows, usable.length)],
  };
}

/** Those that the answers side shows; feedback asks in one language and answers in another. */
function pairWishes(
  answering: Answering,
  source: AnswerSource['source'],
  of: AnswerSource['of'],
): PairWishes {
  const first = answering.summary;
  if (first === null || first.counts.answers === 0) {
    throw new AnalyzerError('usage', 'There are no answers of models to make preferences of.', {
      hint: 'Drop files of what models answered, or take the facts as the source of the pairs.',
    });
  }
  const wishes = answering.pairWishes(of, false);
  const mode = wishes.mode === 'calm' ? 'own' : wishes.mode;
  return { ...wishes, mode, plan: source === 'votes' ? null : (wishes.plan ?? planOf(answering)) };
}

function planOf({ settings: { pivot }, pairing }: Answering): PlanWishes {
  const { cap, same, wishes } = pairing;
  return pivot < 0
    ? { plan: 'ring', pivot: null, cap, same, wishes }
    : { plan: 'to-pivot', pivot, cap, same, wishes };
}

async function allRows(
  answering: Answering,
  wishes: PairWishes,
  options: ErrandOptions,
): Promise<PairRow[]> {
  const rows: PairRow[] = [];
  for (;;) {
    const query = { language: null, text: '', start: rows.length, count: PAGE };
    const page = await answering.pairs(wishes, query, options);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.found) return rows;
  }
}

/** Place of each language of the answers among those of the facts, or -1. */
function placesAmong({ summary }: Answering, languages: Language[]): number[] {
  return (summary?.languages ?? []).map(({ tag }) => languages.findIndex((own) => own.tag === tag));
}

/** Texts in a language, each once. */
class TextRows {
  readonly texts: string[] = [];
  readonly languages: number[] = [];
  readonly #rows = new Map<string, number>();

  rowOf(text: string, language: number): number {
    const key = `${language} ${text}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.texts.length);
    this.languages.push(language);
    return this.texts.push(text) - 1;
  }
}

function questionOf({ instruction, input }: PairRow): string {
  return [instruction, input].filter((part) => part !== '').join('\n');
}

function calmNotices({ voting }: Answering): string[] {
  return voting.mode !== 'calm'
    ? []
    : [
        'The pairs are made of own votes, read by the parser of the scores: CALM puts its targets together of explanations in other languages, which no map of a language fits.',
      ];
}

function leftOutNotices(rows: PairRow[], used: number): string[] {
  const left = rows.length - used;
  return left === 0
    ? []
    : [
        `${countOf(left, 'pair')} of ${rows.length.toLocaleString('en')} are in languages that the facts lack, reject no text or choose one of another language: they are left out.`,
      ];
}

function nothingToPrefer(rows: number): AnalyzerError {
  return rows === 0
    ? new AnalyzerError('usage', 'The votes make no pairs with the settings of the answers side.', {
        hint: 'Its view Pairs says why; change the settings there, or take the facts as the source of the pairs.',
      })
    : new AnalyzerError(
        'usage',
        `None of ${countOf(rows, 'pair')} of the votes is in two languages of the facts.`,
        { hint: 'Add facts in the languages of the answers, or take the facts as the source.' },
      );
}
