import { cellRows, type ParallelCorpus } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import { copiesIn } from './check-copies.ts';
import { lengthOutliers } from './check-lengths.ts';
import { byLanguage, issueLog } from '../read/issue-log.ts';
import { countScript } from '../../core/scripts.ts';
import { issue, quoted } from '../read/sheet.ts';

/** A row with fewer letters says too little about its script (`DNA`, `Wi-Fi`). */
const FEWEST_LETTERS = 4;

/**
 * Findings about the texts of a corpus, at most 20 of a kind in a language and then a count: exact duplicates,
 * untranslated copies, wrong scripts, lengths that stand out. Each names its file and line. Pure.
 */
export function checkCorpus(corpus: ParallelCorpus): Issue[] {
  const log = issueLog(byLanguage);
  const cells = cellRows(corpus);
  const wrong = wrongScript(corpus, cells);
  const copies = copiesIn(corpus, cells, wrong);
  for (const finding of duplicates(corpus, cells)) log.add(finding);
  for (const [r, original] of copies) log.add(copyIssue(corpus, r, original));
  for (const [r, count] of wrong) if (!copies.has(r)) log.add(scriptIssue(corpus, r, count));
  for (const { row, factor } of lengthOutliers(corpus)) log.add(lengthIssue(corpus, row, factor));
  return log.all();
}

/** An issue about rendering r, at its file and line. */
function rowIssue(
  { renderings, files, languages }: ParallelCorpus,
  r: number,
  kind: [Issue['severity'], Issue['code']],
  message: string,
): Issue {
  const language = languages[renderings.language[r]].label;
  return issue(files[renderings.file[r]].name, kind, message, {
    line: renderings.line[r],
    language,
  });
}

/** Equal texts of two facts in one language, where the facts meet in another language too or there is only one. */
function* duplicates(corpus: ParallelCorpus, cells: Int32Array): Generator<Issue> {
  const { text, fact, language } = corpus.renderings;
  const first = corpus.languages.map(() => new Map<string, number>());
  for (let r = 0; r < text.length; r++) {
    const key = text[r].trim();
    const twin = first[language[r]].get(key);
    if (twin === undefined) first[language[r]].set(key, r);
    else if (meetElsewhere(corpus, cells, [fact[r], fact[twin], language[r]]))
      yield duplicateIssue(corpus, r, twin);
  }
}

function meetElsewhere(
  { languages }: ParallelCorpus,
  cells: Int32Array,
  [a, b, own]: [number, number, number],
): boolean {
  const count = languages.length;
  if (count === 1) return true;
  return languages.some(
    (_, l) => l !== own && cells[a * count + l] !== -1 && cells[b * count + l] !== -1,
  );
}

function duplicateIssue(corpus: ParallelCorpus, r: number, twin: number): Issue {
  const { text, fact, line, file } = corpus.renderings;
  const where = file[r] === file[twin] ? '' : ` of ${corpus.files[file[twin]].name}`;
  const message = `${quoted(text[r])} is the text of fact ${quoted(corpus.facts[fact[twin]].id)} in line ${line[twin]}${where} as well; neither can be told from the other.`;
  return rowIssue(corpus, r, ['warning', 'duplicate-text'], message);
}

function copyIssue(corpus: ParallelCorpus, r: number, original: number): Issue {
  const { languages, renderings } = corpus;
  const own = languages[renderings.language[r]];
  const other = languages[renderings.language[original]];
  const message = `${quoted(renderings.text[r])} is the ${other.name} text of the same fact; it was probably never translated into ${own.name}.`;
  return rowIssue(corpus, r, ['warning', 'untranslated-copy'], message);
}

/**
 * Share of letters in the expected script, by rendering, where it is below one half. In a text that has some of them,
 * words that stand in another rendering of the fact as well do not count: names keep their script.
 */
function wrongScript(corpus: ParallelCorpus, cells: Int32Array): Map<number, number> {
  const { languages, renderings } = corpus;
  const wrong = new Map<number, number>();
  const shareOf = (text: string, language: number): number => {
    const count = countScript(text, languages[language].script);
    if (count === null || count.letters < FEWEST_LETTERS) return 1;
    return count.expected / count.letters;
  };
  renderings.text.forEach((text, r) => {
    const language = renderings.language[r];
    const share = shareOf(text, language);
    if (share >= 0.5) return;
    if (share > 0 && shareOf(withoutNames(corpus, cells, r), language) >= 0.5) return;
    wrong.set(r, share);
  });
  return wrong;
}

const WORD = /[\p{L}\p{M}]+/gu;

/** The text without the words that another rendering of its fact has too. */
function withoutNames(
  { languages, renderings }: ParallelCorpus,
  cells: Int32Array,
  r: number,
): string {
  const L = languages.length;
  const start = renderings.fact[r] * L;
  const others = Array.from(cells.subarray(start, start + L)).filter((o) => o >= 0 && o !== r);
  const known = new Set(others.flatMap((o) => renderings.text[o].match(WORD) ?? []));
  return renderings.text[r].replace(WORD, (word) => (known.has(word) ? '' : word));
}

function scriptIssue(corpus: ParallelCorpus, r: number, share: number): Issue {
  const { languages, renderings } = corpus;
  const { name, script } = languages[renderings.language[r]];
  const found = share === 0 ? 'No letter' : `Only ${Math.round(share * 100)} % of the letters`;
  const message = `${found} of ${quoted(renderings.text[r])} belongs to the script expected for ${name} (${script}).`;
  return rowIssue(corpus, r, ['warning', 'wrong-script'], message);
}

function lengthIssue(corpus: ParallelCorpus, r: number, factor: number): Issue {
  const { languages, renderings } = corpus;
  const language = languages[renderings.language[r]].name;
  const times = (factor < 1 ? 1 / factor : factor).toFixed(1);
  const message = `${quoted(renderings.text[r])} is ${times} times ${factor < 1 ? 'shorter' : 'longer'} than texts of this fact usually are in ${language}.`;
  return rowIssue(corpus, r, ['note', 'length-outlier'], message);
}
