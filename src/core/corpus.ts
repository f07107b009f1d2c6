import { AnalyzerError, type Issue } from './errors.ts';
import type { Language } from './language.ts';
import type { BiasByLayer } from './layers.ts';
import type { Matrix } from './matrix.ts';

/** A statement independent of language. */
export interface Fact {
  id: string;
  /** A group the file gives (topic, article, category), or ''. */
  topic: string;
}

/** The texts, one entry per rendering (one text of one fact in one language). Columns, so that they cross to a worker fast. */
export interface Renderings {
  text: string[];
  /** Index into `facts`. */
  fact: Int32Array;
  /** Index into `languages`. */
  language: Int32Array;
  /** Index into `files`. */
  file: Int32Array;
  /** 1-based line in that file. */
  line: Int32Array;
}

/** Facts x languages, holes allowed; at most one rendering for each pair. */
export interface ParallelCorpus {
  facts: Fact[];
  languages: Language[];
  files: SourceFile[];
  renderings: Renderings;
}

/** Texts and what an encoder, or whatever followed it, made of them. */
export interface EmbeddedCorpus {
  corpus: ParallelCorpus;
  /** Unit rows, row r for rendering r. [renderings, d] */
  vectors: Matrix;
}

export interface SourceFile {
  name: string;
  bytes: number;
  /** Hexadecimal, of the bytes as they were dropped (of the member, for a file inside a zip); '' where it could not be made. */
  sha256: string;
}

/** Row of each (fact, language) in the renderings, or -1 for a hole. Index: fact * languages.length + language. */
export function cellRows({ facts, languages, renderings }: ParallelCorpus): Int32Array {
  const cells = new Int32Array(facts.length * languages.length).fill(-1);
  for (let r = 0; r < renderings.text.length; r++) {
    cells[renderings.fact[r] * languages.length + renderings.language[r]] = r;
  }
  return cells;
}

/** Rows of the renderings of some facts, ascending. */
export function rowsOfFacts({ facts, renderings }: ParallelCorpus, wanted: Int32Array): Int32Array {
  const isWanted = new Uint8Array(facts.length);
  for (const fact of wanted) isWanted[fact] = 1;
  return Int32Array.from(renderings.fact.keys()).filter((r) => isWanted[renderings.fact[r]] === 1);
}

/** Rows in one language, ascending. */
export function rowsOfLanguage(language: Int32Array, l: number): Int32Array {
  return Int32Array.from(language.keys()).filter((r) => language[r] === l);
}

/** Rows of the renderings of each fact. */
export function rowsByFact(fact: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  fact.forEach((f, r) => {
    const known = rows.get(f);
    if (known === undefined) rows.set(f, [r]);
    else known.push(r);
  });
  return rows;
}

/** A corpus as far as its renderings are to be counted. */
export interface CountedCorpus extends Pick<ParallelCorpus, 'languages'> {
  renderings: Pick<ParallelCorpus['renderings'], 'language'>;
}

/** How many renderings each language has. */
export function countByLanguage({ languages, renderings }: CountedCorpus): Int32Array {
  const counts = new Int32Array(languages.length);
  for (const language of renderings.language) counts[language]++;
  return counts;
}

/** Indices of the facts that have a rendering in every language. */
export function completeFacts(corpus: ParallelCorpus): Int32Array {
  const counts = new Int32Array(corpus.facts.length);
  for (const fact of corpus.renderings.fact) counts[fact]++;
  const complete: number[] = [];
  counts.forEach((count, fact) => {
    if (count === corpus.languages.length) complete.push(fact);
  });
  return Int32Array.from(complete);
}

/**
 * Refuses a corpus in which nothing can be compared.
 *
 * @throws AnalyzerError `corpus/empty`, `corpus/too-few-languages`, `corpus/no-shared-facts`
 */
export function assertComparable({ facts, languages, renderings }: ParallelCorpus): void {
  if (facts.length === 0) {
    throw new AnalyzerError('corpus/empty', 'The files hold no facts.', {
      hint: 'Give files with the same facts in two or more languages.',
    });
  }
  if (languages.length < 2) {
    throw new AnalyzerError(
      'corpus/too-few-languages',
      `The files hold one language, ${languages[0].label}; a comparison needs two.`,
      { hint: 'Add a file, or a column, with the same facts in another language.' },
    );
  }
  const seen = new Uint8Array(facts.length);
  for (const fact of renderings.fact) if (++seen[fact] > 1) return;
  const labels = languages.map(({ label }) => label).join(', ');
  throw new AnalyzerError(
    'corpus/no-shared-facts',
    `No two of the languages ${labels} share a fact.`,
    {
      hint: 'Check that the files use the same fact ids, or have the same lines in the same order.',
    },
  );
}

/** Index of the language others are compared with unless the user says otherwise: English, else the one with most facts. */
export function defaultPivot(corpus: ParallelCorpus): number {
  const english = corpus.languages.findIndex(({ tag }) => tag === 'en');
  if (english >= 0) return english;
  const counts = countByLanguage(corpus);
  return counts.indexOf(Math.max(...counts));
}

/** Whether two corpora hold the same texts for the same facts and languages, in the same order. */
export function isSameCorpus(a: ParallelCorpus, b: ParallelCorpus): boolean {
  const texts = a.renderings.text;
  return (
    texts.length === b.renderings.text.length &&
    texts.every((text, r) => text === b.renderings.text[r]) &&
    a.renderings.fact.every((fact, r) => fact === b.renderings.fact[r]) &&
    a.renderings.language.every((language, r) => language === b.renderings.language[r]) &&
    a.languages.every(({ tag }, l) => tag === b.languages[l].tag)
  );
}

/** What a set of files was understood to say. */
export interface ReadResult {
  corpus: ParallelCorpus;
  issues: Issue[];
  sheets: SheetSummary[];
  /** Files that hold vectors instead of texts, by name. */
  vectorFiles: string[];
  /** Files that hold language bias by layer, as a FaMSS probe writes it. */
  probes: ({ file: string } & BiasByLayer)[];
}

export type FormatId =
  'wide-table' | 'long-table' | 'json-by-language' | 'lines' | 'xquad' | 'bmlama' | 'mkqa';

/** What a column of a sheet holds: nothing of use, the fact id, its topic, or the texts of a language. */
export type ColumnRole =
  | { kind: 'ignore' }
  | { kind: 'id' }
  | { kind: 'topic' }
  /** Long tables: the language of the row, and its text. */
  | { kind: 'language-label' }
  | { kind: 'long-text' }
  | { kind: 'text'; label: string };

export interface ColumnSummary {
  name: string;
  role: ColumnRole;
  /** The first value that is not empty, cut at 80 characters. */
  sample: string;
}

/** One table inside a file, and how it was understood. */
export interface SheetSummary {
  /** Unique; names the sheet in corrections. */
  key: string;
  file: string;
  format: FormatId;
  rows: number;
  columns: ColumnSummary[];
}

/** The user's corrections of what was understood. */
export interface ReadChoices {
  /** Roles by sheet key and column index; what is not named keeps the guess. */
  roles: Record<string, Record<number, ColumnRole>>;
  /** Label of a language as the file spells it -> what it should be read as; null leaves the language out. */
  languages: Record<string, string | null>;
  /** Sheets (by key) to leave out. */
  excluded: string[];
  /** Align files of unequal line counts by line all the same, cut to the shortest. Off unless the user asks. */
  truncateUnequal: boolean;
}

export const NO_CHOICES: ReadChoices = {
  roles: {},
  languages: {},
  excluded: [],
  truncateUnequal: false,
};
