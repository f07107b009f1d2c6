import { describe, expect, it } from 'vitest';
import { guessRoles, hasHeader } from '../../src/io/read/guess-roles.ts';

/** Roles in short: `id`, `topic`, `-` for ignored ones, the label for texts. */
function roles(
  columns: string[],
  rows: string[][],
  { headed = true, fileLabel = '' } = {},
): string[] {
  const table = { columns, rows, lines: rows.map((_, i) => i + 2) };
  const short = { ignore: '-', 'language-label': 'language', 'long-text': 'texts' };
  return guessRoles(table, { headed, fileLabel }).roles.map((role) => {
    if (role.kind === 'text') return role.label;
    return role.kind === 'id' || role.kind === 'topic' ? role.kind : short[role.kind];
  });
}

const cities = [
  ['paris-1', 'Paris', 'Paris', 'Pariisi'],
  ['rome-1', 'Rome', 'Roma', 'Rooma'],
  ['cairo-1', 'Cairo', 'Kairo', 'Kairo'],
];

describe('guessRoles', () => {
  it('reads a first column id as the id and a later one as Indonesian', () => {
    const rows = cities.map(([, id, en, other]) => [id, en, other]);
    const guess = guessRoles(
      { columns: ['id', 'en', 'id'], rows, lines: [2, 3, 4] },
      { headed: true, fileLabel: '' },
    );
    expect(guess.roles[0]).toEqual({ kind: 'id' });
    expect(guess.roles[2]).toEqual({ kind: 'text', label: 'id' });
  });

  it('reads a column id of sentences as Indonesian even when it comes first', () => {
    const rows = [
      ['Ini satu kalimat.', 'This is a sentence.'],
      ['Ini lagi.', 'One more.'],
    ];
    const guess = guessRoles(
      { columns: ['id', 'en'], rows, lines: [2, 3] },
      { headed: true, fileLabel: '' },
    );
    expect(guess.roles[0]).toEqual({ kind: 'text', label: 'id' });
  });

  it('reads a first column id of numbered names as ids, with a space or without', () => {
    const rows = [
      ['fact 1', 'This is a sentence.', 'Das ist ein Satz.'],
      ['fact 2', 'One more.', 'Noch einer.'],
    ];
    const guess = guessRoles(
      { columns: ['id', 'en', 'de'], rows, lines: [2, 3] },
      { headed: true, fileLabel: '' },
    );
    expect(guess.roles[0]).toEqual({ kind: 'id' });
  });

  it('reads a column id of words behind another id column as Indonesian', () => {
    const rows = cities.map(([id, en, other]) => [id, en, other]);
    const guess = guessRoles(
      { columns: ['fact_id', 'en', 'id'], rows, lines: [2, 3, 4] },
      { headed: true, fileLabel: '' },
    );
    expect(guess.roles.map(({ kind }) => kind)).toEqual(['id', 'text', 'text']);
  });

  it('reads a column no of numbers as numbers and one of words as Norwegian', () => {
    expect(
      roles(
        ['no', 'en', 'de'],
        [
          ['1', 'a b', 'c d'],
          ['2', 'e f', 'g h'],
        ],
      ),
    ).toEqual(['id', 'en', 'de']);
    expect(
      roles(
        ['en', 'no'],
        [
          ['one day', 'en dag'],
          ['a night', 'en natt'],
        ],
      ),
    ).toEqual(['en', 'no']);
  });

  it.each(['is', 'as', 'or', 'to', 'so'])(
    'ignores a column %s that holds flags, and reads one that holds texts',
    (name) => {
      const flags = Array.from({ length: 30 }, (_, i) => [
        `q${i}`,
        `text ${i}`,
        i % 2 === 0 ? 'yes' : 'no',
      ]);
      expect(roles(['id', 'en', name], flags)).toEqual(['id', 'en', '-']);
      const texts = Array.from({ length: 30 }, (_, i) => [`q${i}`, `text ${i}`, `words ${i}`]);
      expect(roles(['id', 'en', name], texts)).toEqual(['id', 'en', name]);
    },
  );

  it('understands words around the language in a header', () => {
    expect(roles(['key', 'text_en', 'sentence_deu_Latn', 'Finnish'], cities)).toEqual([
      'id',
      'en',
      'deu_Latn',
      'Finnish',
    ]);
  });

  it('ignores columns of numbers that are named like a language', () => {
    expect(
      roles(
        ['id', 'en', 'mt'],
        [
          ['a', 'x y', '0.5'],
          ['b', 'z w', '0.7'],
        ],
      ),
    ).toEqual(['id', 'en', '-']);
  });

  it('reads a long table with its columns in any order', () => {
    const rows = [
      ['Some text here', 'x', 'en', 'q1'],
      ['Ein Text hier', 'x', 'de', 'q1'],
    ];
    expect(roles(['sentence', 'category', 'Language', 'id'], rows)).toEqual([
      'texts',
      'topic',
      'language',
      'id',
    ]);
  });

  it('prefers two columns of languages to a column lang', () => {
    const rows = [['q1', 'en', 'a text', 'ein Text']];
    expect(roles(['id', 'lang', 'en', 'de'], rows)).toEqual(['id', '-', 'en', 'de']);
  });

  it('takes no column lang for one when it holds no languages', () => {
    expect(
      roles(
        ['lang', 'en'],
        [
          ['Python 3', 'a text'],
          ['Haskell 98', 'b text'],
        ],
      ),
    ).toEqual(['-', 'en']);
  });

  it('gives the only column of texts the language of the file', () => {
    const rows = [['q1', 'ein Text', '0.5']];
    expect(roles(['id', 'text', 'score'], rows, { fileLabel: 'de' })).toEqual(['id', 'de', '-']);
    expect(roles(['id', 'text', 'score'], rows)).toEqual(['id', '-', '-']);
  });

  it('reads a long table without a header by its values alone', () => {
    const rows = [
      ['1', 'en', 'a text'],
      ['1', 'de', 'ein Text'],
      ['2', 'en', 'more'],
    ];
    expect(roles(['column 1', 'column 2', 'column 3'], rows, { headed: false })).toEqual([
      'id',
      'language',
      'texts',
    ]);
  });
});

describe('hasHeader', () => {
  it.each([
    [
      true,
      [
        ['id', 'en'],
        ['1', 'cat'],
        ['2', 'dog'],
      ],
    ],
    [
      true,
      [
        ['en', 'de'],
        ['one', 'eins'],
      ],
    ],
    [true, [['text'], ['A sentence.']]],
    [
      true,
      [
        ['claim', 'verdict'],
        ['The sun is cold.', 'false'],
      ],
    ],
    [
      false,
      [
        ['1', 'en', 'A text'],
        ['1', 'de', 'Ein Text'],
      ],
    ],
    [
      false,
      [
        ['q1', 'en', 'A text.'],
        ['q1', 'de', 'Ein Text.'],
      ],
    ],
    [false, [['Das ist ein Satz.'], ['Noch einer.']]],
    [
      false,
      [
        ['Go.', 'Va !'],
        ['Run.', 'Cours !'],
      ],
    ],
    [
      false,
      [
        ['same', 'same'],
        ['a', 'b'],
      ],
    ],
  ])('is %s for %j', (expected, rows) => {
    expect(hasHeader(rows)).toBe(expected);
  });
});
