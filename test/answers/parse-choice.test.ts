import { describe, expect, it } from 'vitest';
import { calmKey, parseChoice, parseChoices } from '../../src/answers/parse-choice.ts';
import { MARKER_PROFILES, usualParser, type Parser } from '../../src/core/marker-profiles.ts';
import { letterOf } from '../../src/core/answers.ts';
import { answerTable } from '../helpers/answer-tables.ts';

const read = (parser: Parser, text: string, options = 5, optionTexts: string[] = [], tag = 'en') =>
  letterOrDash(parseChoice(text, { parser, options, optionTexts, profile: MARKER_PROFILES[tag] }));
const letterOrDash = (choice: number): string => (choice < 0 ? '-' : letterOf(choice));

describe('clika-strict', () => {
  it.each([
    ['B', 'B'],
    [' \n B. Paris', 'B'],
    ['Answer:B.', 'A'],
    ['Based on the context', 'B'],
    ['Das ist B', 'D'],
    ['Eine', 'E'],
    ['(B)', '-'],
    ['b', '-'],
    ['F', '-'],
    ['', '-'],
    ['Ｂ', '-'],
    ['\u001c\u0085C', 'C'],
    ['\ufeffC', '-'],
  ])('takes the first character of %j: %s', (text, letter) => {
    expect(read('clika-strict', text)).toBe(letter);
  });
});

describe('calm', () => {
  it.each([
    ['Explanation: because\nAnswer: (B) a dog', 'en', 'B'],
    ['Answer: B\nAnswer:C', 'en', 'C'],
    ['Answer: C', 'en', 'C'],
    ['Answer: <D>', 'en', 'D'],
    ['Answer: AB', 'en', 'B'],
    ['Answer: cat', 'en', ''],
    ['Answer: 3', 'en', '3'],
    ['Answer: f', 'en', 'f'],
    ['Answer:', 'en', ''],
    ['Answer: 😀', 'en', '😀'],
    ['Answer: 😀B', 'en', 'B'],
    ['答案：A\n答案:B', 'zh', 'B'],
    // The second marker is sought in what the first left, so an earlier kind may not win.
    ['答案:B\n答案：A', 'zh', 'A'],
    ['Réponse : E. chat', 'fr', 'E'],
    ['Answer: B', 'de', 'A'],
    ['Antwort:D', 'de', 'D'],
  ])('votes for %j in %s with %j', (text, tag, key) => {
    expect(calmKey(text, MARKER_PROFILES[tag].answer)).toBe(key);
  });

  it('is a choice only where the key is the letter of an option', () => {
    expect(read('calm', 'Answer: 3')).toBe('-');
    expect(read('calm', 'Answer: E', 4)).toBe('-');
    expect(read('calm', 'Answer: (D)', 4)).toBe('D');
  });
});

describe('robust', () => {
  it.each([
    ['B', 'B'],
    ['Answer:B.', 'B'],
    ['answer : B', 'B'],
    ['**Answer:** **C**', 'C'],
    ['(B)', 'B'],
    ['B)', 'B'],
    ['**B**', 'B'],
    ['<B>', 'B'],
    ['`B`', 'B'],
    ["'B'", 'B'],
    ['【B】', 'B'],
    ['Ｂ．', 'B'],
    ['（Ｂ）', 'B'],
    ['B。', 'B'],
    ['B.Paris', 'B'],
    ['\u200fB\u200e.', 'B'],
    ['D. 5', 'D'],
    ['Explanation: it flies.\nAnswer: D', 'D'],
    ['B\n\nQuestion: 2+3?\nAnswer: C', 'B'],
    ['A bird needs wings.\nAnswer: C', 'C'],
    ['A bird', 'A'],
    ['Based on the context', '-'],
    ['Das ist gut', '-'],
    ['Eine', '-'],
    ['Abriss', '-'],
    ["D'après le texte", '-'],
    ["E' vero", '-'],
    ['C’est', '-'],
    ['E-Mail', '-'],
    ['The correct answer to', '-'],
    ['F.', '-'],
    ['b.', '-'],
    ['', '-'],
    ['Answer:', '-'],
  ])('reads %j as %s', (text, letter) => {
    expect(read('robust', text)).toBe(letter);
  });

  const animals = ['dog', 'hot dog', 'Straße', '猫', 'כלב'];
  it.each([
    ['The answer is: the dog.', 'A'],
    ['It is a HOT DOG!', 'B'],
    ['die straße', 'C'],
    ['答えは猫です', 'D'],
    ['התשובה היא כלב.', 'E'],
    ['dogma', '-'],
    ['dog or 猫', '-'],
    ['Not a dog. Answer: 猫', 'D'],
  ])('finds the one option that %j names: %s', (text, letter) => {
    expect(read('robust', text, 5, animals)).toBe(letter);
  });

  it('names no option where two have one text', () => {
    expect(read('robust', 'dog', 3, ['dog', 'Dog', ''])).toBe('-');
  });

  it('knows the options behind Z', () => {
    expect(read('robust', 'AD) the last', 30)).toBe('AD');
    expect(read('robust', 'AE', 30)).toBe('-');
    expect(read('clika-strict', 'AD', 30)).toBe('A');
  });

  it.each([' ', '.', '(', 'Answer:', 'Answer ', 'B', 'dog ', 'a', '. a ', 'dogs'])(
    'reads 10 MB of %j in time that grows with its length',
    (unit) => {
      const text = unit.repeat(1e7 / unit.length);
      const started = performance.now();
      for (const end of ['', 'x', '猫'])
        parseChoice(text + end, {
          parser: 'robust',
          options: 5,
          optionTexts: animals,
          profile: MARKER_PROFILES.en,
        });
      expect(performance.now() - started).toBeLessThan(8000);
    },
  );
});

describe('parseChoices', () => {
  it('takes markers of the language, in robust the English ones too, and texts of the options', () => {
    const table = answerTable({
      languages: ['de', 'zh_trans'],
      questions: [{}, { options: 0 }],
      wordings: { zh_trans: [{ options: ['狗', '猫'] }, {}] },
      answers: [
        { question: 0, language: 'de', text: 'Antwort: C' },
        { question: 0, language: 'de', text: 'Answer: C' },
        { question: 0, language: 'zh_trans', text: '答案：B' },
        { question: 0, language: 'zh_trans', text: '是狗' },
        { question: 1, language: 'de', text: 'A' },
      ],
    });
    expect([...parseChoices(table, { parser: 'robust' })]).toEqual([2, 2, 1, 0, -1]);
    expect([...parseChoices(table, { parser: 'calm' })]).toEqual([2, 0, 1, -1, -1]);
    expect([...parseChoices(table, { parser: 'clika-strict' })]).toEqual([0, 0, -1, -1, -1]);
    const profiles = { de: { answer: ['A!'], explanation: [] } };
    const own = parseChoices(
      { ...table, answers: { ...table.answers, text: table.answers.text.map(() => 'A!D') } },
      { parser: 'calm', profiles },
    );
    expect([...own]).toEqual([3, 3, 0, 0, -1]);
  });
});

describe('the usual parser', () => {
  it('is the first character for the files of CLiKA alone', () => {
    expect(usualParser([{ format: 'clika-answers' }, { format: 'clika-items' }])).toBe(
      'clika-strict',
    );
    expect(usualParser([{ format: 'clika-answers' }, { format: 'calm-samples' }])).toBe('robust');
  });
});
