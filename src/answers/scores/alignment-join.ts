import { seededRandom } from '../../core/random.ts';
import type {
  AlignmentJoin,
  QuestionAlignment,
  Scorecard,
  TaskScores,
} from '../../core/scorecard.ts';
import { spearman } from '../../core/significance.ts';
import { mean } from '../../core/statistics.ts';

const MEASURES = ['co', 'kappa'] as const;

/**
 * Whether languages whose questions lie nearer to the pivot's are answered more like it: by task and model, and for the
 * mean over models. Empty without a pivot.
 */
export function alignmentJoins(
  card: Omit<Scorecard, 'notices'>,
  alignments: QuestionAlignment[],
): AlignmentJoin[] {
  const { pivot, seed } = card.settings;
  if (pivot < 0) return [];
  return card.tasks.flatMap((_, task) => {
    const scores = card.scores.filter((one) => one.task === task);
    const groups = scores.length > 1 ? [scores, ...scores.map((one) => [one])] : [scores];
    return groups.flatMap((group) =>
      alignments.flatMap((alignment) =>
        MEASURES.map((consistency): AlignmentJoin => {
          const points = card.languages.flatMap(({ tag }, l) => {
            const x = alignment.values[pivot * card.languages.length + l];
            const y = meanWithPivot(group, consistency, { pivot, language: l });
            return l === pivot || Number.isNaN(x + y)
              ? []
              : [{ language: tag, alignment: x, consistency: y }];
          });
          const correlation = spearman(
            points.map((point) => point.alignment),
            points.map((point) => point.consistency),
            seededRandom(seed),
          );
          const model = group.length === 1 ? group[0].model : -1;
          return { task, model, alignment: alignment.name, consistency, points, correlation };
        }),
      ),
    );
  });
}

/** Mean over models of what a language has with the pivot; NaN where none has it. */
function meanWithPivot(
  group: TaskScores[],
  measure: (typeof MEASURES)[number],
  { pivot, language }: { pivot: number; language: number },
): number {
  const values = group.map(({ languages, consistency }) => {
    const [p, l] = [languages.indexOf(pivot), languages.indexOf(language)];
    return p < 0 || l < 0 ? NaN : consistency[measure][p * languages.length + l];
  });
  return mean(values.filter((value) => !Number.isNaN(value)));
}
