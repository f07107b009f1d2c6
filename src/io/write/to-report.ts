import { AnalyzerError } from '../../core/errors.ts';
import type { ExportInput } from '../../core/export.ts';
import type { MatrixId } from '../../core/report.ts';
import { hubsCsv, languagesCsv } from './language-tables.ts';
import type { PivotedInput } from './pivoted-input.ts';
import { layersCsv, layersJson, layersNpy, probeJson } from './layer-files.ts';
import { manifestJson, reportJson } from './report-json.ts';
import { driftCsv, factsCsv, pairsCsv, projectionCsv, rowsCsv } from './report-tables.ts';
import { matrixToCsv, matrixToJson, matrixToNpy } from './to-matrix.ts';
import { toNpy } from './to-npy.ts';

type Content = string | Uint8Array;

/**
 * All files of an export by path.
 *
 * @throws AnalyzerError `corpus/pivot-missing` when the pivot is none of the report's languages
 */
export function toReportFiles(input: ExportInput): Map<string, Content> {
  const writers = [...writersOf(input)];
  const plain = writers.map(([path, write]): [string, Content] => [path, write()]);
  return new Map(plain);
}

/** One file of an export; the others are not made. */
export function toReportFile(input: ExportInput, path: string): Content {
  const write = writersOf(input).get(path);
  if (write === undefined) throw new AnalyzerError('internal', `The export has no file ${path}.`);
  return write();
}

function writersOf(given: ExportInput): Map<string, () => Content> {
  const input = pivoted(given);
  const { vectors, picture, layers, documents } = input;
  const writers = new Map<string, () => Content>([
    ['report.json', () => reportJson(input)],
    ['embeddings.npy', () => toNpy(vectors.data, [vectors.rows, vectors.columns])],
    ['rows.csv', () => rowsCsv(input)],
    ...matrixWriters(input),
    ['pairs.csv', () => pairsCsv(input)],
    ['facts.csv', () => factsCsv(input)],
    ['drift.csv', () => driftCsv(input)],
    ['languages.csv', () => languagesCsv(input)],
    ['hubs.csv', () => hubsCsv(input)],
    ['probe.json', () => probeJson(input, layers?.reports ?? [])],
  ]);
  if (layers !== null) {
    writers.set('layers.npy', () => layersNpy(layers.vectors));
    writers.set('layers.csv', () => layersCsv(input, layers.reports));
    writers.set('layers.json', () => layersJson(input, layers.reports));
  }
  if (picture !== null) writers.set('projection.csv', () => projectionCsv(input, picture));
  for (const [path, content] of documents) writers.set(path, () => content);
  const paths = [...writers.keys(), 'manifest.json'];
  return writers.set('manifest.json', () => manifestJson(input, paths));
}

function matrixWriters({ report, labels }: PivotedInput): [string, () => Content][] {
  const ids = Object.keys(report.matrices) as MatrixId[];
  return ids.flatMap((id): [string, () => Content][] => {
    const values = report.matrices[id];
    return [
      [`matrices/${id}.csv`, () => matrixToCsv(values, labels)],
      [`matrices/${id}.json`, () => matrixToJson(id, report, labels)],
      [`matrices/${id}.npy`, () => matrixToNpy(values, labels.length)],
    ];
  });
}

function pivoted(input: ExportInput): PivotedInput {
  const labels = input.report.languages.map(({ label }) => label);
  const pivotIndex = input.report.languages.findIndex(({ tag }) => tag === input.pivot);
  if (pivotIndex !== -1) return { ...input, pivotIndex, labels };
  throw new AnalyzerError(
    'corpus/pivot-missing',
    `The pivot language ${input.pivot} is not among ${labels.join(', ')}.`,
    {
      hint: 'Choose another pivot.',
    },
  );
}
