import { isObject, textOf, type JsonRecord } from '../read/records.ts';
import { flagOf, listOfTexts } from './fields.ts';
import { fileWords } from './file-words.ts';
import {
  addHole,
  addQuestion,
  emptyList,
  listOf,
  type AnswerText,
  type FileAnswers,
  type QuestionList,
  type StatedQuestion,
} from './question-list.ts';

const TASK = 'truthfulqa';
const CSV_COLUMNS = ['Question', 'Best Answer', 'Correct Answers', 'Incorrect Answers'];

/** Whether records are TruthfulQA's: with `mc1_targets`, the columns of its CSV, or by language as in MTruthfulQA. */
export function isTruthfulqa({ records, keyed }: Pick<AnswerText, 'records' | 'keyed'>): boolean {
  const [{ value }] = records;
  if (keyed) return records.every(({ value: inner }) => Object.values(inner).some(isByLanguage));
  return (
    'mc1_targets' in value || 'mc2_targets' in value || CSV_COLUMNS.every((name) => name in value)
  );
}

function isByLanguage(value: unknown): boolean {
  return (
    isObject(value) && 'question' in value && 'answer_true' in value && 'answer_false' in value
  );
}

/** Reads questions with their true answers; those with `mc1_targets` have options, the others are open. */
export function fromTruthfulqa(file: AnswerText): FileAnswers {
  const lists = file.keyed ? listsByLanguage(file) : [oneLanguage(file)];
  return { format: 'truthfulqa', lists, training: [], issues: [] };
}

function oneLanguage({ name, records }: AnswerText): QuestionList {
  const stated = textOf(records.find(({ value }) => 'lang' in value)?.value.lang);
  const language = stated === '' ? fileWords(name).language : stated;
  return listOf(
    { file: name, task: TASK, language, model: '', variant: '' },
    records,
    (list, { value, line }) => {
      addQuestion(list, line, {
        id: textOf(value.id),
        ...('Question' in value ? fromColumns(value) : fromTargets(value)),
      });
    },
  );
}

function fromColumns(value: Record<string, unknown>): StatedQuestion {
  const best = textOf(value['Best Answer']).trim();
  const correct = listOfTexts(value['Correct Answers'], ';').filter(
    (text) => text !== '' && text !== best,
  );
  return { wording: { question: textOf(value.Question), truths: [best, ...correct] }, options: 0 };
}

function fromTargets(value: Record<string, unknown>): StatedQuestion {
  const { options, right } = targetsOf(value.mc1_targets);
  const many = targetsOf(value.mc2_targets);
  const correct = listOfTexts(value.correct_answers, '\0');
  const best = textOf(value.best_answer);
  const rest = correct.length > 0 ? correct : many.options.filter((_, i) => many.right[i]);
  const truths = [...new Set([...(best === '' ? [] : [best]), ...rest])];
  return {
    wording: { question: textOf(value.question), options, truths },
    options: options.length,
    gold: right.indexOf(true),
  };
}

/** `{choices: [...], labels: [...]}`, or an object from text to label; in a table, either as JSON. */
function targetsOf(stated: unknown): { options: string[]; right: boolean[] } {
  const targets: unknown = typeof stated === 'string' ? parsed(stated) : stated;
  if (!isObject(targets)) return { options: [], right: [] };
  if (!Array.isArray(targets.choices))
    return { options: Object.keys(targets), right: Object.values(targets).map(flagOf) };
  const labels = Array.isArray(targets.labels) ? targets.labels : [];
  return { options: listOfTexts(targets.choices), right: labels.map(flagOf) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function listsByLanguage({ name, records }: AnswerText): QuestionList[] {
  const languages = new Set(
    records.flatMap(({ value }) => Object.keys(value).filter((key) => isByLanguage(value[key]))),
  );
  return [...languages].map((language) => {
    const list = emptyList({ file: name, task: TASK, language, model: '', variant: '' });
    for (const record of records) addInLanguage(list, record, language);
    return list;
  });
}

function addInLanguage(
  list: QuestionList,
  { key = '', value, line }: JsonRecord,
  language: string,
): void {
  const inner = value[language];
  if (!isObject(inner)) {
    addHole(list, line);
    return;
  }
  const best = textOf(inner.answer_best);
  const truths = [best, ...listOfTexts(inner.answer_true, '\0').filter((text) => text !== best)];
  const wording = { question: textOf(inner.question), truths };
  addQuestion(list, line, { id: key, wording, options: 0 });
}
