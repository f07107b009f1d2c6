import { describe, expect, it } from 'vitest';
import { isProfiles, readProfiles } from '../../src/io/read/from-profiles.ts';
import { isTaxonomy } from '../../src/io/read/from-taxonomy.ts';

const PROFILES = '{"de": {"answer": ["Antwort:"], "explanation": ["Erklärung:"]}}';
const TIERS = '{"0": [{"lang_code": "am"}], "5": [{"lang_name": "German"}]}';
const DATA = [
  '{"questions": [{"question": "Who?", "answer": ["A"]}]}',
  '{"de": {"answer": "Ja", "explanation": "Weil."}}',
  '{"q-one!": {"answer": ["Ja"], "explanation": ["Weil."]}}',
  '{"en": "One boat.", "de": "Ein Boot."}',
  '[{"answer": ["A"], "explanation": ["B"]}]',
  '{}',
  '{"0": [',
];

describe('settings among dropped files', () => {
  it('are told from each other', () => {
    expect([isProfiles(PROFILES), isTaxonomy(PROFILES)]).toEqual([true, false]);
    expect([isProfiles(TIERS), isTaxonomy(TIERS)]).toEqual([false, true]);
  });

  it.each(DATA)('are told from data: %s', (text) => {
    expect([isProfiles(text), isTaxonomy(text)]).toEqual([false, false]);
  });

  it('are refused where a marker is no list', () => {
    expect(readProfiles('p.json', PROFILES)).toEqual({
      de: { answer: ['Antwort:'], explanation: ['Erklärung:'] },
    });
    expect(() => readProfiles('p.json', DATA[1])).toThrow('p.json holds no marker profiles.');
  });
});
