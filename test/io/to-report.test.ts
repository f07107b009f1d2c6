import { describe, expect, it } from 'vitest';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { fromNpy } from '../../src/io/read/from-npy.ts';
import { readRowIndex } from '../../src/io/read/from-rows.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { metricNotes } from '../../src/core/metric-notes.ts';
import { toReportFile, toReportFiles } from '../../src/io/write/to-report.ts';
import { summarizeDrift } from '../../src/metrics/drift.ts';
import { exampleReport } from './example-report.ts';
import { labelsOf, readAll, textsOf } from './reading.ts';

const IDS = METRICS.map(({ id }) => id);
const text = (path: string, input = exampleReport()): string => toReportFile(input, path) as string;
const json = (path: string, input = exampleReport()) => JSON.parse(text(path, input));
const rowsOf = (path: string): string[][] => parseDelimited(text(path)).rows;

describe('toReportFiles', () => {
  it('writes every file that is promised', () => {
    const paths = [...toReportFiles(exampleReport()).keys()].sort();
    const tables = [
      'drift.csv',
      'embeddings.npy',
      'facts.csv',
      'hubs.csv',
      'languages.csv',
      'manifest.json',
      'pairs.csv',
      'probe.json',
      'projection.csv',
      'report.json',
      'report.md',
      'rows.csv',
    ];
    const matrices = IDS.flatMap((id) =>
      ['csv', 'json', 'npy'].map((type) => `matrices/${id}.${type}`),
    );
    expect(paths).toEqual([...tables, ...matrices].sort());
  });

  it('leaves the projection out when there is none, in the manifest too', () => {
    const input = { ...exampleReport(), picture: null };
    expect(toReportFiles(input).has('projection.csv')).toBe(false);
    expect(Object.keys(json('manifest.json', input).contents)).not.toContain('projection.csv');
  });

  it('writes the same bytes twice', () => {
    expect([...toReportFiles(exampleReport())]).toEqual([...toReportFiles(exampleReport())]);
  });

  it('refuses a pivot without renderings, and a path it does not know', () => {
    expect(() => toReportFiles({ ...exampleReport(), pivot: 'fi' })).toThrow(
      'The pivot language fi is not among eng_Latn, deu, sw.',
    );
    expect(() => toReportFile(exampleReport(), 'x.csv')).toThrow('The export has no file x.csv.');
  });
});

describe('report.json', () => {
  it('holds counts, own labels, shares with intervals, and truncation by label', () => {
    expect(json('report.json')).toMatchObject({
      facts: 3,
      completeFacts: 2,
      renderings: 8,
      languages: ['eng_Latn', 'deu', 'sw'],
      tags: ['en', 'de', 'sw'],
      pivot: 'eng_Latn',
      variance: {
        fact: 0.6,
        language: 0.1,
        interaction: 0.3,
        facts: 2,
        intervals: { fact: [0.3, 1], language: [0.05, 1], interaction: [0.15, 1] },
      },
      truncation: { sw: { renderings: 2, tokens: 12, unknown: 2, truncated: 0 } },
    });
  });

  it('says how well the encoder reads each language, and null where that was not measured', () => {
    const input = exampleReport();
    const { trust, trustMeasure } = json('report.json');
    expect(trust).toEqual({
      eng_Latn: input.provenance.trust?.[0],
      deu: input.provenance.trust?.[1],
      sw: input.provenance.trust?.[2],
    });
    expect(trustMeasure).toBe('share of sentences found');
    const provenance = { ...input.provenance, trust: null, trustMeasure: '' };
    expect(json('report.json', { ...input, provenance })).toMatchObject({ trust: null });
  });

  it('holds every pair with n and intervals, null for what is not defined', () => {
    const { pairs } = json('report.json');
    expect(pairs).toHaveLength(3);
    const { scores, ...pair } = pairs[1];
    expect(pair).toEqual({ a: 'eng_Latn', b: 'sw', n: 2, floor: null, ties: 1 });
    expect(Object.keys(scores)).toEqual(IDS);
    expect(scores).toMatchObject({
      mean_cosine: { value: 0.375, interval: [0.1875, 1] },
      antihubs: {
        a_to_b: { value: 0.25, interval: null },
        b_to_a: { value: 0.75, interval: null },
      },
      p_at_1: {
        a_to_b: { value: 0.25, interval: [0.125, 1] },
        b_to_a: { value: 0.75, interval: [0.375, 1] },
      },
      mexa: { value: 0.125, interval: [0.0625, 1] },
    });
  });

  it('holds each language and the pool, hubs and duplicates by their ids', () => {
    const { languageScores, disparity, byLanguage, pool } = json('report.json');
    expect(languageScores.sw.auc).toEqual({ value: 0.5, interval: [0.25, 1] });
    expect(disparity.mexa.democratization).toBe(0.5);
    expect(byLanguage.deu).toMatchObject({
      averagePrecision: { value: 0.5 },
      hubness: { skewness: 1.5, hubs: ['-2x'] },
      tokens: { premium: 1.25 },
    });
    expect(pool).toMatchObject({
      neighborSearch: null,
      queryFacts: 3,
      hubness: { hubs: [{ fact: 'q1', language: 'deu' }] },
      duplicates: [['q1', 'q,3']],
      correlations: { truncation: { rho: null, p: null, n: 3 } },
    });
  });

  it('says in which direction every metric is read', () => {
    const { metrics } = json('report.json');
    expect(Object.keys(metrics).sort()).toEqual([...IDS].sort());
    expect(metrics.p_at_1.order).toMatch(/^directed: .*row.*column/);
    expect(metrics.p_at_1.direction).toBe('higher is closer');
    expect(metrics.bias).toEqual(metricNotes().bias);
  });

  it('gives the reason where there are no shares, and null where nothing was tokenized', () => {
    const input = exampleReport();
    const byLanguage = input.report.byLanguage.map((own) => ({ ...own, tokens: null }));
    const report = { ...input.report, variance: null, varianceReason: 'Fewer than two facts.' };
    expect(json('report.json', { ...input, report: { ...report, byLanguage } })).toMatchObject({
      variance: null,
      varianceReason: 'Fewer than two facts.',
      truncation: null,
    });
  });
});

describe('languages.csv', () => {
  it('has every metric of every language, and what belongs to it alone', () => {
    const [header, , , swahili] = rowsOf('languages.csv');
    const cell = (name: string): string => swahili[header.indexOf(name)];
    expect(new Set(header).size).toBe(header.length);
    expect(header).toEqual(expect.arrayContaining(IDS));
    expect(swahili).toHaveLength(header.length);
    expect(swahili.slice(0, 6)).toEqual(['sw', 'sw', 'Swahili', '0.5', '0.25', '1']);
    const names = ['average_precision_low', 'hub_skewness', 'occurrence_skewness', 'hubs'];
    expect(names.map(cell)).toEqual(['0.25', '0.5', '1.5', '1']);
    expect(['iso_score', 'renderings', 'token_premium'].map(cell)).toEqual(['0.5', '2', '1.5']);
  });

  it('leaves tokens empty where nothing was tokenized', () => {
    const input = exampleReport();
    const byLanguage = input.report.byLanguage.map((own) => ({ ...own, tokens: null }));
    const report = { ...input.report, byLanguage };
    const [header, row] = parseDelimited(text('languages.csv', { ...input, report })).rows;
    expect(row[header.indexOf('token_premium')]).toBe('');
    expect(row[header.indexOf('renderings')]).toBe('3');
  });
});

describe('hubs.csv', () => {
  it('names the hubs of each language with their texts', () => {
    expect(rowsOf('hubs.csv').slice(0, 3)).toEqual([
      ['language', 'fact', 'k_occurrence', 'text'],
      ['eng_Latn', "'-2x", '20', 'Two facts'],
      ['deu', "'-2x", '20', 'Zwei Tatsachen'],
    ]);
  });
});

describe('embeddings.npy and rows.csv', () => {
  it('name the same renderings in the same order', () => {
    const { shape, data } = fromNpy(
      toReportFile(exampleReport(), 'embeddings.npy') as Uint8Array,
      'embeddings.npy',
    );
    expect([shape, data[5]]).toEqual([[8, 2], Math.fround(0.5)]);
    expect(text('rows.csv').split('\n')[0]).toBe('fact,language');
    const keys = readRowIndex(text('rows.csv'), 'rows.csv');
    expect(keys.map(({ fact, language }) => `${fact} ${language}`)).toEqual([
      'q1 eng_Latn',
      '-2x eng_Latn',
      'q,3 eng_Latn',
      'q1 deu',
      '-2x deu',
      'q,3 deu',
      'q1 sw',
      '-2x sw',
    ]);
  });
});

describe('matrices', () => {
  it('carry the own labels in CSV, with an empty first cell and empty cells for what is not defined', () => {
    expect(text('matrices/bias.csv')).toBe(
      ',eng_Latn,deu,sw\neng_Latn,0,0.125,0.25\ndeu,0.125,0,\nsw,0.25,,0\n',
    );
  });

  it('keep the direction of retrieval: row to column', () => {
    expect(text('matrices/p_at_1.csv').split('\n')[2]).toBe('deu,0.25,0.375,0.5');
  });

  it('carry labels, direction and n in JSON, null for what is not defined', () => {
    expect(json('matrices/bias.json')).toEqual({
      metric: 'bias',
      ...metricNotes().bias,
      languages: ['eng_Latn', 'deu', 'sw'],
      n: [
        [3, 3, 2],
        [3, 3, 2],
        [2, 2, 2],
      ],
      values: [
        [0, 0.125, 0.25],
        [0.125, 0, null],
        [0.25, null, 0],
      ],
      significant: null,
    });
    expect(json('matrices/contrast.json').significant).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('are float64 in NPY, NaN for what is not defined', () => {
    const { shape, data } = fromNpy(
      toReportFile(exampleReport(), 'matrices/bias.npy') as Uint8Array,
      'bias.npy',
    );
    expect(shape).toEqual([3, 3]);
    expect(data).toEqual(Float64Array.of(0, 0.125, 0.25, 0.125, 0, NaN, 0.25, NaN, 0));
  });
});

describe('pairs.csv', () => {
  const [header, ...rows] = rowsOf('pairs.csv');
  const cell = (row: string[], name: string): string => row[header.indexOf(name)];

  it('has a row for each two languages, and the columns of every metric', () => {
    expect(header.slice(0, 6)).toEqual(['a', 'b', 'n', 'ties', 'floor', 'calibrated']);
    expect(rows.map((row) => row.slice(0, 5).join())).toEqual([
      'eng_Latn,deu,3,1,0.1',
      'eng_Latn,sw,2,1,',
      'deu,sw,2,1,',
    ]);
    expect(header).toEqual(expect.arrayContaining(IDS));
    expect(new Set(header).size).toBe(header.length);
  });

  it('has both directions where they differ, and intervals where there are any', () => {
    expect(
      header.filter((name) => name.startsWith('p_at_1') && !name.startsWith('p_at_10')),
    ).toEqual([
      'p_at_1',
      'p_at_1_low',
      'p_at_1_high',
      'p_at_1_back',
      'p_at_1_back_low',
      'p_at_1_back_high',
    ]);
    expect(header.filter((name) => name.startsWith('antihubs'))).toEqual([
      'antihubs',
      'antihubs_back',
    ]);
    expect(header.filter((name) => name.startsWith('mexa'))).toEqual([
      'mexa',
      'mexa_low',
      'mexa_high',
      'mexa_100',
      'mexa_100_low',
      'mexa_100_high',
    ]);
    expect(
      ['p_at_1', 'p_at_1_low', 'p_at_1_back', 'bias'].map((name) => cell(rows[1], name)),
    ).toEqual(['0.25', '0.125', '0.75', '0.5']);
  });
});

describe('facts.csv', () => {
  it('has drift and text of every language, formulas guarded, and no drift for the pivot and for holes', () => {
    expect(rowsOf('facts.csv')).toEqual([
      [
        'fact',
        'topic',
        'drift_mean',
        'drift_max_language',
        'renderings',
        'drift:eng_Latn',
        'text:eng_Latn',
        'drift:deu',
        'text:deu',
        'drift:sw',
        'text:sw',
      ],
      [
        'q1',
        'numbers',
        '0.5',
        'sw',
        '3',
        '',
        'One, "fact"',
        '0.25',
        "'=Eine Tatsache",
        '0.75',
        'Ukweli mmoja',
      ],
      [
        "'-2x",
        '',
        '0.5',
        'deu',
        '3',
        '',
        'Two facts',
        '0.5',
        'Zwei Tatsachen',
        '0.5',
        'Ukweli wa pili',
      ],
      ['q,3', '', '0', 'deu', '2', '', 'Three facts', '0', 'Drei Tatsachen', '', ''],
    ]);
  });

  it('can be read again as the corpus it was made from', async () => {
    const result = await readAll({ 'facts.csv': text('facts.csv') });
    expect(labelsOf(result)).toEqual(['eng_Latn', 'deu', 'sw']);
    expect(textsOf(result).q1).toEqual({
      eng_Latn: 'One, "fact"',
      deu: '=Eine Tatsache',
      sw: 'Ukweli mmoja',
    });
    expect(result.corpus.facts[0].topic).toBe('numbers');
  });
});

describe('drift.csv', () => {
  it('summarizes each language against the pivot and against the others', () => {
    const [header, english, german] = rowsOf('drift.csv');
    expect(header.slice(0, 12).join()).toBe(
      'language,tag,name,n,mean,interval_low,interval_high,median,q1,q3,min,max',
    );
    expect(header.slice(12, 15)).toEqual(['centroid_n', 'centroid_mean', 'centroid_interval_low']);
    expect(english.slice(0, 12)).toEqual([
      'eng_Latn',
      'en',
      'English',
      '0',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
    const { n, mean, interval, median, q1, q3, min, max } = summarizeDrift([0.25, 0.5, 0], 7 + 1);
    expect(german.slice(3, 12).map(Number)).toEqual([
      n,
      mean,
      ...(interval ?? []),
      median,
      q1,
      q3,
      min,
      max,
    ]);
    expect(german.slice(12, 14).map(Number)).toEqual([3, (0.25 + 0.75 + 1) / 3]);
  });

  it('ends with how well the encoder reads each language, empty where that was not measured', () => {
    const last = (rows: string[][]): string[] => rows.map((row) => row.slice(-5).join());
    expect(last(rowsOf('drift.csv'))).toEqual([
      'encoder_status,encoder_p_at_1,encoder_p_at_1_low,encoder_p_at_1_high,encoder_sentences',
      'reference,,,,0',
      'strong,0.75,0.625,0.875,100',
      'untested,,,,4',
    ]);
    const input = exampleReport();
    const provenance = { ...input.provenance, trust: null };
    const { rows } = parseDelimited(text('drift.csv', { ...input, provenance }));
    expect(last(rows).slice(1)).toEqual([',,,,', ',,,,', ',,,,']);
  });
});

describe('drift.csv', () => {
  it('resamples each language with a seed of its own, as the page does', () => {
    const input = exampleReport();
    const matched = Float32Array.from({ length: 40 }, (_, i) => ((i * 7) % 40) / 64);
    const pair = { ...input.report.pairs[0], facts: Int32Array.from(matched.keys()), matched };
    const facts = Array.from(matched, (_, i) => ({ id: `f${i}`, topic: '' }));
    const pairs = [pair, { ...pair, b: 2 }];
    const rows = parseDelimited(
      text('drift.csv', { ...input, report: { ...input.report, facts, pairs } }),
    ).rows;
    const intervals = [1, 2].map(
      (l) =>
        summarizeDrift(
          matched.map((cosine) => 1 - cosine),
          7 + l,
        ).interval,
    );
    expect([rows[2], rows[3]].map((row) => row.slice(5, 7).map(Number))).toEqual(intervals);
    expect(intervals[0]).not.toEqual(intervals[1]);
  });
});

describe('probe.json', () => {
  it('has the language bias of every ordered pair under the own labels', () => {
    expect(json('probe.json')).toEqual({
      layer_final: {
        eng_Latn_deu: 0.125,
        eng_Latn_sw: 0.25,
        deu_eng_Latn: 0.125,
        deu_sw: null,
        sw_eng_Latn: 0.25,
        sw_deu: null,
      },
    });
  });
});

describe('projection.csv', () => {
  it('has a point for each rendering', () => {
    const rows = rowsOf('projection.csv');
    expect([rows[0], rows[1], rows[8]]).toEqual([
      ['fact', 'language', 'x', 'y'],
      ['q1', 'eng_Latn', '-8', '-7'],
      ["'-2x", 'sw', '6', '7'],
    ]);
  });
});

describe('manifest.json', () => {
  it('holds the provenance unchanged and describes every file', () => {
    const input = exampleReport();
    const { contents, embeddings, layers, tags, ...rest } = json('manifest.json', input);
    expect(rest).toEqual(input.provenance);
    expect([embeddings, layers, tags]).toEqual([
      { rows: 8, dimensions: 2 },
      [],
      ['en', 'de', 'sw'],
    ]);
    expect(Object.keys(contents)).toEqual([...toReportFiles(input).keys()].sort());
    expect(
      Object.values(contents).every((sentence) => typeof sentence === 'string' && sentence !== ''),
    ).toBe(true);
  });
});
