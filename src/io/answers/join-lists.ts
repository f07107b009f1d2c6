import type { Issue } from '../../core/errors.ts';
import { counted, issue } from '../read/sheet.ts';
import { hasAnswers, type QuestionList } from './question-list.ts';

/** The questions of a task, and which of them each row of each list is. */
export interface JoinedLists {
  ids: string[];
  byPlace: boolean;
  /** Of the lists that could be joined, in their order; index of the question by row, -1 for holes. */
  lists: { list: QuestionList; question: Int32Array }[];
  issues: Issue[];
}

/** Share of ids, or of marks, in which two lists must agree to be taken for lists of the same questions. */
const SAME_IDS = 0.5;
const SAME_MARKS = 0.9;

/**
 * Joins the lists of one task: by id where ids are unique in each list and shared by its languages, else by place. A list
 * by place that has another length than the questions is joined only where its right answers agree with theirs as far as
 * both go; else nothing says which of its rows are missing, and it is left out.
 */
export function joinLists(lists: QuestionList[]): JoinedLists {
  const keyed = keyedLists(lists);
  const known = new Map<string, number>();
  for (const list of keyed)
    for (const id of list.ids) if (id !== null && !known.has(id)) known.set(id, known.size);
  const ids = keyed.size === 0 ? placeIds(lists) : [...known.keys()];
  const marks = ids.map(() => -1);
  const joined = new Map<QuestionList, Int32Array>();
  const issues: Issue[] = [];
  const rest = lists.filter((list) => !keyed.has(list));
  for (const list of [...keyed, ...fitting(rest, ids.length)]) {
    const problem = keyed.has(list) ? null : placeProblem(list, marks);
    if (problem !== null) {
      issues.push(problem);
      continue;
    }
    for (let q = ids.length; q < list.ids.length && !keyed.has(list); q++) {
      marks.push(-1);
      ids.push(String(q + 1));
    }
    const question = Int32Array.from(list.ids, (id, row) =>
      id === null ? -1 : keyed.has(list) ? (known.get(id) ?? -1) : row,
    );
    question.forEach((q, row) => {
      if (q !== -1 && marks[q] === -1) marks[q] = markOf(list, row);
    });
    joined.set(list, question);
  }
  const ordered = lists.flatMap((list) => {
    const question = joined.get(list);
    return question === undefined ? [] : [{ list, question }];
  });
  return { ids, byPlace: keyed.size === 0, lists: ordered, issues };
}

/** The lists that are joined by id: lists with answers decide, those without follow where they have the same ids. */
function keyedLists(lists: QuestionList[]): Set<QuestionList> {
  const answered = lists.filter(hasAnswers);
  const primary = answered.length > 0 ? answered : lists;
  const keyed = new Set(shared(primary.filter(isKeyed)));
  const known = new Set([...keyed].flatMap(({ ids }) => ids));
  for (const list of lists) {
    if (isKeyed(list) && shareOf(list.ids, known) >= SAME_IDS) keyed.add(list);
  }
  return keyed;
}

/** Lists with as many rows as there are questions come first: their right answers say whether the others fit. */
function fitting(lists: QuestionList[], questions: number): QuestionList[] {
  const fits = ({ ids }: QuestionList): boolean => ids.length === questions;
  return [...lists.filter(fits), ...lists.filter((list) => !fits(list))];
}

/** Whether every row has an id, and no two have the same. */
function isKeyed({ ids }: QuestionList): boolean {
  const seen = new Set<string>();
  for (const id of ids) {
    if (id === null) continue;
    if (id === '' || seen.has(id)) return false;
    seen.add(id);
  }
  return seen.size > 0;
}

/** The lists whose ids are those of the language with the most questions; none where languages number theirs differently. */
function shared(lists: QuestionList[]): QuestionList[] {
  const byLanguage = new Map<string, Set<string>>();
  for (const { language, ids } of lists) {
    const own = byLanguage.get(language) ?? new Set();
    byLanguage.set(language, own);
    for (const id of ids) if (id !== null) own.add(id);
  }
  const largest = [...byLanguage.values()].reduce(
    (a, b) => (b.size > a.size ? b : a),
    new Set<string>(),
  );
  const agree = lists.filter(({ ids }) => shareOf(ids, largest) >= SAME_IDS);
  const sameLength = lists.every(({ ids }) => ids.length === lists[0].ids.length);
  return agree.length < lists.length && sameLength ? [] : lists;
}

function shareOf(ids: (string | null)[], known: { has(id: string): boolean }): number {
  let given = 0;
  let found = 0;
  for (const id of ids) {
    if (id === null) continue;
    given++;
    if (known.has(id)) found++;
  }
  return given === 0 ? 0 : found / given;
}

/** Numbers from 1 on, as many as the usual list has rows; of several usual lengths the longest. */
function placeIds(lists: QuestionList[]): string[] {
  const counts = new Map<number, number>();
  for (const { ids } of lists) counts.set(ids.length, (counts.get(ids.length) ?? 0) + 1);
  const [length] = [...counts].reduce((a, b) =>
    b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a,
  );
  return Array.from({ length }, (_, place) => String(place + 1));
}

function placeProblem(list: QuestionList, marks: number[]): Issue | null {
  const agreement = agreementWith(list, marks);
  const rows = list.ids.length;
  if (agreement === null ? rows === marks.length : agreement >= SAME_MARKS) return null;
  const task = list.task === '' ? 'the other files' : list.task;
  const found =
    rows === marks.length
      ? `its right answers (or types of facts) agree with ${task} in ${percent(agreement ?? 0)} of the places`
      : `it has ${counted(rows, 'question')} and ${task} ${marks.length.toLocaleString('en')}`;
  const message = `${list.file} has no ids that ${task} shares, and ${found}: nothing says which questions these are. It is left out; add ids.`;
  return issue(list.file, ['error', 'unequal-lines'], message, { language: list.language });
}

/** Share of the places where both marks are known and the same; null where none is known in both. */
function agreementWith(list: QuestionList, marks: number[]): number | null {
  let both = 0;
  let same = 0;
  for (let row = 0; row < Math.min(marks.length, list.ids.length); row++) {
    const mark = markOf(list, row);
    if (mark === -1 || marks[row] === -1) continue;
    both++;
    if (mark === marks[row]) same++;
  }
  return both === 0 ? null : same / both;
}

/** By what a question is recognized in another language: its right answer, or the type of a fact that was made up. */
function markOf({ golds, fictions }: QuestionList, row: number): number {
  return golds[row] === -1 ? (fictions[row]?.type ?? -1) : golds[row];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
