import { describe, expect, it } from 'vitest';
import { fromProbe } from '../../src/io/read/from-probe.ts';
import { toReportFile } from '../../src/io/write/to-report.ts';
import { exampleReport } from './example-report.ts';

const read = (probe: unknown) => fromProbe(JSON.stringify(probe), 'probe.json');

describe('fromProbe', () => {
  it('reads pairs by layer, layers by their numbers', () => {
    const probe = {
      layer_10: { en_fr: 0.75, fr_en: 0.75 },
      layer_2: { en_fr: 0.5, fr_en: null },
      layer_0: { fr_en: 0.25 },
    };
    expect(read(probe)).toEqual({
      layers: ['layer_0', 'layer_2', 'layer_10'],
      pairs: [
        { a: 'fr', b: 'en', bias: [0.25, NaN, 0.75] },
        { a: 'en', b: 'fr', bias: [NaN, 0.5, 0.75] },
      ],
    });
  });

  it('finds the languages of a pair whose names hold underscores', () => {
    const pairsOf = (...keys: string[]) =>
      read({ layer_0: Object.fromEntries(keys.map((key) => [key, 1])) }).pairs.map(
        ({ a, b }) => `${a}|${b}`,
      );
    expect(pairsOf('eng_Latn_deu_Latn')).toEqual(['eng_Latn|deu_Latn']);
    expect(pairsOf('en_zh_Hans', 'zh_Hans_en')).toEqual(['en|zh_Hans', 'zh_Hans|en']);
  });

  it('reads back what an export writes', () => {
    const input = exampleReport();
    const { layers, pairs } = fromProbe(toReportFile(input, 'probe.json') as string, 'probe.json');
    expect(layers).toEqual(['layer_final']);
    expect(pairs).toHaveLength(6);
    expect(pairs[0]).toEqual({ a: 'eng_Latn', b: 'deu', bias: [0.125] });
    expect(pairs[3]).toEqual({ a: 'deu', b: 'sw', bias: [NaN] });
  });

  it.each([
    ['{', 'format/damaged', 'probe.json is not valid JSON.'],
    ['{}', 'format/unknown', 'is no object of layers'],
    ['{"layer_0": 1}', 'format/unknown', 'is no object of layers'],
    [
      '{"layer_0": {"en_fr": "x"}}',
      'format/unknown',
      'holds ""x"" for layer_0 en_fr, not a number',
    ],
    ['{"layer_0": {"en": 1}}', 'format/unknown', 'has the key "en", which names no two languages'],
    ['{"layer_0": {"en_zh_Hans": 1}}', 'format/unknown', 'has the key "en_zh_Hans"'],
  ])('refuses %s', (text, code, sentence) => {
    const thrown = (() => {
      try {
        return fromProbe(text, 'probe.json');
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ code, message: expect.stringContaining(sentence) as unknown });
  });
});
