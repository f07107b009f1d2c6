import type { Scorecard, TaskScores } from '../../core/scorecard.ts';
import { counted } from '../../io/read/sheet.ts';

/** What a reader of the numbers has to know, each a sentence. */
export function scoreNotices(card: Omit<Scorecard, 'notices'>): string[] {
  const { parsers, laterSamples } = card;
  const count = (n: number): string => n.toLocaleString('en');
  const notices = [
    ...(parsers.differing === 0
      ? []
      : [
          `${count(parsers.differing)} of ${count(parsers.answers)} answers are read differently by clika-strict and robust.`,
        ]),
    ...(laterSamples === 0
      ? []
      : [`${count(laterSamples)} answers are later samples: scores take the first of each.`]),
  ];
  const unscored = card.truthful
    .flatMap(({ byLanguage }) => byLanguage)
    .reduce((sum, { leftOut }) => sum + leftOut, 0);
  if (unscored > 0)
    notices.push(
      `${counted(unscored, 'list')} of log-probabilities without a true or a false answer: left out of MC1, MC2 and MC3.`,
    );
  const unequal = card.rankings.reduce((sum, ranking) => sum + ranking.unequal, 0);
  if (unequal > 0)
    notices.push(
      `${counted(unequal, 'question')} with more candidates in one language than in another: RankC does not compare these lists.`,
    );
  return [...notices, ...card.scores.flatMap((scores) => taskNotices(card, scores))];
}

function taskNotices(card: Omit<Scorecard, 'notices'>, scores: TaskScores): string[] {
  const { performance, languages, task, model } = scores;
  const name = [card.models[model], card.tasks[task]].filter((part) => part !== '').join(' on ');
  const labels = (belongs: (l: number) => boolean): string =>
    languages
      .filter((_, l) => belongs(l))
      .map((language) => card.languages[language].tag)
      .join(', ');
  const sizes = new Set(performance.map(({ answers }) => answers));
  const unread = labels(
    (l) => performance[l].answers > 0 && performance[l].invalid === performance[l].answers,
  );
  const constant = labels((l) => performance[l].degenerate);
  const unrescaled = labels(
    (l) => performance[l].n > 0 && performance[l].reference <= performance[l].chance,
  );
  return [
    ...(performance.every(({ n }) => n === 0)
      ? [`${name}: no right answer is known; accuracy, RA and CO are not defined.`]
      : []),
    ...(sizes.size > 1
      ? [
          `${name}: languages have ${Math.min(...sizes)} to ${Math.max(...sizes)} answers; two languages are compared on the questions that both have.`,
        ]
      : []),
    ...(unread === '' ? [] : [`${name}: no answer in ${unread} can be read as a choice.`]),
    ...(constant === ''
      ? []
      : [
          `${name}: nearly one option only is chosen in ${constant}; consistency says little there.`,
        ]),
    ...(unrescaled === ''
      ? []
      : [`${name}: the reference is not above chance in ${unrescaled}; RA is not defined there.`]),
    ...(card.settings.pivot >= 0 && !languages.includes(card.settings.pivot)
      ? [
          `${name}: there are no answers in ${card.languages[card.settings.pivot].tag}, the pivot; scores with the pivot are not defined.`,
        ]
      : []),
  ];
}
