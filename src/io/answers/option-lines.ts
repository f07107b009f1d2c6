import { letterOf } from '../../core/answers.ts';

export interface ParsedOptions {
  /** What stands before the options. */
  question: string;
  options: string[];
}

const OPTION = /^\s*[([（]?([A-Z]{1,2})\s*[.)\]:）．、：]\s*(.*)$/;
const BRACKETED = /[(（]([A-Z])[)）]\s*/g;

/**
 * The options that a prompt lists, from A on: the last such list, since worked examples stand before the question. One
 * option on each line (`A. text`, `(A) text`), or several in one line (`(A) text (B) text`). Empty where there is none.
 */
export function parseOptions(prompt: string): ParsedOptions {
  const lines = prompt.split(/\r\n|\n|\r/);
  for (let start = lines.length - 1; start >= 0; start--) {
    if (OPTION.exec(lines[start])?.[1] !== 'A') continue;
    const options = optionsFrom(lines, start);
    if (options.length > 1) return { question: questionBefore(lines, start), options };
  }
  return inOneLine(prompt);
}

function optionsFrom(lines: string[], start: number): string[] {
  const options: string[] = [];
  for (let i = start; i < lines.length; i++) {
    if (lines[i].trim() === '') continue;
    const found = OPTION.exec(lines[i]);
    if (found === null || found[1] !== letterOf(options.length)) break;
    options.push(found[2].trim());
  }
  return options;
}

/** The lines before the options, back to an empty line where a worked example ends. */
function questionBefore(lines: string[], start: number): string {
  let end = start;
  while (end > 0 && lines[end - 1].trim() === '') end--;
  let begin = end;
  while (begin > 0 && lines[begin - 1].trim() !== '') begin--;
  return lines.slice(begin, end).join('\n').trim();
}

function inOneLine(prompt: string): ParsedOptions {
  const marks = [...prompt.matchAll(BRACKETED)];
  const first = marks.findLastIndex((mark) => mark[1] === 'A');
  if (first === -1) return { question: '', options: [] };
  let last = first;
  while (last + 1 < marks.length && marks[last + 1][1] === letterOf(last + 1 - first)) last++;
  if (last === first) return { question: '', options: [] };
  const options = marks.slice(first, last + 1).map((mark, i) => {
    const end = i + first < last ? marks[first + i + 1].index : lineEnd(prompt, mark.index);
    return prompt.slice(mark.index + mark[0].length, end).trim();
  });
  return { question: prompt.slice(0, marks[first].index).trim(), options };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** The option that a letter names: 'A' is 0, 'AB' is 27; -1 for anything else. Brackets and a full stop may stand around it. */
export function optionOfLetter(text: string): number {
  const letters = /^[([]?([A-Z]{1,2})[)\].:]?$/.exec(text.trim())?.[1];
  if (letters === undefined) return -1;
  const [first, second] = [...letters].map((letter) => letter.charCodeAt(0) - 65);
  return second === undefined ? first : (first + 1) * 26 + second;
}

/** The option at the head of an output such as `(B) text`, `B. text` or `B`; -1 where there is none. */
export function optionOfOutput(text: string): number {
  const head = /^\s*(?:[([]([A-Z])[)\]]|([A-Z])(?=[.):]|\s*$))/.exec(text);
  return head === null ? -1 : optionOfLetter(head[1] ?? head[2]);
}
