import { describe, expect, it } from 'vitest';
import { letterOf } from '../../../src/core/answers.ts';
import {
  optionOfLetter,
  optionOfOutput,
  parseOptions,
} from '../../../src/io/answers/option-lines.ts';

describe('options of a prompt', () => {
  it('are those of the last question, not of the worked example before it', () => {
    const prompt =
      '2 + 3?\nA. 4\nB. 5\nAnswer: B\n\nWhere is it?\nA. here\nB. there\nC. gone\nAnswer:';
    expect(parseOptions(prompt)).toEqual({
      question: 'Where is it?',
      options: ['here', 'there', 'gone'],
    });
  });

  it.each([
    ['(A) x\n(B) y', ['x', 'y']],
    ['A) x\r\nB) y\r\n', ['x', 'y']],
    ['Question (A) one (B) two (C) three\nAnswer', ['one', 'two', 'three']],
    ['A：ロンドン\nB：東京', ['ロンドン', '東京']],
    ['A. x\nC. y', []],
    ['Vitamin A. is good', []],
    ['', []],
  ])('%j', (prompt, options) => {
    expect(parseOptions(prompt).options).toEqual(options);
  });

  it('go on after Z with AA', () => {
    const texts = Array.from({ length: 30 }, (_, i) => `option ${i}`);
    const prompt = texts.map((text, i) => `${letterOf(i)}. ${text}`).join('\n');
    expect(parseOptions(prompt).options).toEqual(texts);
    expect(optionOfLetter('AD')).toBe(29);
  });

  it('take no time on 10 MB without options', () => {
    expect(parseOptions('A. lone line\n'.repeat(800_000)).options).toEqual([]);
  });

  it.each([
    ['B', 1],
    ['(C)', 2],
    ['b', -1],
    ['', -1],
    ['Answer', -1],
  ])('the letter %j is %d', (text, option) => {
    expect(optionOfLetter(text)).toBe(option);
  });

  it.each([
    ['(B) text', 1],
    ['D. text', 3],
    ['E', 4],
    ['Based on it', -1],
    ['A cat', -1],
  ])('the output %j names %d', (text, option) => {
    expect(optionOfOutput(text)).toBe(option);
  });
});
