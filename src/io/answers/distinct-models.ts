import type { Issue } from '../../core/errors.ts';
import { toLanguage } from '../../core/language.ts';
import { issue, splitPath } from '../read/sheet.ts';
import { hasAnswers, type QuestionList } from './question-list.ts';

/**
 * Tells files apart that give answers of one model to the same questions: the variant that most files of the model have
 * keeps its name, the others are named after their files; a file that repeats another one's answers is left out.
 */
export function distinctModels(lists: QuestionList[]): { lists: QuestionList[]; issues: Issue[] } {
  const variants = countBy(lists, variantKey);
  const groups = new Map<string, QuestionList[]>();
  for (const list of lists) {
    if (!hasAnswers(list)) continue;
    const key = `${list.task}\0${toLanguage(list.language).tag}\0${list.model}`;
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  const issues: Issue[] = [];
  const names = new Map<QuestionList, string | null>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const ranked = [...group].sort(
      (a, b) => (variants.get(variantKey(b)) ?? 0) - (variants.get(variantKey(a)) ?? 0),
    );
    ranked.forEach((list, rank) => {
      const taken = ranked.slice(0, rank).filter((other) => sharesQuestions(list, other));
      if (taken.length === 0) return;
      const copy = taken.find((other) => sameAnswers(list, other));
      const name =
        copy === undefined
          ? distinctName(
              list,
              taken.map((other) => names.get(other) ?? other.model),
            )
          : null;
      names.set(list, name);
      issues.push(copy === undefined ? renamed(list, taken[0], name ?? '') : repeated(list, copy));
    });
  }
  const kept = lists.flatMap((list) => {
    const name = names.get(list);
    if (name === null) return [];
    return [name === undefined ? list : { ...list, model: name }];
  });
  return { lists: kept, issues };
}

/** What of a file's name belongs to the variant: what follows the model. */
function variantKey({ task, model, variant }: QuestionList): string {
  return `${task}\0${model}\0${variant}`;
}

function countBy<T>(items: T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** By ids where both have them; lists by place share their places. */
function sharesQuestions(a: QuestionList, b: QuestionList): boolean {
  const ids = new Set(a.ids);
  ids.delete(null);
  return ids.has('') || b.ids.includes('') || b.ids.some((id) => id !== null && ids.has(id));
}

function sameAnswers(a: QuestionList, b: QuestionList): boolean {
  const equal = <T>(left: T[], right: T[]): boolean =>
    left.length === right.length && left.every((value, i) => value === right[i]);
  return (
    a.rankings.length + a.likelihoods.length + b.rankings.length + b.likelihoods.length === 0 &&
    equal(a.ids, b.ids) &&
    equal(a.answers.row, b.answers.row) &&
    equal(a.answers.text, b.answers.text)
  );
}

function distinctName({ file, variant, model }: QuestionList, taken: string[]): string {
  const stem = variant === '' ? splitPath(file).base.replace(/\.[a-z]+$/i, '') : variant;
  return taken.includes(stem) || stem === model ? file : stem;
}

function renamed({ file, model }: QuestionList, other: QuestionList, name: string): Issue {
  const message = `${file} holds answers of ${model === '' ? 'the same model' : model} to questions that ${other.file} answers too; they are kept as a model of their own, ${name}.`;
  return issue(file, ['warning', 'duplicate-id'], message);
}

function repeated({ file, model }: QuestionList, { file: other }: QuestionList): Issue {
  const message = `${file} repeats the answers of ${other}${model === '' ? '' : ` (${model})`}; it is left out.`;
  return issue(file, ['warning', 'duplicate-text'], message);
}
