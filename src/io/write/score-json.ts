import type { ScoreExport, TaskScores } from '../../core/scorecard.ts';
import { toJson } from './to-json.ts';

/** Everything, with what it was made from and how. Matrices are rows of rows; what is not defined is null. */
export function scorecardJson({
  isogloss,
  scorecard,
  table,
  files,
  issues,
  differences,
  similarities,
  encoder,
  joins,
}: ScoreExport) {
  const { settings, tasks, models, languages, notices, parsers, laterSamples } = scorecard;
  const label = (l: number): string => languages[l].tag;
  const id = (q: number): string => table.questions[q].id;
  const named = <T extends { task: number; model: number; languages: number[] }>(one: T) => ({
    ...plain(one, one.languages.length),
    task: tasks[one.task],
    model: models[one.model],
    languages: one.languages.map(label),
  });
  return toJson({
    isogloss,
    settings: { ...settings, pivot: settings.pivot < 0 ? null : label(settings.pivot) },
    units: 'shares in [0, 1]; matrices from row to column, languages in the order of their entry',
    tasks,
    models,
    languages: languages.map(({ label: own, tag }) => ({ label: own, tag })),
    parsers: {
      ...parsers,
      byModel: Object.fromEntries(parsers.byModel.map((counts, m) => [models[m], counts])),
      byLanguage: Object.fromEntries(parsers.byLanguage.map((counts, l) => [label(l), counts])),
    },
    laterSamples,
    notices,
    files,
    issues,
    scores: scorecard.scores.map((scores) => ({ ...named(scores), ...listsOf(scores, id, label) })),
    freeText: scorecard.freeText.map(named),
    truthful: scorecard.truthful.map(named),
    rankings: scorecard.rankings.map(named),
    differences: differences.map(({ task, models: pair, rows }) => ({
      task: tasks[task],
      models: pair.map((model) => models[model]),
      rows: rows.map((row) => ({ ...row, language: label(row.language) })),
    })),
    similarities: similarities.map((one) => ({
      ...one,
      task: tasks[one.task],
      model: models[one.model],
    })),
    ...(encoder && { encoder }),
    alignment: joins.map((join) => ({
      ...join,
      task: tasks[join.task],
      model: join.model < 0 ? null : models[join.model],
    })),
  });
}

/** What names questions and languages. */
function listsOf(
  { conductivity, sharedWrong, languages }: TaskScores,
  id: (question: number) => string,
  label: (language: number) => string,
) {
  return {
    conductivity: {
      ...plain(conductivity, languages.length),
      islands: conductivity.islands.map(({ question, language }) => ({
        question: id(question),
        language: label(language),
      })),
    },
    sharedWrong: sharedWrong && {
      ...sharedWrong,
      questions: sharedWrong.questions.map((one) => ({ ...one, question: id(one.question) })),
    },
  };
}

/** An object whose matrices [L, L], at any depth, are rows of rows. */
function plain<T extends object>(value: T, L: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, rowsOf(part, L)]),
  );
}

function rowsOf(value: unknown, L: number): unknown {
  if (value instanceof Float64Array)
    return Array.from({ length: L }, (_, i) => Array.from(value.subarray(i * L, (i + 1) * L)));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return plain(value, L);
}
