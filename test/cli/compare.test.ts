import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { seededRandom } from '../../src/core/random.ts';
import { gaussians } from '../helpers/corpora.ts';
import { FACTS, isogloss, scratch, write } from '../helpers/shell.ts';

/** An export of the facts with random vectors. */
function exported(name: string, facts: string, dimensions: number): string {
  const rows = facts.split('\n').length - 1;
  const numbers = gaussians(seededRandom(dimensions), rows * 3, dimensions).flat();
  mkdirSync(join(scratch, `${name} in`));
  const vectors = write(
    `${name} in/v.npy`,
    toNpy(Float32Array.from(numbers), [rows * 3, dimensions]),
  );
  const out = join(scratch, name);
  const file = write(`${name}.csv`, facts);
  expect(isogloss('analyze', file, '--embeddings', vectors, '--out', out)).toMatchObject({
    code: 0,
  });
  return out;
}

let [first, second] = ['', ''];
beforeAll(() => {
  first = exported('first', FACTS, 6);
  second = exported('second', FACTS.split('\n').slice(0, 5).join('\n'), 8);
});

const json = (folder: string) => JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8'));

describe('isogloss compare', () => {
  it('compares two exports on the facts that both have, and tells what changed', () => {
    const out = join(scratch, 'both');
    const { code, out: table, lines } = isogloss('compare', first, second, '--out', out);
    expect(code).toBe(0);
    expect(table).toMatch(/^MEXA +\d\.\d{3} /m);
    expect(lines.join('\n')).toContain('on the 4 facts, 3 languages and 12 texts that both runs');
    const comparison = json(out);
    expect(comparison).toMatchObject({ facts: 4, renderings: 12, before: { name: first } });
    expect(comparison.picture.misfit).toBeGreaterThan(0);
    const [header, ...rows] = parseDelimited(
      readFileSync(join(out, 'pair-changes.csv'), 'utf8'),
    ).rows;
    const mexa = rows.find((row) => row[2] === 'mexa')!;
    const value = (column: string): number => Number(mexa[header.indexOf(column)]);
    expect(mexa.slice(0, 4)).toEqual(['eng_Latn', 'deu_Latn', 'mexa', '4']);
    expect(value('difference')).toBe(value('after') - value('before'));
    expect(value('difference_low')).toBeLessThanOrEqual(value('difference'));
    const text = readFileSync(join(out, 'comparison.md'), 'utf8');
    const size = Math.abs(comparison.overall.calibrated.difference).toFixed(3);
    expect(text).toMatch(new RegExp(`^Mean calibrated alignment changes by [+−]?${size} `, 'm'));
    const shown = Math.abs(value('difference')).toFixed(3);
    const [, listed] = text.split('## MEXA: the 10 largest changes');
    expect(listed.split('## ')[0]).toMatch(new RegExp(`^\\| .*\\| [+−]?${shown} \\|`, 'm'));
  });

  it('compares a run with itself after language centering, in one space', () => {
    const out = join(scratch, 'centred');
    expect(isogloss('compare', first, '--treatment', 'centering', '--out', out).code).toBe(0);
    const { overall, scaler, after, notices } = json(out);
    expect(overall.bias_centroid.before.value).toBeGreaterThan(0.1);
    expect(overall.bias_centroid.after.value).toBeLessThan(overall.bias_centroid.before.value / 2);
    expect(scaler).toContain('first run’s deviations');
    expect(notices.at(-1)).toContain('from the compared facts themselves');
    expect(after.name).toBe(`${first} after language centering`);
  });

  it.each([
    [['RUN'], 'isogloss: Two runs are needed, 1 given.'],
    [['RUN', 'RUN', '--treatment', 'lir-2'], 'isogloss: With --treatment one run is needed, 2'],
    [['RUN', '--treatment', 'lir-9'], 'isogloss: The treatment lir-9 is unknown: it is centering'],
    [['RUN', 'RUN', '--seed', 'x'], 'isogloss: The seed x is not a whole number.'],
  ])('refuses %j on the command line', (given, sentence) => {
    const args = given.map((arg) => (arg === 'RUN' ? first : arg));
    const result = isogloss('compare', ...args, '--out', join(scratch, 'none'));
    expect(result.code).toBe(2);
    expect(result.sentence).toContain(sentence);
  });

  it('refuses vectors of other lengths in one space', () => {
    const out = join(scratch, 'none');
    const { code, sentence } = isogloss('compare', first, second, '--same-space', '--out', out);
    expect(code).toBe(1);
    expect(sentence).toContain('have 6 numbers and those of');
    expect(sentence).toContain('Leave --same-space out.');
  });

  it('refuses what is no export, and ends', () => {
    const file = write('texts.csv', FACTS);
    const { code, sentence } = isogloss('compare', file, first, '--out', join(scratch, 'none'));
    expect([code, sentence]).toEqual([1, expect.stringContaining('holds no vectors')]);
  });
});
