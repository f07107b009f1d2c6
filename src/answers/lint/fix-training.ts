import type { AnswerTable, TrainingRow } from '../../core/answers.ts';
import type { LintFix, LintRule } from '../../core/lint.ts';
import { trainedOnTest } from './pair-rules.ts';
import {
  endsWithMarker,
  hasMarkersInARow,
  withoutFinalMarker,
  withoutRepeatedMarkers,
} from './template-marks.ts';
import { respaced } from './training-rules.ts';

type Field = Exclude<LintFix['field'], ''>;

/**
 * Mends what can be mended without a guess: takes off markers that end an answer, leaves one of markers that follow
 * themselves, and removes rows whose sides are equal or become empty, and rows for training that are in the test.
 *
 * @returns for each row the mended one, null where it is removed, and every change in order
 */
export function fixTraining(table: AnswerTable): {
  rows: (TrainingRow | null)[];
  fixes: LintFix[];
} {
  const fixes: LintFix[] = [];
  const inTest = trainedOnTest(table).rows;
  const rows = table.training.map((row) => {
    const removed = (rule: LintRule): null => {
      const { file, line, row: place, chosen } = row;
      fixes.push({
        rule,
        file,
        line,
        row: place,
        action: 'removed',
        field: '',
        before: chosen,
        after: '',
      });
      return null;
    };
    if (inTest.has(row)) return removed('duplicate-across-splits');
    if (isEmptied(row.chosen) || isEmptied(row.rejected)) return removed('marker-at-end');
    const { mended, changes } = mendRow(row);
    if (mended.rejected !== null && respaced(mended.chosen) === respaced(mended.rejected))
      return removed('chosen-is-rejected');
    fixes.push(...changes);
    return mended;
  });
  return { rows, fixes };
}

/** Whether an answer is nothing but a marker. */
function isEmptied(answer: string | null): boolean {
  return answer !== null && endsWithMarker(answer) && withoutFinalMarker(answer).trim() === '';
}

function mendRow(row: TrainingRow): { mended: TrainingRow; changes: LintFix[] } {
  const changes: LintFix[] = [];
  let mended = row;
  const mend = (rule: LintRule, field: Field, repaired: (text: string) => string): void => {
    const before = mended[field];
    const after = before === null ? null : repaired(before);
    if (before === null || after === null || after === before) return;
    mended = { ...mended, [field]: after };
    const { file, line, row: place } = row;
    changes.push({ rule, file, line, row: place, action: 'changed', field, before, after });
  };
  for (const field of ['instruction', 'input', 'chosen', 'rejected'] as const)
    mend('marker-twice', field, (text) =>
      hasMarkersInARow(text) ? withoutRepeatedMarkers(text) : text,
    );
  for (const field of ['chosen', 'rejected'] as const)
    mend('marker-at-end', field, withoutFinalMarker);
  return { mended, changes };
}
