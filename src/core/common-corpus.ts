import { cellRows, type ParallelCorpus } from './corpus.ts';
import { AnalyzerError } from './errors.ts';

/** What two corpora both hold, by fact id and language tag. */
export interface CommonCorpus {
  /** Facts, languages and texts as they stand in the first corpus. */
  corpus: ParallelCorpus;
  /** Row of each rendering in the first and in the second corpus. */
  rows: [first: Int32Array, second: Int32Array];
  /** Renderings whose text is another in the second corpus. */
  otherTexts: number;
}

/**
 * The renderings that two corpora share.
 *
 * @throws AnalyzerError `corpus/nothing-in-common`
 */
export function commonCorpus(first: ParallelCorpus, second: ParallelCorpus): CommonCorpus {
  const cells = cellRows(second);
  const facts = new Map(second.facts.map(({ id }, i) => [id, i]));
  const languages = new Map(second.languages.map(({ tag }, i) => [tag, i]));
  const twinOf = (_: unknown, r: number): number => {
    const fact = facts.get(first.facts[first.renderings.fact[r]].id);
    const language = languages.get(first.languages[first.renderings.language[r]].tag);
    if (fact === undefined || language === undefined) return -1;
    return cells[fact * second.languages.length + language];
  };
  const twins = first.renderings.text.map(twinOf);
  const own = Int32Array.from(twins.keys()).filter((r) => twins[r] >= 0);
  if (own.length === 0) throw nothingInCommon(first, second);
  const theirs = own.map((r) => twins[r]);
  const isOther = (r: number, i: number): boolean =>
    first.renderings.text[r] !== second.renderings.text[theirs[i]];
  return {
    corpus: takeRenderings(first, own),
    rows: [own, theirs],
    otherTexts: own.filter(isOther).length,
  };
}

/** The corpus of some renderings only, in the order given; facts and languages that have none left are left out. */
export function takeRenderings(corpus: ParallelCorpus, rows: Int32Array): ParallelCorpus {
  const { renderings } = corpus;
  const facts = kept(corpus.facts, renderings.fact, rows);
  const languages = kept(corpus.languages, renderings.language, rows);
  return {
    facts: facts.entries,
    languages: languages.entries,
    files: corpus.files,
    renderings: {
      text: Array.from(rows, (r) => renderings.text[r]),
      fact: rows.map((r) => facts.index[renderings.fact[r]]),
      language: rows.map((r) => languages.index[renderings.language[r]]),
      file: rows.map((r) => renderings.file[r]),
      line: rows.map((r) => renderings.line[r]),
    },
  };
}

/** The entries that some rendering names, and the new index of each old one. */
function kept<T>(
  entries: T[],
  named: Int32Array,
  rows: Int32Array,
): { entries: T[]; index: Int32Array } {
  const index = new Int32Array(entries.length).fill(-1);
  for (const r of rows) index[named[r]] = 0;
  let count = 0;
  for (let i = 0; i < index.length; i++) if (index[i] === 0) index[i] = count++;
  return { entries: entries.filter((_, i) => index[i] >= 0), index };
}

function nothingInCommon(first: ParallelCorpus, second: ParallelCorpus): AnalyzerError {
  const words = ({ facts, languages }: ParallelCorpus): string =>
    `${facts.length.toLocaleString('en')} facts (${facts[0]?.id ?? 'none'} …) in ${languages.map(({ tag }) => tag).join(', ')}`;
  return new AnalyzerError(
    'corpus/nothing-in-common',
    `The two runs share no text: one has ${words(first)}, the other ${words(second)}.`,
    { hint: 'Compare runs over the same fact ids and languages.' },
  );
}
