import type { ExportInput } from '../../core/export.ts';

/** The input with the pivot's place among the languages, and the languages' own labels. */
export interface PivotedInput extends ExportInput {
  pivotIndex: number;
  labels: string[];
}
