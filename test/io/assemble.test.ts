import { describe, expect, it } from 'vitest';
import { labelsOf, readAll, shortIssues, textsOf } from './reading.ts';

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`;

describe('joining facts', () => {
  it('joins files by id, in whatever order their rows stand', async () => {
    const result = await readAll({
      'a.csv': 'id,en\nq2,The second one\nq1,The first one\n',
      'b.csv': 'id,de\nq1,Die erste\nq3,Die dritte\nq2,Die zweite\n',
    });
    expect(result.corpus.facts.map(({ id }) => id)).toEqual(['q2', 'q1', 'q3']);
    expect(textsOf(result)).toEqual({
      q1: { en: 'The first one', de: 'Die erste' },
      q2: { en: 'The second one', de: 'Die zweite' },
      q3: { de: 'Die dritte' },
    });
    expect(result.corpus.files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv']);
    expect([...result.corpus.renderings.file]).toEqual([0, 0, 1, 1, 1]);
    expect([...result.corpus.renderings.line]).toEqual([2, 3, 2, 3, 4]);
  });

  it('reads two spellings of a language as one, under the first spelling', async () => {
    const result = await readAll({
      'a.csv': 'id,deu_Latn\nq1,Ein Text\n',
      'b.csv': 'id,de,en\nq2,Noch einer,One more\n',
    });
    expect(result.corpus.languages.map(({ label, tag }) => [label, tag])).toEqual([
      ['deu_Latn', 'de'],
      ['en', 'en'],
    ]);
  });

  it('numbers lines within their pair, so that the English sides of two pairs stay apart', async () => {
    const result = await readAll({
      'tatoeba.deu-eng.deu': lines('Eins.', 'Zwei.'),
      'tatoeba.deu-eng.eng': lines('One.', 'Two.'),
      'tatoeba.fra-eng.fra': lines('Trois.'),
      'tatoeba.fra-eng.eng': lines('Three.'),
    });
    expect(textsOf(result)).toEqual({
      'deu-eng:1': { deu: 'Eins.', eng: 'One.' },
      'deu-eng:2': { deu: 'Zwei.', eng: 'Two.' },
      'fra-eng:1': { fra: 'Trois.', eng: 'Three.' },
    });
    expect(result.issues).toEqual([]);
  });

  it('numbers a pair by name even when it is the only one', async () => {
    const result = await readAll({
      't.deu-eng.deu': lines('Eins.'),
      't.deu-eng.eng': lines('One.'),
    });
    expect(Object.keys(textsOf(result))).toEqual(['deu-eng:1']);
  });

  it('numbers the lines of one folder plainly, and those of two folders by folder', async () => {
    const one = await readAll({ 'dev/en.txt': lines('A text.'), 'dev/de.txt': lines('Ein Text.') });
    expect(Object.keys(textsOf(one))).toEqual(['1']);
    const two = await readAll({
      'dev/en.txt': lines('A text.'),
      'test/en.txt': lines('Another.', 'More.'),
    });
    expect(Object.keys(textsOf(two))).toEqual(
      ['dev/:1', 'test/:1', 'test/:2'].map((id) => id.replace('/:', ':')),
    );
  });

  it('never joins a line number with an id that happens to be a number', async () => {
    const result = await readAll({ 'a.csv': 'id,en\n1,A fact\n', 'de.txt': lines('Eine Zeile.') });
    expect(textsOf(result)).toEqual({ 1: { en: 'A fact' }, 'line:1': { de: 'Eine Zeile.' } });
  });

  it('tells the splits of one folder apart by the rest of their names', async () => {
    const result = await readAll({
      'train.en': lines('One.', 'Two.'),
      'train.de': lines('Eins.', 'Zwei.'),
      'test.en': lines('Three.'),
      'test.de': lines('Drei.'),
    });
    expect(textsOf(result)).toEqual({
      'train.*:1': { en: 'One.', de: 'Eins.' },
      'train.*:2': { en: 'Two.', de: 'Zwei.' },
      'test.*:1': { en: 'Three.', de: 'Drei.' },
    });
  });

  it('joins tables of one language without ids by row, like lines', async () => {
    const result = await readAll({
      'x.en.csv': 'text\nThe one\nThe two\n',
      'x.de.csv': 'text\n"Die\neine"\nDie zwei\n',
    });
    expect(textsOf(result)).toEqual({
      1: { en: 'The one', de: 'Die\neine' },
      2: { en: 'The two', de: 'Die zwei' },
    });
  });

  it('keeps rows in their place when a row before them is bad', async () => {
    const result = await readAll({
      'x.en.tsv': 'text\tnote\nThe one\tx\nThe two\nThe three\tx\n',
      'x.de.tsv': 'text\tnote\nDie eins\tx\nDie zwei\tx\nDie drei\tx\n',
    });
    expect(textsOf(result)[3]).toEqual({ en: 'The three', de: 'Die drei' });
    expect(textsOf(result)[2]).toEqual({ de: 'Die zwei' });
  });
});

describe('unequal files', () => {
  const files = {
    'en.txt': lines('a', 'b', 'c'),
    'de.txt': lines('d', 'e', 'f'),
    'fr.txt': lines('g', 'h'),
  };

  it('are left out, and named with their counts', async () => {
    const result = await readAll(files);
    expect(result.corpus.facts).toEqual([]);
    expect(shortIssues(result)).toEqual(['error unequal-lines fr.txt:0']);
    expect(result.issues[0].message).toContain(
      'en.txt and de.txt have 3 lines, fr.txt has 2 lines',
    );
  });

  it('are cut to the shortest when the user chooses so, with a warning', async () => {
    const result = await readAll(files, { choices: { truncateUnequal: true } });
    expect(textsOf(result)).toEqual({
      1: { en: 'a', de: 'd', fr: 'g' },
      2: { en: 'b', de: 'e', fr: 'h' },
    });
    expect(shortIssues(result)).toEqual(['warning unequal-lines fr.txt:0']);
  });

  it('join again without the file that is left out', async () => {
    const excluded = await readAll(files, { choices: { excluded: ['fr.txt'] } });
    expect([labelsOf(excluded), excluded.issues]).toEqual([['en', 'de'], []]);
    const dropped = await readAll(files, { choices: { languages: { fr: null } } });
    expect([labelsOf(dropped), dropped.issues]).toEqual([['en', 'de'], []]);
  });

  it('are equal when they differ only in blank lines at the end', async () => {
    const result = await readAll({ 'en.txt': 'a\nb\n\n\n', 'de.txt': 'c\nd\n', 'fr.txt': 'e\n\n' });
    expect(textsOf(result)).toEqual({ 1: { en: 'a', de: 'c', fr: 'e' }, 2: { en: 'b', de: 'd' } });
    expect(shortIssues(result)).toEqual(['note empty-text fr.txt:2']);
  });

  it('do not disturb the files of another folder', async () => {
    const result = await readAll({
      'a/en.txt': 'x\ny\n',
      'a/de.txt': 'z\n',
      'b/en.txt': 'u\n',
      'b/de.txt': 'v\n',
    });
    expect(textsOf(result)).toEqual({ 'b:1': { en: 'u', de: 'v' } });
  });
});

describe('second renderings', () => {
  it('of a fact are reported with both lines, and the first is kept', async () => {
    const result = await readAll({ 'a.csv': 'id,en,de\nq1,One,Eins\nq2,Two,Zwei\nq1,Uno,Eins\n' });
    expect(textsOf(result).q1).toEqual({ en: 'One', de: 'Eins' });
    expect(result.issues).toMatchObject([{ code: 'duplicate-id', severity: 'warning', line: 4 }]);
    expect(result.issues[0].message).toBe(
      'Fact "q1" has another text in en, de in line 2 and here, in line 4; the first is kept.',
    );
  });

  it('of the same text in another file are only noted', async () => {
    const result = await readAll({
      'a.csv': 'id,en,de\nq1,One,Eins\n',
      'b.csv': 'id,en,fr\nq1,One,Un\n',
    });
    expect(textsOf(result).q1).toEqual({ en: 'One', de: 'Eins', fr: 'Un' });
    expect(shortIssues(result)).toEqual(['note duplicate-id b.csv:2']);
    expect(result.issues[0].message).toContain('in line 2 of a.csv and here');
  });

  it('of a column are left out whole: two columns, or files, of one language', async () => {
    const columns = await readAll({ 'a.csv': 'id,pt,pt-BR,en\nq1,Um texto,Outro texto,A text\n' });
    expect(textsOf(columns).q1).toEqual({ pt: 'Um texto', en: 'A text' });
    expect(shortIssues(columns)).toEqual(['warning duplicate-id a.csv:1']);
    const files = await readAll({
      'ajp_Arab.devtest': 'نص\n',
      'apc_Arab.devtest': 'نص\n',
      'eng_Latn.devtest': 'Text\n',
    });
    expect(labelsOf(files)).toEqual(['ajp_Arab', 'eng_Latn']);
    expect(shortIssues(files)).toEqual(['warning duplicate-id apc_Arab.devtest:0']);
  });

  it('are kept as a language of their own once one of them is read as another', async () => {
    const choices = { languages: { 'pt-BR': 'Brazilian' } };
    const result = await readAll(
      { 'a.csv': 'id,pt,pt-BR\nq1,Um texto,Outro texto\n' },
      { choices },
    );
    expect(textsOf(result).q1).toEqual({ pt: 'Um texto', 'pt-BR': 'Outro texto' });
    expect(result.corpus.languages[1]).toMatchObject({
      tag: 'Brazilian',
      label: 'pt-BR',
      known: false,
    });
  });
});

describe('corrections', () => {
  const table = { 'a.csv': 'name,en,note\nq1,A text,Ein Text\nq2,More text,Mehr Text\n' };

  it('change roles, and every answer shows the roles in force', async () => {
    const choices = {
      roles: { 'a.csv': { 0: { kind: 'id' as const }, 2: { kind: 'text' as const, label: 'de' } } },
    };
    const result = await readAll(table, { choices });
    expect(textsOf(result)).toEqual({
      q1: { en: 'A text', de: 'Ein Text' },
      q2: { en: 'More text', de: 'Mehr Text' },
    });
    expect(result.sheets[0].columns).toEqual([
      { name: 'name', role: { kind: 'id' }, sample: 'q1' },
      { name: 'en', role: { kind: 'text', label: 'en' }, sample: 'A text' },
      { name: 'note', role: { kind: 'text', label: 'de' }, sample: 'Ein Text' },
    ]);
  });

  it('put a chosen column in the place of the guessed one for the same language', async () => {
    const choices = { roles: { 'xquad.en.json': { 2: { kind: 'text' as const, label: 'en' } } } };
    const squad = {
      data: [
        {
          title: 'T',
          paragraphs: [{ context: 'Context here.', qas: [{ id: '1', question: 'Why?' }] }],
        },
      ],
    };
    const result = await readAll({ 'xquad.en.json': JSON.stringify(squad) }, { choices });
    expect(textsOf(result)).toEqual({ 1: { en: 'Context here.' } });
    expect(result.sheets[0].columns[3].role).toEqual({ kind: 'ignore' });
  });

  it('read a label as another language, keep its spelling, and leave out what is null', async () => {
    const files = { 'a.csv': 'id,en,de,fr\nq1,A text,Een tekst,Un texte\n' };
    const result = await readAll(files, { choices: { languages: { de: 'nl', fr: null } } });
    expect(result.corpus.languages).toMatchObject([
      { tag: 'en' },
      { tag: 'nl', label: 'de', name: 'Dutch' },
    ]);
    expect(textsOf(result).q1).toEqual({ en: 'A text', de: 'Een tekst' });
  });

  it('take away the warning that they answer', async () => {
    const files = { 'notes.txt': 'Ein Satz.\n', 'en.txt': 'A sentence.\n' };
    expect(shortIssues(await readAll(files))).toEqual(['warning unknown-language notes.txt:0']);
    const roles = { 'notes.txt': { 0: { kind: 'text' as const, label: 'de' } } };
    const corrected = await readAll(files, { choices: { roles } });
    expect(corrected.issues).toEqual([]);
    expect(textsOf(corrected)).toEqual({ 1: { de: 'Ein Satz.', en: 'A sentence.' } });
  });

  it('are not taken from names that objects have of their own', async () => {
    const result = await readAll({
      'constructor.csv': 'id,lang,text\nq1,constructor,A text here\nq1,en,A text\n',
    });
    expect(labelsOf(result)).toEqual(['constructor', 'en']);
    expect(result.corpus.languages[0]).toMatchObject({ known: false, tag: 'constructor' });
  });
});

describe('holes', () => {
  it('are noted for the languages that have them, and leave no rendering', async () => {
    const result = await readAll({
      'a.csv': 'id,en,de,fr\nq1,One,,\nq2,,,\nq3,Three,Drei,Trois\n',
    });
    expect(textsOf(result)).toEqual({
      q1: { en: 'One' },
      q3: { en: 'Three', de: 'Drei', fr: 'Trois' },
    });
    expect(result.issues.map(({ code, line, message }) => [code, line, message])).toEqual([
      ['empty-text', 2, 'Fact "q1" has no text in de, fr.'],
      ['empty-text', 3, 'Fact "q2" has no text in any language.'],
    ]);
  });

  it('of a whole column make no language', async () => {
    expect(labelsOf(await readAll({ 'a.csv': 'id,en,de\nq1,One,\nq2,Two,\n' }))).toEqual(['en']);
  });

  it('in the id leave the row out, with a word', async () => {
    const result = await readAll({ 'a.csv': 'id,en,de\nq1,One,Eins\n,Two,Zwei\n' });
    expect(Object.keys(textsOf(result))).toEqual(['q1']);
    expect(shortIssues(result)).toEqual(['warning bad-row a.csv:3']);
  });

  it('are summed up after 20', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `q${i},Text ${i},`).join('\n');
    const { issues } = await readAll({ 'a.csv': `id,en,de\nq,One,Eins\n${rows}\n` });
    expect(issues).toHaveLength(21);
    expect(issues[20].message).toBe(
      '80 more of this kind (empty-text), the next one in line 23 of a.csv.',
    );
  });
});

describe('limits', () => {
  it('keep the facts below the limit and say how many there are', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `q${i},Text ${i}`).join('\n');
    const result = await readAll(
      { 'a.csv': `id,en\n${rows}\nq3,Again\n`, 'b.csv': 'id,de\nq2,Zwei\nq29,Ende\n' },
      { limits: { facts: 10 } },
    );
    expect(result.corpus.facts).toHaveLength(10);
    expect(textsOf(result).q2).toEqual({ en: 'Text 2', de: 'Zwei' });
    const tooLarge = result.issues.filter(({ code }) => code === 'too-large');
    expect(tooLarge).toMatchObject([{ severity: 'error', file: 'a.csv', line: 12 }]);
    expect(tooLarge[0].message).toContain('The files hold 30 facts; at most 10 are read');
  });

  it('keep the languages below the limit and say how many there are', async () => {
    const result = await readAll(
      { 'a.csv': 'id,en,de,fr,es\nq1,One,Eins,Un,Uno\n' },
      { limits: { languages: 2 } },
    );
    expect(labelsOf(result)).toEqual(['en', 'de']);
    expect(result.issues[0].message).toContain('The files hold 4 languages; at most 2 are read');
  });

  it('refuse a file of too many lines before its table is built', async () => {
    const result = await readAll(
      { 'en.txt': 'a\n'.repeat(50), 'b.csv': 'id,en\nq,Text\n' },
      { limits: { rows: 40 } },
    );
    expect(result.issues).toMatchObject([{ code: 'too-large', file: 'en.txt' }]);
    expect(Object.keys(textsOf(result))).toEqual(['q']);
  });
});

describe('small corpora', () => {
  it.each([
    ['one language', { 'a.csv': 'id,en\nq1,One\nq2,Two\n' }, 2, 1],
    ['one fact', { 'a.csv': 'id,en,de\nq1,One,Eins\n' }, 1, 2],
    ['no shared facts', { 'a.csv': 'id,en\nq1,One\n', 'b.csv': 'id,de\nq2,Zwei\n' }, 2, 2],
    ['nothing at all', {}, 0, 0],
  ])('are read as they are: %s', async (_, files, facts, languages) => {
    const { corpus, issues } = await readAll(files as Record<string, string>);
    expect([corpus.facts.length, corpus.languages.length, issues]).toEqual([facts, languages, []]);
  });
});
