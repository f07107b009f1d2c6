import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toAdapter } from '../../src/io/write/to-adapter.ts';
import { adapterCard } from '../../src/report/adapter-card.ts';
import { everyMap, fitSettings, recordOf } from '../adapters/adapter-records.ts';
import { adapters } from '../helpers/golden.ts';

const PYTHON = '/usr/bin/python3';

function hasNumpy(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`${PYTHON} has no numpy: the card's snippet is not run`);
    return false;
  }
}

describe('adapterCard', () => {
  const card = adapterCard(recordOf());

  it('says what it is, what it was fitted and judged on, and whose encoder it needs', () => {
    expect(card).toContain('# Adapter (low-rank) for isogloss/encoder');
    expect(card).toContain('Languages: en, de, fr, ja, zh, sw.');
    expect(card).toContain(
      '- Facts: 60 to fit, 20 to choose, 20 to judge; kept together by fact; SHA-256 of the split ef',
    );
    expect(card).toContain('- File: facts.csv, SHA-256 cd');
    expect(card).toContain('| MEXA | 0.700 | 0.800 | 0.100 | 0.050 | 0.150 |');
    expect(card).toContain('| Hub skewness | not defined | 1.500 | not defined | none | none |');
    expect(card).toContain('The adapter helps.');
    expect(card).toContain('- Licence of the encoder: Apache-2.0');
    expect(card).toContain('rank 16, steps 2000');
  });

  it('says which strength it has, and that its languages are all', () => {
    const adapter = { ...everyMap, method: 'procrustes' as const, otherLanguages: null };
    const closed = {
      ...recordOf(adapter),
      settings: fitSettings({ method: 'procrustes', target: 'en' }),
      strength: 0.1,
    };
    expect(adapterCard(closed)).toContain(
      '- Ridge (ρ, relative to the spectral norm): 0.1, chosen on folds of the facts to fit; mapped onto en',
    );
    expect(adapterCard(closed)).toContain('A language that is not listed cannot be mapped');
    expect(adapterCard(closed)).not.toContain('Training:');
  });

  it.runIf(hasNumpy())('gives a snippet that applies the file as it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isogloss card-'));
    writeFileSync(join(folder, 'ADAPTER.json'), toAdapter(recordOf()));
    const snippet = /```python\n([^]*?)\n```/.exec(card)![1];
    const asks = `print(json.dumps({tag: f(np.array(${JSON.stringify(adapters.rows)}), tag).tolist() for tag in ${JSON.stringify(Object.keys(adapters.applied))}}))`;
    const out = execFileSync(PYTHON, ['-c', `${snippet}\n\n${asks}`], { cwd: folder });
    const found = JSON.parse(out.toString()) as Record<string, number[][]>;
    for (const [tag, rows] of Object.entries(adapters.applied)) {
      found[tag].flat().forEach((value, e) => expect(value).toBeCloseTo(rows.flat()[e], 6));
    }
  });
});
