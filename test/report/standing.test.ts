import { describe, expect, it } from 'vitest';
import { endsOf, endsSentence, type Standing } from '../../src/report/words/standing.ts';

const at = (name: string, value: number, half: number | null): Standing => ({
  name,
  value,
  interval: half === null ? null : [value - half, value + half],
});
const sentence = (standings: Standing[], direction: 'higher is closer' | 'lower is closer') => {
  const ends = endsOf(standings, direction, 'languages');
  return ends && endsSentence('MEXA', ends, ['is nearest', 'is farthest']);
};

describe('a sentence on both ends', () => {
  it('names who is nearest and farthest where their intervals lie apart from all others', () => {
    const three = [at('German', 0.9, 0.05), at('Thai', 0.25, 0.05), at('Dutch', 0.5, 0.05)];
    expect(sentence(three, 'higher is closer')).toBe('MEXA: German is nearest, Thai is farthest');
    expect(sentence(three, 'lower is closer')).toBe('MEXA: Thai is nearest, German is farthest');
  });

  it('leaves out an end whose interval meets another one', () => {
    const met = [at('German', 0.9, 0.05), at('Dutch', 0.85, 0.05), at('Thai', 0.25, 0.05)];
    expect(sentence(met, 'higher is closer')).toBe('MEXA: Thai is farthest');
  });

  it('says from where to where the values run where no interval carries more', () => {
    const wide = [at('German', 0.9, 0.5), at('Thai', 0.25, 0.5)];
    expect(sentence(wide, 'higher is closer')).toBe(
      'MEXA runs from 0.250 (Thai) to 0.900 (German)',
    );
    const none = [at('German', 1, null), at('Dutch', 1, null), at('Thai', 0.25, null)];
    expect(sentence(none, 'higher is closer')).toBe(
      'MEXA runs from 0.250 (Thai) to 1.000 (2 languages)',
    );
  });

  it('is none where all are equal, one is defined or none', () => {
    expect(sentence([at('German', 1, 0.1), at('Thai', 1, 0.1)], 'higher is closer')).toBeNull();
    expect(sentence([at('German', 1, 0.1), at('Thai', NaN, null)], 'higher is closer')).toBeNull();
    expect(sentence([], 'higher is closer')).toBeNull();
  });
});
