import { describe, expect, it } from 'vitest';
import { fixTraining } from '../../../src/answers/lint/fix-training.ts';
import { lint } from '../../../src/answers/lint/lint.ts';
import type { TrainingRow } from '../../../src/core/answers.ts';
import { LINT_RULES, type LintFinding, type LintRule } from '../../../src/core/lint.ts';
import { matrix, normalizeRows } from '../../../src/core/matrix.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { answerTable, type TableSpec } from '../../helpers/answer-tables.ts';

const NOTHING: TableSpec = { languages: ['en', 'de', 'zh'], questions: [] };
const OPTIONS = 'Where do fish live?\nA. sea\nB. tree\nC. sky';

let line = 0;
function pair(chosen: string, rejected: string | null, row: Partial<TrainingRow> = {}) {
  return {
    file: 'DPO_en.json',
    line: ++line,
    language: -1,
    split: '' as const,
    instruction: '',
    input: `prompt ${line}.`,
    chosen,
    rejected,
    ...row,
  };
}

async function found(rule: LintRule, spec: Partial<TableSpec>): Promise<LintFinding> {
  const { findings } = await lint(answerTable({ ...NOTHING, ...spec }), { seed: 1, prompts: null });
  return findings.find((finding) => finding.rule === rule)!;
}

async function linesOf(rule: LintRule, training: TrainingRow[]): Promise<number[]> {
  const { examples, count } = await found(rule, { training });
  expect(count).toBe(examples.length);
  return examples.map((example) => example.line);
}

describe('lint of training rows', () => {
  it.each<[LintRule, ReturnType<typeof pair>[], ReturnType<typeof pair>[]]>([
    [
      'marker-at-end',
      [
        pair('Fish swim.\nAnswer: ', 'no'),
        pair('yes', '因为\n答案：'),
        pair('Oui. Réponse :', null),
      ],
      [pair('Answer: B', 'The answer'), pair('fine', 'no', { input: 'Which?\nAnswer:' })],
    ],
    [
      'marker-twice',
      [
        pair('Answer: A\nQuestion: next? Answer: B', 'x'),
        pair('Answer: Answer: A', 'x'),
        pair('y', 'x', { input: 'Which? 答案:答案:' }),
      ],
      [pair('Question: which? Answer: A', 'x', { input: 'Answer: A\nWhich?\nAnswer:' })],
    ],
    [
      'placeholder',
      [
        pair('<your answer here>', 'x'),
        pair('It is <...>', 'x'),
        pair('x', 'y <|im_end|>'),
        pair('It is <mask>', null),
      ],
      [
        pair('<B>', '<br> a < b and c > d'),
        pair('x<sub>1</sub>', '<a href="x">link</a>'),
        pair('y', 'z', { input: 'Paris is in <mask>.' }),
      ],
    ],
    [
      'chosen-is-rejected',
      [pair(' Same  Thing', 'Same Thing\n')],
      [pair('same', 'same.'), pair('US', 'us')],
    ],
    [
      'same-letter',
      [pair('Because.\nAnswer: A. sea', 'So.\nAnswer: A', { input: OPTIONS })],
      [
        pair('Answer: A', 'Answer: B', { input: OPTIONS }),
        pair('A fish', 'A bird'),
        pair('none', 'nothing', { input: OPTIONS }),
      ],
    ],
    [
      'gold-outside-options',
      [pair('D', null, { input: OPTIONS }), pair('(E) moon', null, { input: OPTIONS })],
      [pair('C', null, { input: OPTIONS }), pair('Da', null, { input: OPTIONS }), pair('D', null)],
    ],
    [
      'contradictory-pairs',
      [pair('red', 'blue', { input: 'Colour?' }), pair('blue', 'red ', { input: 'colour? ' })],
      [
        pair('red', 'blue', { input: 'Paint?' }),
        pair('red', 'green', { input: 'Paint?' }),
        pair('blue', 'red', { input: 'Ink?' }),
      ],
    ],
    [
      'duplicate-across-splits',
      [
        pair('a', 'b', { input: 'Which  sea?', split: 'train' }),
        pair('a', 'b', { input: 'Which sea?' }),
      ],
      [
        pair('a', 'b', { input: 'which sea?', split: 'test' }),
        pair('a', 'b', { input: 'Which lake?', split: 'train' }),
      ],
    ],
    [
      'language-mismatch',
      [
        pair('The capital of the country lies on a wide river that several bridges cross.', 'x', {
          language: 2,
        }),
        pair('The capital of the country lies on a wide river that several bridges cross.', 'x', {
          input: '北京是中华人民共和国的首都吗？',
        }),
      ],
      [
        pair('北京是中华人民共和国的首都。', 'x', { language: 2 }),
        pair('B. Beijing', 'x', { language: 2 }),
        pair('北京是中华人民共和国的首都。', 'x'),
      ],
    ],
    [
      'truncated-prompt',
      [pair('a', 'b', { input: 'Of the sea, the sky,' }), pair('a', 'b', { input: 'Choose (' })],
      [pair('a', 'b', { input: 'Name a sea' }), pair('a', 'b', { input: 'Sea:' })],
    ],
  ])('%s: finds each row and no near miss', async (rule, hits, misses) => {
    expect(await linesOf(rule, [...hits, ...misses])).toEqual(hits.map((row) => row.line));
    expect(await linesOf(rule, misses)).toEqual([]);
  });

  it('takes prompts for cut that list too few options, or end at one length all', async () => {
    const whole = Array.from({ length: 38 }, (_, i) => pair('A', 'B', { input: `${i}${OPTIONS}` }));
    const cut = pair('A', 'B', { input: 'Which?\nA. sea\nB. tr' });
    const empty = pair('A', 'B', { input: 'Which?\nA. sea\nB. tree\nC.' });
    expect(await linesOf('truncated-prompt', [...whole, cut, empty])).toEqual([
      cut.line,
      empty.line,
    ]);
    const long = ['k', 'l', 'm'].map((letter) => pair('A', 'B', { input: letter.repeat(120) }));
    const others = [pair('A', 'B', { input: 'n'.repeat(119) })];
    expect(await linesOf('truncated-prompt', [...long, ...others])).toEqual(
      long.map((row) => row.line),
    );
    expect(await linesOf('truncated-prompt', [...long.slice(1), ...others])).toEqual([]);
    const alike = ['k', 'l', 'm'].map((letter) =>
      pair('A', 'B', { input: `${letter.repeat(120)}${OPTIONS}` }),
    );
    expect(await linesOf('truncated-prompt', alike)).toEqual([]);
  });

  it('finds near duplicates by cosine, but not those that are equal', async () => {
    const training = [
      pair('a', 'b', { input: 'one', split: 'train' }),
      pair('a', 'b', { input: 'two', split: 'train' }),
      pair('a', 'b', { input: 'three', split: 'train' }),
      pair('a', 'b', { input: 'three', split: 'test' }),
    ];
    // Cosines with the last row: 0.9806, 0.9701, 1.
    const vectors = normalizeRows(matrix(4, 2, Float32Array.of(5, 0.99, 4, 1, 1, 0, 1, 0)));
    const kernels = createReference();
    const { findings } = await lint(answerTable({ ...NOTHING, training }), {
      seed: 1,
      prompts: { vectors, products: (x, y) => kernels.cosineMatrix(x, y) },
    });
    const near = findings.find(({ rule }) => rule === 'near-duplicate-across-splits')!;
    expect(near).toMatchObject({ checked: 2, count: 1 });
    expect(near.examples[0].text).toContain('one\n≈ three');
  });

  it('reports every rule, also of an empty table', async () => {
    const { findings, lengthBias } = await lint(answerTable(NOTHING), { seed: 1, prompts: null });
    expect(findings.map(({ rule }) => rule)).toEqual(LINT_RULES);
    expect(findings.every(({ count, checked }) => count === 0 && checked === 0)).toBe(true);
    expect(lengthBias).toEqual([]);
  });
});

describe('lint of questions and answers', () => {
  it('finds a right answer beyond the options', async () => {
    const questions = [{ gold: 4 }, { gold: 3 }, { gold: -1 }, { gold: 2, options: 0 }];
    const finding = await found('gold-outside-options', { questions });
    expect(finding).toMatchObject({ checked: 2, count: 1 });
    expect(finding.examples[0]).toMatchObject({ question: 'task/0' });
  });

  it('finds candidates without the right answer, by language', async () => {
    const options = ['Berlin', 'Zu\u0308rich'];
    const finding = await found('gold-outside-candidates', {
      questions: [{}, {}],
      wordings: {
        en: [
          { options, truths: ['Zürich '] },
          { options, truths: ['Bern', 'Berlin'] },
        ],
        de: [
          { options, truths: ['Bern'] },
          { options, truths: [] },
        ],
      },
    });
    expect(finding).toMatchObject({ checked: 3, count: 1 });
    expect(finding.examples[0]).toMatchObject({ question: 'task/0', language: 'de' });
  });

  it('finds questions with more options in some languages', async () => {
    const finding = await found('unequal-options', {
      questions: [{}, {}, {}],
      wordings: {
        en: [{ options: ['a', 'b'] }, { options: ['a', 'b'] }, { options: ['a'] }],
        de: [{ options: ['a', 'b', 'c'] }, { options: ['c', 'd'] }, { options: [] }],
      },
    });
    expect(finding).toMatchObject({ checked: 2, count: 1 });
    expect(finding.examples[0].text).toBe('en 2, de 3');
  });

  it('finds templates in answers, with the question and the end of a long text', async () => {
    const text = `${'wort '.repeat(100)}Antwort:`;
    const finding = await found('marker-at-end', {
      questions: [{}],
      answers: [
        { question: 0, language: 'de', text },
        { question: 0, language: 'en', text: 'Answer: B' },
      ],
    });
    expect(finding).toMatchObject({ checked: 2, count: 1, fixable: 0 });
    expect(finding.examples[0]).toMatchObject({ question: 'task/0', language: 'de' });
    expect(finding.examples[0].text).toMatch(/^….* Antwort:$/);
  });

  it('reads ten million characters of an answer in a moment', async () => {
    const started = performance.now();
    const text = `${' '.repeat(1e7)}x<${'a '.repeat(1e5)}`;
    const answers = [{ question: 0, language: 'en', text }];
    expect(await found('placeholder', { questions: [{}], answers })).toMatchObject({ count: 0 });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('finds cut prompts task by task and language by language', async () => {
    const finding = await found('truncated-prompt', {
      questions: [{}, {}],
      wordings: {
        en: [{ prompt: 'Which, ' }, { prompt: 'Which?' }],
        de: [null, { prompt: 'Wo（' }],
      },
    });
    expect(finding).toMatchObject({ checked: 3, count: 2 });
  });
});

describe('fixTraining', () => {
  it('mends markers, removes what cannot be trained on, and logs each change', () => {
    const rows = [
      pair('Fish swim.\nAnswer:', 'Answer: Answer: B'),
      pair('Same', 'Same '),
      pair('B\nAnswer:', 'B'),
      pair('Answer:', 'B'),
      pair('A', 'B', { input: 'Which sea?', split: 'train' }),
      pair('A', 'B', { input: 'Which sea?', split: 'test' }),
      pair('kept as it is', null),
    ];
    const { rows: fixed, fixes } = fixTraining(answerTable({ ...NOTHING, training: rows }));
    expect(fixed.map((row) => row && [row.chosen, row.rejected])).toEqual([
      ['Fish swim.', 'Answer: B'],
      null,
      null,
      null,
      null,
      ['A', 'B'],
      ['kept as it is', null],
    ]);
    expect(
      fixes.map(({ rule, line: at, action, field }) => [rule, at - rows[0].line, action, field]),
    ).toEqual([
      ['marker-twice', 0, 'changed', 'rejected'],
      ['marker-at-end', 0, 'changed', 'chosen'],
      ['chosen-is-rejected', 1, 'removed', ''],
      ['chosen-is-rejected', 2, 'removed', ''],
      ['marker-at-end', 3, 'removed', ''],
      ['duplicate-across-splits', 4, 'removed', ''],
    ]);
    expect(rows[0].chosen).toBe('Fish swim.\nAnswer:');
  });

  it('leaves no finding that it calls fixable', async () => {
    const training = [
      pair('Fish swim.\nAnswer: Answer:', 'Answer: Answer: B'),
      pair('Same', 'Same '),
      pair('x', 'y', { instruction: 'Frage: Frage: was?' }),
    ];
    const before = await lint(answerTable({ ...NOTHING, training }), { seed: 1, prompts: null });
    const kept = fixTraining(answerTable({ ...NOTHING, training })).rows.filter(
      (row) => row !== null,
    );
    const after = await lint(answerTable({ ...NOTHING, training: kept }), {
      seed: 1,
      prompts: null,
    });
    expect(before.findings.reduce((sum, { fixable }) => sum + fixable, 0)).toBe(4);
    expect(after.findings.reduce((sum, { fixable }) => sum + fixable, 0)).toBe(0);
  });
});
