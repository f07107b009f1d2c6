import { expect, it } from 'vitest';
import { compareRuns } from '../../src/analysis/compare-runs.ts';
import { createReference } from '../../src/compute/reference.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { comparisonMarkdown } from '../../src/report/comparison-markdown.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';

const size = { languages: 3, facts: 30, dimensions: 12 };
const [clean, noisy] = [0.2, 1.5].map((noise) => corpusOf(randomCube(size, 3, noise)));
const runs = {
  before: { ...clean, picture: null },
  after: { ...noisy, picture: null },
  scaler: 'own' as const,
  seed: 1,
};
const comparison = await compareRuns(runs, createReference(), unwatched);
const text = comparisonMarkdown({ before: 'a|b', after: 'c', seed: 1, comparison });

/** Cells of the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const [, below] = text.split(`## ${heading}\n`);
  const lines = below.split('\n## ')[0].split('\n');
  return lines
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));
}

it('says how calibrated alignment changed, and in how many pairs', () => {
  const { difference } = comparison.overall.calibrated;
  expect(difference).toBeLessThan(0);
  expect(text).toContain(`changes by −${Math.abs(difference).toFixed(3)} (95 % interval −`);
  expect(text).toContain('of 3 pairs 0 came closer and 3 went apart.');
});

it('has every metric that is defined, with the counts of pairs', () => {
  const rows = rowsBelow('Overall');
  expect(rows.map(([name]) => name)).toEqual(
    METRICS.filter(({ id }) => !Number.isNaN(comparison.overall[id].difference)).map(
      ({ name }) => name,
    ),
  );
  expect(rows.find(([name]) => name === 'Calibrated alignment')!.slice(-3)).toEqual([
    '0',
    '3',
    '3',
  ]);
});

it('lists the largest changes first, whichever way they go', () => {
  const sizes = rowsBelow('P@1: the 10 largest changes').map((row) =>
    Math.abs(Number(row[4].replace('−', '-'))),
  );
  const expected = comparison.pairs
    .flatMap(({ changes: { p_at_1: own } }) => [own.forth, own.back])
    .map(({ difference }) => Number(Math.abs(difference).toFixed(3)))
    .sort((a, b) => b - a);
  expect(sizes).toEqual(expected);
});

it('names the runs as they are called, and writes no number that is none', () => {
  expect(text).toContain('- Before: a\\|b\n');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});
