import { describe, expect, it } from 'vitest';
import { compareGroups } from '../../../src/answers/coverage/compare-groups.ts';
import { coverage } from '../../../src/answers/coverage/coverage.ts';
import { offTargetAnswers } from '../../../src/answers/coverage/off-target.ts';
import { measuredTiers } from '../../../src/answers/coverage/tiers.ts';
import type { LanguageCoverage, RunLanguage } from '../../../src/core/coverage.ts';
import type { LanguageTokens } from '../../../src/core/report.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { wilson } from '../../../src/core/statistics.ts';
import { toLanguage } from '../../../src/core/language.ts';
import { readTaxonomy } from '../../../src/io/read/from-taxonomy.ts';
import { answerTable } from '../../helpers/answer-tables.ts';

const SCORES = [0.62, 0.71, 0.55, 0.8, 0.77, 0.83, 0.79, 0.4, 0.52, 0.61];
const SCRIPTS = ['Latn', 'Latn', 'Cyrl', 'Latn', 'Latn', 'Cyrl', 'Latn', 'Thai', 'Thai', 'Cyrl'];
const grouped = SCORES.map((score, i) => ({ language: String(i), group: SCRIPTS[i], score }));

describe('compareGroups', () => {
  it('agrees with SciPy on F and the permutation p', () => {
    const { f, p, languages, groups } = compareGroups(grouped, seededRandom(1));
    expect(f).toBeCloseTo(5.299579601535369, 9);
    // All 2,520 groupings, by SciPy 1.x: 0.034127; the standard error of 9,999 rounds is 0.0018.
    expect(Math.abs(p - 0.034126984126984124)).toBeLessThan(0.006);
    expect(languages).toBe(10);
    expect(groups.map(({ group, mean }) => [group, Number(mean.toFixed(6))])).toEqual([
      ['Cyrl', 0.663333],
      ['Latn', 0.738],
      ['Thai', 0.46],
    ]);
    // NumPy, 50,000 rounds: 0.674 to 0.790.
    expect(Math.abs(groups[1].interval![0] - 0.674)).toBeLessThan(0.01);
    expect(Math.abs(groups[1].interval![1] - 0.79)).toBeLessThan(0.01);
  });

  it('has no test where there is one group, or one language in each, and no interval of one', () => {
    const alone = compareGroups(grouped.slice(0, 2), seededRandom(1));
    expect([alone.f, alone.p]).toEqual([NaN, NaN]);
    const each = compareGroups([grouped[0], grouped[2], grouped[7]], seededRandom(1));
    expect([each.f, each.p]).toEqual([NaN, NaN]);
    expect(each.groups.map(({ interval }) => interval)).toEqual([null, null, null]);
    expect(compareGroups([], seededRandom(1))).toMatchObject({ languages: 0, groups: [] });
  });

  it('finds no difference where all are equal', () => {
    const equal = grouped.map((score) => ({ ...score, score: 1 }));
    expect(compareGroups(equal, seededRandom(1))).toMatchObject({ f: NaN, p: NaN });
  });
});

function tokensOf(premium: number, unknownRate = 0): LanguageTokens {
  const counts = { renderings: 1, tokens: 1, unknown: 0, truncated: 0 };
  return { ...counts, premium, unknownRate, truncationRate: 0 };
}

describe('measuredTiers', () => {
  const rows = (tokens: (LanguageTokens | null)[]) =>
    tokens.map((own) => ({ tokens: own }) as LanguageCoverage);

  it('are thirds by rank, equal languages in one tier, none without tokens', () => {
    const six = [1, 1.2, 1.5, 2, 3, 4].map((premium) => tokensOf(premium));
    expect(measuredTiers(rows([...six, null]))).toEqual(['1', '1', '2', '2', '3', '3', '']);
    expect(measuredTiers(rows([1, 1, 1].map((premium) => tokensOf(premium))))).toEqual([
      '1',
      '1',
      '1',
    ]);
    expect(measuredTiers(rows([tokensOf(1), tokensOf(2), null]))).toEqual(['', '', '']);
  });

  it('weigh unknown tokens as much as the premium', () => {
    const tiers = measuredTiers(rows([tokensOf(1, 0.2), tokensOf(1.1, 0.3), tokensOf(1.2, 0)]));
    expect(tiers).toEqual(['1', '3', '2']);
  });
});

describe('offTargetAnswers', () => {
  const english =
    'The capital of the country lies on a wide river that several old bridges lead across.';
  const chinese = '这个国家的首都位于一条宽阔的河流旁边。';

  it('counts by language and model, with what was not judged and the language most are in', () => {
    const answer = (language: string, text: string, model: string) => ({
      question: 0,
      language,
      text,
      model,
    });
    const table = answerTable({
      languages: ['en', 'zh'],
      questions: [{}],
      models: ['m', 'k'],
      answers: [
        answer('zh', english, 'm'),
        answer('zh', chinese, 'm'),
        answer('zh', 'B', 'm'),
        answer('en', english, 'm'),
        answer('zh', chinese, 'k'),
      ],
    });
    const rows = offTargetAnswers(table);
    expect(rows[0]).toEqual({
      language: 'zh',
      model: 'm',
      answers: 3,
      judged: 2,
      notJudged: 1,
      offTarget: 1,
      share: 0.5,
      interval: wilson(1, 2),
      mostly: 'English',
    });
    expect(
      rows
        .slice(1)
        .map(({ language, model, judged, offTarget }) => [language, model, judged, offTarget]),
    ).toEqual([
      ['en', 'm', 1, 0],
      ['zh', 'k', 1, 0],
    ]);
  });

  it('has no share where nothing can be judged', () => {
    const answers = [{ question: 0, language: 'zh', text: 'A' }];
    const [row] = offTargetAnswers(answerTable({ languages: ['zh'], questions: [{}], answers }));
    expect(row).toMatchObject({ judged: 0, notJudged: 1, share: NaN, interval: null, mostly: '' });
  });
});

describe('coverage', () => {
  const training = [0, 0, -1].map((language, i) => ({
    file: 'f',
    line: i + 1,
    language,
    split: '' as const,
    instruction: '',
    input: '',
    chosen: 'x',
    rejected: null,
  }));
  const table = answerTable({
    languages: ['cn', 'twi_Latn', 'en', 'csb'],
    questions: [{}],
    answers: ['cn', 'cn', 'twi_Latn', 'csb'].map((language) => ({
      question: 0,
      language,
      text: 'A',
    })),
    training,
  });
  const corpus = {
    facts: [{ id: 'a', topic: '' }],
    languages: [toLanguage('en'), toLanguage('kor_Hang')],
    files: [],
    renderings: {
      text: ['x', 'y'],
      fact: Int32Array.of(0, 0),
      language: Int32Array.of(0, 1),
      file: new Int32Array(2),
      line: new Int32Array(2),
    },
  };
  const run: RunLanguage[] = [
    { label: 'en', tag: 'en', tokens: tokensOf(1), scores: { mexa: 0.9 } },
    { label: 'de', tag: 'de', tokens: tokensOf(1.2), scores: { mexa: 0.8 } },
    { label: 'ru', tag: 'ru', tokens: tokensOf(2), scores: { mexa: 0.4 } },
  ];

  it('counts what each language has, by code where two share a tag, and those beyond FLORES', () => {
    const { languages, counts } = coverage(
      { corpus, table, run: null, trust: null },
      { taxonomy: null, seed: 1 },
    );
    const held = languages
      .filter((row) => row.facts + row.answers + row.trainingRows > 0)
      .map(({ flores, tag, facts, answers, trainingRows }) => [
        flores || tag,
        facts,
        answers,
        trainingRows,
      ]);
    expect(held).toEqual([
      ['eng_Latn', 1, 0, 0],
      ['kor_Hang', 1, 0, 0],
      ['twi_Latn', 0, 1, 0],
      ['zho_Hans', 0, 2, 2],
      ['csb', 0, 1, 0],
    ]);
    expect(counts).toEqual([
      { of: 'FLORES-200', languages: 204, facts: 2, answers: 2, trainingRows: 1, encoder: 0 },
      { of: 'hundred', languages: 100, facts: 1, answers: 1, trainingRows: 1, encoder: 0 },
      { of: 'session', languages: 5, facts: 2, answers: 3, trainingRows: 1, encoder: 0 },
    ]);
  });

  it('says what the encoder was measured on', () => {
    const trust = {
      measure: '',
      candidates: 100,
      reference: 'en',
      languages: { de: { sentences: 100, found: 90 }, fr: { sentences: 100, found: 10 } },
    };
    const { languages, counts } = coverage(
      { corpus: null, table: null, run: null, trust },
      { taxonomy: null, seed: 1 },
    );
    const status = (code: string) => languages.find(({ flores }) => flores === code)!.encoder;
    expect(['eng_Latn', 'deu_Latn', 'fra_Latn', 'spa_Latn'].map(status)).toEqual([
      'reference',
      'strong',
      'weak',
      'untested',
    ]);
    expect(counts[0].encoder).toBe(2);
  });

  it('compares groups of the run by measured tiers, or by those of a taxonomy', () => {
    const holdings = { corpus: null, table: null, run, trust: null };
    const measured = coverage(holdings, { taxonomy: null, seed: 1 });
    expect(measured.tierSource).toBe('token counts');
    const tiersOf = ({ groups }: typeof measured) =>
      groups
        .find(({ grouping }) => grouping === 'tier')!
        .groups.map(({ group, languages }) => [group, languages]);
    expect(tiersOf(measured)).toEqual([
      ['1', ['en']],
      ['2', ['de']],
      ['3', ['ru']],
    ]);
    const [{ democratization, worstOverBest }] = measured.disparities;
    expect(democratization).toBeCloseTo(0.7 / 0.9, 12);
    expect(worstOverBest).toBeCloseTo(0.4 / 0.9, 12);
    const taxonomy = readTaxonomy(
      't.json',
      '{"5":[{"lang_code":"eng","lang_name":"English"},{"lang_code":"","lang_name":"German"}],"4":[{"lang_code":"zzzz"}]}',
    );
    const sorted = coverage(holdings, { taxonomy, seed: 1 });
    expect(sorted.tierSource).toBe('t.json');
    expect(tiersOf(sorted)).toEqual([['5', ['en', 'de']]]);
    expect(sorted.groups[0]).toMatchObject({ languages: 2, p: NaN });
  });

  it('adjusts p values over the metrics of a grouping', () => {
    const labels = ['en', 'de', 'nl', 'ru', 'uk', 'bg'];
    const many = labels.map((label, i) => ({
      label,
      tag: label,
      tokens: null,
      scores: { mexa: [9, 8, 8.5, 1, 2, 1.5][i], mrr: [1, 6, 2, 5, 3, 4][i] },
    }));
    const holdings = { corpus: null, table: null, run: many, trust: null };
    const { groups } = coverage(holdings, { taxonomy: null, seed: 1 });
    const script = groups.filter(({ grouping }) => grouping === 'script');
    const [mexa, mrr] = script;
    // 2 of the 20 ways to split six languages in halves are as far apart.
    expect(Math.abs(mexa.p - 0.1)).toBeLessThan(0.01);
    expect(mexa.adjusted).toBeCloseTo(Math.min(2 * mexa.p, mrr.p), 12);
    expect(mrr.adjusted).toBeCloseTo(mrr.p, 12);
  });
});

describe('readTaxonomy', () => {
  it.each([
    ['[]', 'no JSON object'],
    ['{"0": {}}', 'tier 0 is no list'],
    ['{"0": [{"lang_code": "de"}], "1": [{"lang_name": "German"}]}', 'de is in the tiers 0 and 1'],
    ['{"0": []}', 'no language'],
  ])('refuses %s', (text, why) => {
    expect(() => readTaxonomy('t.json', text)).toThrow(why);
  });
});
