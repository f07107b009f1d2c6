import type { AnswerTable } from '../../../src/core/answers.ts';

/** The counts and sums by task that test/golden/answers.py writes, of a table. Lengths are in UTF-16 units. */
export function answerDigest(table: AnswerTable) {
  const { tasks, training, languages } = table;
  return {
    tasks: Object.fromEntries(tasks.map(({ name }, t) => [name, taskDigest(table, t)])),
    training: {
      rows: training.length,
      languages: sorted(
        training.map(({ language }) => (language === -1 ? '' : languages[language].tag)),
      ),
      inputUnits: sum(training, ({ input }) => input.length),
      chosenUnits: sum(training, ({ chosen }) => chosen.length),
      pairs: training.filter(({ rejected }) => rejected !== null).length,
    },
  };
}

function taskDigest(table: AnswerTable, task: number) {
  const { questions, wordings, languages, models, answers, rankings, likelihoods } = table;
  const isOwn = (question: number): boolean => questions[question].task === task;
  const own = questions.filter((question) => question.task === task);
  const cells = wordings.flatMap((wording, cell) => {
    const language = languages[cell % languages.length].tag;
    return wording !== null && isOwn(Math.floor(cell / languages.length))
      ? [{ wording, language }]
      : [];
  });
  const rows = answers.text.flatMap((_, a) => (isOwn(answers.question[a]) ? [a] : []));
  const ranked = rankings.filter(({ question }) => isOwn(question));
  const likely = likelihoods.filter(({ question }) => isOwn(question));
  return {
    questions: own.length,
    golds: own.filter(({ gold }) => gold !== -1).length,
    goldSum: sum(own, ({ gold }) => gold),
    optionSum: sum(own, ({ options }) => options),
    taughtOnce: own.filter(({ fiction }) => fiction?.type === 1).length,
    wordings: cells.length,
    promptUnits: sum(cells, ({ wording }) => wording.prompt.length),
    truths: sum(cells, ({ wording }) => wording.truths.length),
    languages: sorted(cells.map(({ language }) => language)),
    models: sorted([
      ...rows.map((a) => models[answers.model[a]]),
      ...[...ranked, ...likely].map(({ model }) => models[model]),
    ]),
    answers: rows.length,
    answerUnits: sum(rows, (a) => answers.text[a].length),
    sampleSum: sum(rows, (a) => answers.sample[a]),
    logprobSum: rounded(sum(rows, (a) => answers.logprob[a] || 0)),
    scoreSum: rounded(sum(ranked, ({ scores }) => scores.reduce((a, b) => a + b, 0))),
    likelihoodSum: rounded(sum(likely, ({ logprob }) => logprob.reduce((a, b) => a + b, 0))),
    rankings: ranked.length,
    likelihoods: likely.length,
    trues: sum(likely, ({ isTrue }) => isTrue.reduce((a, b) => a + b, 0)),
  };
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function sorted(values: string[]): string[] {
  return [...new Set(values)].sort();
}
