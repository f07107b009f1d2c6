import { describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { filesHandlers } from '../../src/io/handlers.ts';
import type { AdapterRecord } from '../../src/core/adapter.ts';
import { LAB_MEASURES, type LabExport } from '../../src/core/lab.ts';
import { unwatched } from '../helpers/contexts.ts';
import {
  comparisonOnPaper as comparison,
  leftOutOnPaper as leftOut,
  reportOf,
} from '../helpers/lab-reports.ts';

const report = reportOf();
const record: AdapterRecord = {
  adapter: report.adapter,
  isogloss: '1.2.3',
  encoder: { id: 'paper', dimensions: 1 } as AdapterRecord['encoder'],
  settings: report.settings,
  strength: report.strength,
  files: [],
  split: { train: 2, validation: 2, test: 2, by: 'fact', hash: 'one' },
  heldOut: [],
  verdict: 'It helps.',
};
async function filesOf(input: Partial<LabExport>): Promise<Record<string, string>> {
  const all = {
    report,
    comparison,
    record,
    card: '# Card\n',
    leftOut,
    sensitivity: null,
    ...input,
  };
  const zip = unzipSync(await filesHandlers().packLab(all, unwatched));
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return Object.fromEntries(Object.entries(zip).map(([path, bytes]) => [path, text(bytes)]));
}

describe('packLab', () => {
  it('writes the adapter, its card and its numbers', async () => {
    const files = await filesOf({});
    expect(Object.keys(files).sort()).toEqual([
      'README.md',
      'adapter.json',
      'curve.csv',
      'lab.json',
      'leave-one-out.csv',
      'measures.csv',
    ]);
    expect(files['README.md']).toBe('# Card\n');
    expect(JSON.parse(files['adapter.json'])).toMatchObject({ format: 'isogloss-adapter' });
    expect(files['curve.csv']).toBe('step,training_loss,validation_loss\n0,,2\n20,1.5,1.75\n');
    expect(files['leave-one-out.csv'].split('\n')[1]).toBe('en,0.1,0.2,0.3,0.1,,');
  });

  it('has one row for each measure, as wide as its header, and the controls', async () => {
    const { 'measures.csv': csv } = await filesOf({});
    const rows = csv
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows.map(([name]) => name).slice(1)).toEqual([
      ...LAB_MEASURES,
      'mexa_fitted_on_shuffled_facts',
      'mexa_of_a_random_rotation',
    ]);
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([15]));
    const mexa = rows.find(([name]) => name === 'mexa')!;
    expect(mexa.slice(1, 4)).toEqual(['0.5', '0.7', String(0.7 - 0.5)]);
  });

  it('keeps an infinite strength, the split and the verdict in lab.json, and no matrices', async () => {
    const { 'lab.json': text } = await filesOf({
      sensitivity: { statements: 9, before: 1, after: 2 },
    });
    expect(JSON.parse(text)).toMatchObject({
      isogloss: '1.2.3',
      strength: 'Infinity',
      verdict: 'It helps.',
      split: { train: Array.from(report.split.train), sha256: 'one' },
      heldOut: { facts: 60, languages: ['en'], mexaAt: 60 },
      metrics: { mexa: { difference: 0.25 } },
      choice: { chosen: 'Infinity', tried: [{ strength: 'Infinity' }] },
      controls: { falseStatements: { statements: 9 } },
      notices: ['A notice.'],
    });
    expect(text).not.toContain('weights');
  });

  it('leaves out the curve and the languages where there are none', async () => {
    const files = await filesOf({ leftOut: [], report: { ...report, training: null } });
    expect(Object.keys(files)).not.toContain('curve.csv');
    expect(Object.keys(files)).not.toContain('leave-one-out.csv');
  });
});
