import { describe, expect, it } from 'vitest';
import type { ExportInput } from '../../src/core/export.ts';
import { matrix } from '../../src/core/matrix.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { fromNpy } from '../../src/io/read/from-npy.ts';
import { toReportFile, toReportFiles } from '../../src/io/write/to-report.ts';
import { exampleReport } from './example-report.ts';

/** Two layers: the report's own numbers, and the same with twice the bias and half of MEXA. */
function withLayers(): ExportInput {
  const input = exampleReport();
  const { pairs, matrices, variance, varianceReason, languageScores } = input.report;
  const scores = pairs.map(({ a, b, scores: own }) => ({ a, b, scores: own }));
  const base = { zeroRows: 0, variance, varianceReason, matrices, pairs: scores, languageScores };
  const scaled = (values: Float64Array, by: number): Float64Array => values.map((v) => v * by);
  const second = {
    ...base,
    name: 'layer 1',
    zeroRows: 2,
    variance: null,
    varianceReason: 'a reason',
    matrices: {
      ...matrices,
      bias: scaled(matrices.bias, 2),
      mexa: scaled(matrices.mexa, 0.5),
    },
  };
  const vectors = [0, 1].map((k) =>
    matrix(
      8,
      2,
      input.vectors.data.map((value) => value + k),
    ),
  );
  return {
    ...input,
    layers: {
      vectors: { names: ['table', 'layer 1'], vectors },
      reports: [{ ...base, name: 'table' }, second],
    },
  };
}

const text = (path: string): string => toReportFile(withLayers(), path) as string;

describe('an export with layers', () => {
  it('has their files, and the manifest names them', () => {
    const added = [...toReportFiles(withLayers()).keys()].filter((path) =>
      path.startsWith('layers'),
    );
    expect(added).toEqual(['layers.npy', 'layers.csv', 'layers.json']);
    const { layers, contents } = JSON.parse(text('manifest.json'));
    expect(layers).toEqual(['table', 'layer 1']);
    expect(added.every((path) => typeof contents[path] === 'string')).toBe(true);
    expect(JSON.parse(toReportFile(exampleReport(), 'manifest.json') as string).layers).toEqual([]);
  });

  it('has their vectors, one layer behind the other', () => {
    const { shape, data } = fromNpy(
      toReportFile(withLayers(), 'layers.npy') as Uint8Array,
      'layers.npy',
    );
    expect(shape).toEqual([2, 8, 2]);
    const own = [...exampleReport().vectors.data];
    expect([...data]).toEqual([...own, ...own.map((value) => Math.fround(value + 1))]);
  });

  it('has a row for each layer, pair and metric, and one each way where it is directed', () => {
    const { rows } = parseDelimited(text('layers.csv'));
    const directed = METRICS.filter(({ symmetric }) => !symmetric).length;
    expect(rows).toHaveLength(1 + 2 * 3 * (METRICS.length + directed));
    const of = (metric: string) => rows.filter((row) => row[3] === metric).slice(0, 2);
    expect(rows[0].join()).toBe('layer,a,b,metric,value,low,high,n');
    expect(of('p_at_1')).toEqual([
      ['table', 'eng_Latn', 'deu', 'p_at_1', '0.25', '0.125', '1', '3'],
      ['table', 'deu', 'eng_Latn', 'p_at_1', '0.75', '0.375', '1', '3'],
    ]);
    expect(of('bias')).toEqual([
      ['table', 'eng_Latn', 'deu', 'bias', '0.25', '0.125', '1', '3'],
      ['table', 'eng_Latn', 'sw', 'bias', '0.5', '0.25', '1', '2'],
    ]);
    expect(of('antihubs')[0].slice(5, 7)).toEqual(['', '']);
  });

  it('splits the variance of each, and pools MEXA against the pivot', () => {
    const { layers, mexa } = JSON.parse(text('layers.json'));
    expect(layers[0]).toMatchObject({ name: 'table', zeroRows: 0, variance: { fact: 0.6 } });
    expect(layers[1]).toEqual({
      name: 'layer 1',
      zeroRows: 2,
      variance: null,
      varianceReason: 'a reason',
    });
    expect(mexa).toEqual({
      pivot: 'eng_Latn',
      languages: {
        deu: { max: 1 / 3, max_layer: 'table', mean: 0.25, layers: [1 / 3, 1 / 6] },
        sw: { max: 0.25, max_layer: 'table', mean: 0.1875, layers: [0.25, 0.125] },
      },
    });
  });

  it('has every layer in the probe, by its number', () => {
    const probe = JSON.parse(text('probe.json'));
    expect(Object.keys(probe)).toEqual(['layer_0', 'layer_1']);
    expect([probe.layer_0.eng_Latn_deu, probe.layer_1.eng_Latn_deu]).toEqual([0.125, 0.25]);
    expect(probe.layer_1.deu_sw).toBeNull();
  });
});
