import type { Estimate } from '../../core/report.ts';
import type { Scorecard } from '../../core/scorecard.ts';
import type { CsvCell } from './to-csv.ts';

export type Row = CsvCell[];

export function estimateCells({ value, interval }: Estimate): number[] {
  return [value, ...(interval ?? [NaN, NaN])];
}

export function bounds(name: string): string[] {
  return [name, `${name}_low`, `${name}_high`];
}

/** Task and model of a row. */
export function named({ tasks, models }: Scorecard, one: { task: number; model: number }): Row {
  return [tasks[one.task], models[one.model]];
}

/** Each two different languages, both ways: places and tags. */
export function orderedPairs({ languages: all }: Scorecard, languages: number[]) {
  return languages.flatMap((from, a) =>
    languages.flatMap((to, b) => (a === b ? [] : [{ a, b, labels: [all[from].tag, all[to].tag] }])),
  );
}
