import { describe, expect, it } from 'vitest';
import { isAdapter, readAdapter } from '../../src/io/read/from-adapter.ts';
import { toAdapter } from '../../src/io/write/to-adapter.ts';
import { recordOf } from '../adapters/adapter-records.ts';

const file = toAdapter(recordOf());
const text = new TextDecoder().decode(file);

interface Written {
  matrices: Record<string, { shape: number[]; data: string }>;
  languages: { tag: string; mean: string | null; linear: Record<string, string> }[];
  [field: string]: unknown;
}

const written = (): Written => JSON.parse(text) as Written;

/** What is said of the file once something in it was changed. */
function saidOf(change: (value: Written) => void): string {
  const value = written();
  change(value);
  return saidOfText(JSON.stringify(value));
}

function saidOfText(changed: string): string {
  try {
    readAdapter(new TextEncoder().encode(changed), 'a.json');
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return '';
}

describe('the file of an adapter', () => {
  it('gives the record back, bit by bit', () => {
    expect(readAdapter(file, 'a.json')).toEqual(recordOf());
  });

  it('writes the same bytes once it was read', () => {
    expect(toAdapter(readAdapter(file, 'a.json'))).toEqual(file);
  });

  it('is known by how it begins', () => {
    expect(isAdapter(file)).toBe(true);
    expect(isAdapter(new TextEncoder().encode('{"format": "other"}'))).toBe(false);
  });

  it('holds each matrix once, and gives languages that share one the same object', () => {
    const { languages, otherLanguages } = readAdapter(file, 'a.json').adapter;
    const [en, , , , zh, sw] = languages;
    expect(sw.linear).toBe(en.linear);
    expect(otherLanguages).toBe(en.linear);
    expect('up' in zh.linear && 'up' in en.linear && zh.linear.up.data === en.linear.up.data).toBe(
      true,
    );
    expect(Object.keys(written().matrices)).toEqual([
      'en mean',
      'en down',
      'en up',
      'de mean',
      'fr directions',
      'ja mean',
      'ja weights',
      'zh mean',
      'zh down',
      'sw mean',
    ]);
  });

  it('says where it stops being JSON, an adapter, or one that can be read', () => {
    expect(saidOfText('{"format"')).toBe('a.json is no JSON, and so no adapter.');
    expect(saidOfText('[]')).toBe('a.json is no adapter: its format is not isogloss-adapter.');
    expect(saidOf((value) => (value.version = 2))).toBe(
      'a.json is an adapter of version 2; this Isogloss reads version 1.',
    );
  });

  it.each<[what: string, change: (value: Written) => void, sentence: string]>([
    [
      'base64 of another length',
      ({ matrices }) => (matrices['en mean'].data = 'AAAA'),
      'the matrix "en mean" has 3 bytes, but [4] needs 16',
    ],
    [
      'what is not base64',
      ({ matrices }) => (matrices['en mean'].data = '*'),
      'the matrix "en mean" is not base64',
    ],
    [
      'a number that is none',
      ({ matrices }) => (matrices['en mean'].data = 'AADAfwAAAAAAAAAAAAAAAA=='),
      'the matrix "en mean" contains NaN',
    ],
    [
      'a mean of other dimensions',
      ({ matrices }) => (matrices['en mean'].shape = [3]),
      'the matrix "en mean" of languages[0].mean is [3], not [4]',
    ],
    [
      'factors that do not fit each other',
      ({ matrices }) => (matrices['zh down'].shape = [4, 3]),
      'the matrix "zh down" has 32 bytes, but [4, 3] needs 48',
    ],
    [
      'factors of different ranks',
      ({ matrices }) => (matrices['en up'].shape = [4, 2]),
      'the matrix "en up" of languages[0].linear.up is [4, 2], not [2, 4]',
    ],
    [
      'a matrix that is not there',
      ({ matrices }) => delete matrices['ja weights'],
      'languages[3].linear.weights names the matrix "ja weights", which it does not hold',
    ],
    [
      'a map of another kind',
      ({ languages }) => (languages[0].linear.kind = 'cubic'),
      'languages[0].linear.kind is "cubic", not one of identity, remove, full, low-rank',
    ],
    [
      'no languages',
      (value) => (value.languages = []),
      'languages is "[]", not a list of languages',
    ],
    [
      'a language without a tag',
      ({ languages }) => delete (languages[1] as Partial<(typeof languages)[0]>).tag,
      'languages[1].tag is missing, not a text',
    ],
    [
      'two maps for a language',
      ({ languages }) => (languages[1].tag = 'en'),
      'it has two maps for en',
    ],
    [
      'no dimensions',
      (value) => (value.dimensions = 2.5),
      'dimensions is "2.5", not a whole number above 0',
    ],
    [
      'an encoder that is cut',
      (value) => (value.encoder = { id: 'x' }),
      'encoder.revision is missing, not a text',
    ],
    [
      'a method of another name',
      (value) => (value.method = 'magic'),
      'method is "magic", not one of centering',
    ],
    [
      'an interval with one end',
      (value) => ((value.heldOut as { interval: unknown }[])[0].interval = [1]),
      'heldOut[0].interval is "[1]", not two numbers',
    ],
    ['no split', (value) => delete value.split, 'split is missing, not an object'],
  ])('refuses %s', (_, change, sentence) => {
    expect(saidOf(change)).toContain(`a.json is damaged: ${sentence}`);
  });
});
