import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/io/read/decode-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), littleEndian);
  return bytes;
}

describe('decodeText', () => {
  it('drops a byte order mark and keeps one inside the text', () => {
    expect(decodeText(utf8('\uFEFFa\uFEFFb'))).toEqual({ text: 'a\uFEFFb' });
  });

  it.each([true, false])(
    'reads UTF-16 with a byte order mark (little-endian: %s)',
    (littleEndian) => {
      expect(decodeText(utf16('größer 大\n', littleEndian))).toEqual({ text: 'größer 大\n' });
    },
  );

  it('refuses UTF-16 that ends inside a letter', () => {
    expect(decodeText(utf16('ab', true).subarray(0, 5))).toMatchObject({
      text: null,
      encoding: 'utf-16le',
    });
  });

  it('refuses Latin-1, naming the line', () => {
    const bytes = Uint8Array.from([...utf8('one\ntwo\nGr'), 0xfc, ...utf8('n\nfour')]);
    expect(decodeText(bytes)).toEqual({ text: null, line: 3, encoding: 'utf-8' });
  });

  it('names the first line that is not valid, wherever that is', () => {
    const lines = fc.array(
      fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (texts, at, later) => {
        const first = at % texts.length;
        const second = first + (later % (texts.length - first));
        const parts = texts.map((text, i) => [
          ...utf8(text),
          ...(i === first || i === second ? [0xff] : []),
          10,
        ]);
        expect(decodeText(Uint8Array.from(parts.flat()))).toMatchObject({
          text: null,
          line: first + 1,
        });
      }),
      { numRuns: 200 },
    );
  });
});
