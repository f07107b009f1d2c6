import type { LabChange, LabExport } from '../../core/lab.ts';
import { LAB_CARDS } from '../../core/lab-cards.ts';
import { toAdapter } from './to-adapter.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/** All files of a fit by path: the adapter, its model card, and the numbers that it is judged by. */
export function toLabFiles(input: LabExport): Map<string, string | Uint8Array> {
  const { record, card, report, leftOut } = input;
  const files = new Map<string, string | Uint8Array>([
    ['adapter.json', toAdapter(record)],
    ['README.md', card],
    ['lab.json', labJson(input)],
    ['measures.csv', measuresCsv(input)],
  ]);
  if (report.training !== null) files.set('curve.csv', curveCsv(report.training));
  if (leftOut.length > 0) files.set('leave-one-out.csv', leftOutCsv(input));
  return files;
}

/** Everything but the matrices, which the adapter's file has, and the metrics of single pairs. */
function labJson({ report, comparison, record, leftOut, sensitivity }: LabExport): string {
  const { settings, split, heldOut, measures, controls, choice, training } = report;
  const ids = (facts: Int32Array): number[] => Array.from(facts);
  return toJson({
    isogloss: record.isogloss,
    encoder: record.encoder,
    files: record.files,
    settings,
    strength: numberOrWord(report.strength),
    verdict: record.verdict,
    split: {
      by: split.by,
      sha256: split.hash,
      facts: 'places in the order of the files, from 0 on',
      train: ids(split.train),
      validation: ids(split.validation),
      test: ids(split.test),
    },
    heldOut: {
      ...heldOut,
      mexaAt: report.mexaAt,
      differences: 'after - before, with 95 % intervals of a paired bootstrap over facts',
      scaler: 'z-scores of the training facts before any adapter',
      train: 'on as many of the training facts as there are test facts',
    },
    measures: Object.fromEntries(measures.map(({ id, ...own }) => [id, own])),
    cards: LAB_CARDS,
    controls: { ...controls, falseStatements: sensitivity },
    choice: choice && {
      ...choice,
      chosen: numberOrWord(choice.chosen),
      tried: choice.tried.map(({ strength, score }) => ({
        strength: numberOrWord(strength),
        score,
      })),
    },
    training: training && { ...training, curve: 'curve.csv' },
    preference: report.preference,
    variance: comparison.variance,
    metrics: comparison.overall,
    leftOut: leftOut.length > 0 ? 'leave-one-out.csv' : null,
    notices: report.notices,
  });
}

/** JSON knows no infinity, which is the strength of centering alone. */
function numberOrWord(value: number | null): number | string | null {
  return value === Infinity ? 'Infinity' : value;
}

const CHANGE = ['before', 'after', 'difference', 'difference_low', 'difference_high'];

function changeCells({ before, after, difference, interval }: LabChange): number[] {
  return [before, after, difference, ...(interval ?? [NaN, NaN])];
}

/** One row for each measure; the controls follow as rows of their own. */
function measuresCsv({ report: { measures, controls } }: LabExport): string {
  const header = [
    'measure',
    ...CHANGE.map((name) => `test_${name}`),
    ...CHANGE.map((name) => `over_centering_${name}`),
    'train_before',
    'train_after',
    'validation_before',
    'validation_after',
  ];
  const rows = measures.map(({ id, test, overCentering, train, validation }): CsvCell[] => [
    id,
    ...changeCells(test),
    ...changeCells(overCentering),
    train.before,
    train.after,
    validation.before,
    validation.after,
  ]);
  const blank = (count: number): number[] => new Array<number>(count).fill(NaN);
  const control = (name: string, change: LabChange): CsvCell[] => [
    name,
    ...blank(CHANGE.length),
    ...changeCells(change),
    ...blank(4),
  ];
  const { shuffled, rotation } = controls;
  return toCsv([
    header,
    ...rows,
    ...(shuffled === null ? [] : [control('mexa_fitted_on_shuffled_facts', shuffled)]),
    control('mexa_of_a_random_rotation', rotation),
  ]);
}

function curveCsv({ curve }: NonNullable<LabExport['report']['training']>): string {
  const rows = curve.map(({ step, training, validation }) => [step, training, validation]);
  return toCsv([['step', 'training_loss', 'validation_loss'], ...rows]);
}

function leftOutCsv({ leftOut }: LabExport): string {
  const rows = leftOut.map(({ tag, before, centred, after, difference, interval }): CsvCell[] => [
    tag,
    before,
    centred,
    after,
    difference,
    ...(interval ?? [NaN, NaN]),
  ]);
  const header = ['language', 'mexa_before', 'mexa_centred', 'mexa_after'];
  return toCsv([
    [...header, 'difference_to_centred', 'difference_low', 'difference_high'],
    ...rows,
  ]);
}
