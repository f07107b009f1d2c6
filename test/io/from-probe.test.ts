import { describe, expect, it } from 'vitest';
import { fromProbe } from '../../src/io/read/from-probe.ts';
import { createReader } from '../../src/io/read/read-corpus.ts';
import { toReportFile, toReportFiles } from '../../src/io/write/to-report.ts';
import { exampleReport } from './example-report.ts';
import { named } from './reading.ts';

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

describe('a probe among dropped files', () => {
  const PROBE = '{ "layer_0": { "en_fr": 0.5 }, "layer_1": { "en_fr": null } }';
  const TEXTS = 'id,en,de\nq1,A text,Ein Text\n';

  it('is listed with its numbers and no text, and the corpus stays what it was', async () => {
    const { probes, corpus, sheets, issues } = await createReader().add(
      named({ 'facts.csv': TEXTS, 'mine.json': PROBE }),
    );
    expect(probes).toEqual([
      {
        file: 'mine.json',
        layers: ['layer_0', 'layer_1'],
        pairs: [{ a: 'en', b: 'fr', bias: [0.5, NaN] }],
      },
    ]);
    expect([corpus.facts.length, sheets.length]).toEqual([1, 1]);
    expect(issues.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'note',
        'mine.json holds language bias of 1 pair in 2 layers, no texts: it is drawn under Layers, beside the results.',
      ],
    ]);
  });

  it('is gone when it is removed', async () => {
    const reader = createReader();
    await reader.add(named({ 'facts.csv': TEXTS, 'mine.json': PROBE }));
    expect(reader.remove('mine.json').probes).toEqual([]);
  });

  it('is an issue where it is damaged', async () => {
    const damaged = '{ "layer_0": { "en_fr": 0.5, "en": 1 } }';
    const { probes, issues } = await createReader().add(named({ 'mine.json': damaged }));
    expect(probes).toEqual([]);
    expect(issues[0].message).toContain('has the key "en", which names no two languages');
  });

  it('is not what facts whose ids begin with layer are taken for', async () => {
    const facts = '{ "layer_0": { "en": "A text", "de": "Ein Text" } }';
    const { probes, corpus } = await createReader().add(named({ 'facts.json': facts }));
    expect([probes, corpus.facts.length]).toEqual([[], 1]);
  });

  it('is left out with the other results of an export that is dropped as a whole', async () => {
    const files = Object.fromEntries(toReportFiles(exampleReport()));
    const { probes } = await createReader().add(named(files));
    expect(probes).toEqual([]);
  });
});
