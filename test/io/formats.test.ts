import { describe, expect, it } from 'vitest';
import { fromBmlama, isBmlama } from '../../src/io/read/from-bmlama.ts';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { fromLines, splitLines } from '../../src/io/read/from-lines.ts';
import { fromMkqa } from '../../src/io/read/from-mkqa.ts';
import { fromXquad, isXquad } from '../../src/io/read/from-xquad.ts';

describe('splitLines', () => {
  it('ends lines at LF, CRLF and CR only', () => {
    expect(splitLines('a\nb\r\nc\rd\u2028e\u0085f\vg')).toEqual([
      'a',
      'b',
      'c',
      'd\u2028e\u0085f\vg',
    ]);
  });

  it('keeps blank lines, and adds none for the end of the last one', () => {
    expect([splitLines('a\n\nb\n'), splitLines('a\n\n'), splitLines('')]).toEqual([
      ['a', '', 'b'],
      ['a', ''],
      [],
    ]);
  });
});

describe('fromLines', () => {
  it('makes a column of texts in the language of the file name', () => {
    expect(fromLines('set/tatoeba.deu-eng.deu', 'Eins.\nZwei.')).toMatchObject({
      rows: [['Eins.'], ['Zwei.']],
      lines: [1, 2],
      roles: [{ kind: 'text', label: 'deu' }],
      scope: 'deu-eng',
    });
  });

  it('gives no role to the texts of a file whose name gives no language', () => {
    expect(fromLines('notes.txt', 'Some text').roles).toEqual([{ kind: 'ignore' }]);
  });
});

describe('fromXquad', () => {
  const squad = {
    data: [
      {
        title: 'A',
        paragraphs: [
          { context: 'c', qas: [{ id: '1', question: 'q?', answers: [{ text: 'a' }] }] },
        ],
      },
      {
        title: 'B',
        paragraphs: [{ context: 'd', qas: [{ id: '2', question: '"question": ?' }] }, null],
      },
      'not an article',
    ],
  };

  it('makes a row for each question, with context and answer to choose from', () => {
    const text = JSON.stringify(squad, null, 1);
    const sheet = fromXquad('xquad.el.json', text, squad);
    expect(sheet.columns).toEqual(['id', 'title', 'context', 'question', 'answer']);
    expect(sheet.rows).toEqual([
      ['1', 'A', 'c', 'q?', 'a'],
      ['2', 'B', 'd', '"question": ?', ''],
    ]);
    expect(sheet.roles[3]).toEqual({ kind: 'text', label: 'el' });
    const lines = text.split('\n');
    expect(sheet.lines.map((line) => lines[line - 1].trim().slice(0, 11))).toEqual([
      '"question":',
      '"question":',
    ]);
  });

  it('is told from other JSON by its paragraphs', () => {
    expect([
      isXquad(squad),
      isXquad({ data: [] }),
      isXquad({ data: [{ text: 'a' }] }),
      isXquad([]),
    ]).toEqual([true, false, false, false]);
  });
});

describe('fromBmlama', () => {
  const header = 'Prompt\tAns\tCandidate Ans\tSubject';
  const read = (text: string) => fromBmlama('bmlama53/he.tsv', parseDelimited(text)).sheet;

  it('fills every mask with the answer as it stands', () => {
    const sheet = read(`${header}\nIt costs <mask>, only <mask>.\t$& and $1\tx\ty\n`);
    expect(sheet?.columns[0]).toBe('Statement');
    expect(sheet?.rows[0][0]).toBe('It costs $& and $1, only $& and $1.');
    expect(sheet?.roles.map(({ kind }) => kind)).toEqual([
      'text',
      'ignore',
      'ignore',
      'ignore',
      'ignore',
    ]);
  });

  it('reads the header with five names that the Chinese file has', () => {
    const sheet = read(
      'Prompt\tAns\tCandidate\tAns\tSubject\n<mask>是首都\t东京\t东京, 巴黎\t东京\n',
    );
    expect(sheet?.rows).toEqual([['东京是首都', '<mask>是首都', '东京', '东京, 巴黎', '东京']]);
  });

  it('is told from other tables by its header', () => {
    const isIt = (text: string) => isBmlama(parseDelimited(text));
    expect([
      isIt(`${header}\n`),
      isIt('prompt\tans\tcandidate ans\tsubject'),
      isIt('Prompt\tAns'),
      isIt(''),
    ]).toEqual([true, true, false, false]);
  });
});

describe('fromMkqa', () => {
  it('cuts the language off the id, and only there', () => {
    const records = [
      {
        value: { id: '5_zh_cn_zh_cn', lang: 'zh_cn', question: 'q', answers: ['a', 'b'] },
        line: 1,
      },
      { value: {}, line: 2 },
    ];
    expect(fromMkqa('mkqa.jsonl', records).rows).toEqual([
      ['5_zh_cn', 'zh_cn', 'q', 'a | b'],
      ['', '', '', ''],
    ]);
  });
});
