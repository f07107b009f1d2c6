import { describe, expect, it } from 'vitest';
import { binaryKind, extensionOf, markupKind, textFormat } from '../../src/io/read/detect.ts';
import { isTable } from '../../src/io/read/from-csv.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const formatOf = (name: string, text: string): string => textFormat(name, text, isTable);

describe('binaryKind', () => {
  it.each([
    ['%PDF-1.7 and text', 'a PDF document'],
    ['\x89PNG\r\n', 'a PNG image'],
    ['\x80\x04\x95', 'pickled Python, which is never loaded'],
    ['some text\x00 with a zero byte', 'binary data'],
  ])('%j is %s', (content, kind) => {
    expect(binaryKind(bytes(content))).toBe(kind);
  });

  it.each(['RIFF is a word of music.', 'BZh', 'PAR1 is text', '\xff\xfea\x00', ''])(
    '%j is text',
    (content) => {
      expect(binaryKind(bytes(content))).toBe(null);
    },
  );
});

describe('markupKind', () => {
  it('tells web pages and XML from text', () => {
    expect(markupKind('\n<!DOCTYPE html><p>')).toBe('a web page (HTML)');
    expect(markupKind('<?xml version="1.0"?><tmx>')).toBe('an XML document');
    expect(markupKind('<b>bold</b> is a tag')).toBe(null);
  });
});

describe('textFormat', () => {
  it.each([
    ['a.json', '{"en": 1', 'json'],
    ['a.txt', '{"1": {"en": "x"}}', 'json'],
    ['a.txt', '{"id": 1}\n{"id": 2}\n', 'jsonl'],
    ['a.jsonl', '{\n  "id": 1\n}', 'json'],
    ['a.jsonl', 'broken\n{"id": 2}', 'lines'],
    ['a.json', '{"id": 1}\nbroken', 'jsonl'],
    ['a.txt', '[Music] and then\nthe end', 'lines'],
    ['a.txt', 'id,en,de\n1,a,b\n2,c,d', 'table'],
    ['a.txt', 'id\ten\n1\ta\n', 'table'],
    ['en.txt', 'Yes, no.\nWell, maybe.\nYes, sir.', 'lines'],
    ['en.csv', 'one column\nof texts', 'table'],
    ['deu.devtest', 'Ein Satz.\nNoch einer.', 'lines'],
  ])('%s holding %j is %s', (name, text, format) => {
    expect(formatOf(name, text)).toBe(format);
  });
});

describe('extensionOf', () => {
  it('looks below .gz and at the file alone', () => {
    expect(['a.CSV.gz', 'b.json', 'v1.2/eng', 'c'].map(extensionOf)).toEqual([
      'csv',
      'json',
      '',
      '',
    ]);
  });
});
