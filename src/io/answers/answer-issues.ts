import { letterOf, wordingOf, type AnswerTable } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import { issueLog, type IssueLog } from '../read/issue-log.ts';
import { counted, issue } from '../read/sheet.ts';
import type { JoinedTask } from './assemble-answers.ts';
import { hasAnswers, type QuestionList } from './question-list.ts';

export interface UnitFindings {
  joined: JoinedTask[];
  languageOf(label: string): number;
}

type Unit = JoinedTask['lists'][number];

/** Longer answers are kept, and named. Characters. */
const LONG = 100_000;
const LETTERS = 26;

/**
 * What does not fit together in a table of answers. Right answers outside of their options are taken away: whoever
 * compares with them would count every answer as wrong.
 */
export function unitIssues(table: AnswerTable, { joined, languageOf }: UnitFindings): Issue[] {
  const log = issueLog(({ code, severity }) => `${severity} ${code}`);
  languageIssues(table, joined, log);
  let start = 0;
  joined.forEach((task, t) => {
    const own = { task, start, table, log };
    goldIssues(own);
    truthIssues(own, languageOf);
    placeIssues(own);
    languageCounts(own, languageOf);
    modelLanguages(own, languageOf);
    optionIssues(own, t);
    for (const { list } of task.lists) answerIssues(list, log);
    start += task.ids.length;
  });
  return log.all();
}

interface Own {
  task: JoinedTask;
  start: number;
  table: AnswerTable;
  log: IssueLog;
}

function languageIssues({ languages }: AnswerTable, joined: JoinedTask[], log: IssueLog): void {
  const fileOf = new Map<string, string>();
  for (const { lists } of joined)
    for (const { list } of lists)
      if (!fileOf.has(list.language)) fileOf.set(list.language, list.file);
  const nameless = fileOf.get('');
  if (nameless !== undefined) {
    const message = `Neither a folder, nor the name, nor a field of ${nameless} names a language; its rows are kept under "und".`;
    log.add(issue(nameless, ['warning', 'unknown-language'], message));
  }
  for (const { label, known } of languages) {
    const file = fileOf.get(label);
    if (known || file === undefined) continue;
    const message = `The language "${label}" of ${file} is no code or name that is known; it is kept as it stands.`;
    log.add(issue(file, ['warning', 'unknown-language'], message, { language: label }));
  }
}

/** Right answers that lie outside of the options, and files that disagree about them. */
function goldIssues({ task, start, table, log }: Own): void {
  const { questions } = table;
  const stated = Int32Array.from(task.ids, (_, q) => questions[start + q].gold);
  for (const { list, question } of task.lists) {
    let differing = 0;
    let both = 0;
    let line = 0;
    question.forEach((q, row) => {
      const gold = list.golds[row];
      if (q === -1 || gold === -1) return;
      const asked = questions[start + q];
      if (asked.options > 0 && gold >= asked.options) {
        log.add(goldOutside(list, row, asked.options));
        asked.gold = -1;
      }
      both++;
      if (gold === stated[q]) return;
      differing++;
      line ||= list.lines[row];
    });
    if (differing > 0) log.add(goldsDiffer(list, { differing, both, line }));
  }
}

/** Files that disagree about the truths of open questions. */
function truthIssues({ task, start, table, log }: Own, languageOf: Languages): void {
  for (const { list, question } of task.lists) {
    const differs = (q: number, row: number): boolean => {
      const truths = list.wordings[row]?.truths ?? [];
      const kept = wordingOf(table, start + q, languageOf(list.language))?.truths ?? [];
      return q !== -1 && truths.length > 0 && truths.join('\0') !== kept.join('\0');
    };
    const rows = [...question.keys()].filter((row) => differs(question[row], row));
    if (rows.length === 0) continue;
    const message = `${list.file} gives other truths for ${counted(rows.length, 'question')} than the files before it; those of the first file are kept, and answers are compared with them.`;
    log.add(
      issue(list.file, ['error', 'duplicate-id'], message, {
        line: list.lines[rows[0]],
        language: list.language,
      }),
    );
  }
}

function goldOutside(
  { file, golds, lines, ids, language }: QuestionList,
  row: number,
  options: number,
): Issue {
  const id = ids[row] === '' ? String(row + 1) : ids[row];
  const message = `The right answer of question ${id} is ${letterOf(golds[row])}, but it has ${counted(options, 'option')}; it counts as a question without a right answer.`;
  return issue(file, ['warning', 'bad-row'], message, { line: lines[row], language });
}

function goldsDiffer(
  { file, language }: QuestionList,
  { differing, both, line }: { differing: number; both: number; line: number },
): Issue {
  const severity = differing * 10 > both ? 'error' : 'warning';
  const message = `${file} gives ${counted(differing, 'right answer')} of ${both.toLocaleString('en')} otherwise than the files before it; those of the first file are kept, and answers are compared with them.`;
  return issue(file, [severity, 'duplicate-id'], message, { line, language });
}

/** Files whose ids could not be used, and ids that no file of questions has. */
function placeIssues({ task, log }: Own): void {
  const items = task.lists.filter(
    ({ list }) => !hasAnswers(list) && list.ids.some((id) => id !== null && id !== ''),
  );
  const known = new Set(items.flatMap(({ question }) => [...question]));
  const named = task.lists.find(({ list }) => list.ids.some((id) => id !== null && id !== ''));
  if (task.byPlace && named !== undefined) {
    const message = `Questions of ${task.name || 'these files'} are joined by their places, since ids are missing, repeat within a file or differ between languages.`;
    log.add(issue(named.list.file, ['note', 'duplicate-id'], message));
  }
  if (items.length === 0 || task.byPlace) return;
  for (const { list, question } of task.lists) {
    const row = question.findIndex((q) => q !== -1 && !known.has(q));
    if (row === -1 || !hasAnswers(list)) continue;
    const unknown = question.reduce((sum, q) => sum + (q !== -1 && !known.has(q) ? 1 : 0), 0);
    const message = `${list.file} answers ${counted(unknown, 'question')} that no file of questions has, the first one ${list.ids[row]}; they are kept without wording.`;
    log.add(
      issue(list.file, ['warning', 'bad-row'], message, {
        line: list.lines[row],
        language: list.language,
      }),
    );
  }
}

/** Languages that have other questions than the rest. */
function languageCounts({ task, table, log }: Own, languageOf: Languages): void {
  const asked = new Map<number, Set<number>>();
  const answered = task.lists.filter(({ list }) => hasAnswers(list));
  for (const { list, question } of answered.length > 0 ? answered : task.lists) {
    const own = asked.get(languageOf(list.language)) ?? new Set<number>();
    asked.set(languageOf(list.language), own);
    for (const q of question) if (q !== -1) own.add(q);
  }
  const sizes = [...asked].map(([language, own]) => ({ language, size: own.size }));
  const all = new Set([...asked.values()].flatMap((own) => [...own])).size;
  if (sizes.every(({ size }) => size === all)) return;
  const counts = sizes.map(
    ({ language, size }) => `${table.languages[language].label} ${size.toLocaleString('en')}`,
  );
  const message = `Languages of ${task.name || 'these files'} have unequal sets of questions: ${counts.join(', ')} of ${all.toLocaleString('en')}; languages are compared on the questions that both have.`;
  log.add(issue(task.lists[0].list.file, ['warning', 'unequal-lines'], message));
}

type Languages = UnitFindings['languageOf'];

/** Models that lack languages which other models of the task have. */
function modelLanguages({ task, table, log }: Own, languageOf: Languages): void {
  const byModel = new Map<string, Unit[]>();
  for (const unit of task.lists) {
    if (!hasAnswers(unit.list)) continue;
    byModel.set(unit.list.model, [...(byModel.get(unit.list.model) ?? []), unit]);
  }
  const all = new Set([...byModel.values()].flat().map(({ list }) => languageOf(list.language)));
  for (const [model, units] of byModel) {
    const own = new Set(units.map(({ list }) => languageOf(list.language)));
    const missing = [...all].filter((language) => !own.has(language));
    if (missing.length === 0) continue;
    const labels = missing.map((language) => table.languages[language].label).join(', ');
    const message = `${model || 'The unnamed model'} has no answers of ${task.name || 'these files'} in ${labels}, where other models have.`;
    log.add(issue(units[0].list.file, ['warning', 'unequal-lines'], message));
  }
}

function optionIssues({ start, task, table, log }: Own, t: number): void {
  const q = task.ids.findIndex((_, i) => table.questions[start + i].options > LETTERS);
  if (q === -1) return;
  const { id, options } = table.questions[start + q];
  const message = `Question ${id} of ${table.tasks[t].name || 'these files'} has ${options} options; after Z they are called AA, AB and so on.`;
  log.add(issue(task.lists[0].list.file, ['note', 'length-outlier'], message));
}

function answerIssues(list: QuestionList, log: IssueLog): void {
  const { text, row } = list.answers;
  const { file, language, lines } = list;
  if (text.length > 0 && text.every((answer) => answer.trim() === '')) {
    const message = `All ${counted(text.length, 'answer')} of ${file} are empty; they count as invalid.`;
    log.add(issue(file, ['warning', 'empty-text'], message, { language }));
  }
  const long = text.findIndex((answer) => answer.length > LONG);
  if (long === -1) return;
  const message = `An answer of ${file} has ${text[long].length.toLocaleString('en')} characters; it is kept whole.`;
  log.add(issue(file, ['note', 'length-outlier'], message, { line: lines[row[long]], language }));
}
