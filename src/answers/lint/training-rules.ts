import type { AnswerTable, TrainingRow } from '../../core/answers.ts';
import type { LintExample } from '../../core/lint.ts';
import { MARKER_PROFILES, profileOf } from '../../core/marker-profiles.ts';
import { parseOptions } from '../../io/answers/option-lines.ts';
import type { LanguageIdentifier } from '../identify-language.ts';
import { parseChoice } from '../parse-choice.ts';
import type { Findings } from './findings.ts';
import {
  endsWithMarker,
  hasMarkersInARow,
  hasMarkersTwice,
  hasPlaceholder,
} from './template-marks.ts';

/** What stands before the answer, as a model is given it. */
export function promptOf({
  instruction,
  input,
}: Pick<TrainingRow, 'instruction' | 'input'>): string {
  return [instruction, input].filter((part) => part !== '').join('\n');
}

/** Prompts that differ in case, width or space alone are one. */
export function normalised(text: string): string {
  return respaced(text).toLowerCase();
}

/** Answers that differ in width or space alone are one; case may be what a pair is about. */
export function respaced(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** What can be said of a row by itself. */
export function checkTrainingRow(
  row: TrainingRow,
  { languages }: AnswerTable,
  { identifier, findings }: { identifier: LanguageIdentifier; findings: Findings },
): void {
  const language = row.language < 0 ? '' : languages[row.language].label;
  const example = exampleOf(row, language);
  checkTemplates(row, example, findings);
  const options = parseOptions(promptOf(row)).options;
  if (row.rejected === null) checkLetter(row.chosen, options, { example, findings });
  else checkSides(row as Pair, options, { example, findings });
  checkLanguage(row, languages, { identifier, findings, example });
}

export function exampleOf(
  { file, line, row, chosen }: TrainingRow,
  language: string,
  text = chosen,
): LintExample {
  return { file, line, row, question: '', language, text };
}

function checkTemplates(row: TrainingRow, example: LintExample, findings: Findings): void {
  findings.checked('marker-at-end');
  findings.checked('marker-twice');
  findings.checked('placeholder');
  const answers = row.rejected === null ? [row.chosen] : [row.chosen, row.rejected];
  const [ended] = answers.filter(endsWithMarker);
  if (ended !== undefined) findings.found('marker-at-end', { ...example, text: ended }, true);
  const parts = [row.instruction, row.input, ...answers];
  const twice = answers.find(hasMarkersTwice) ?? parts.find(hasMarkersInARow);
  if (twice !== undefined)
    findings.found('marker-twice', { ...example, text: twice }, parts.some(hasMarkersInARow));
  const held = answers.find(hasPlaceholder);
  if (held !== undefined) findings.found('placeholder', { ...example, text: held });
}

type Pair = TrainingRow & { rejected: string };
type Place = { example: LintExample; findings: Findings };

/** The two answers of a pair. Letters are read where the prompt lists options: elsewhere an A may be an article. */
function checkSides({ chosen, rejected }: Pair, options: string[], { example, findings }: Place) {
  findings.checked('chosen-is-rejected');
  if (respaced(chosen) === respaced(rejected)) {
    findings.found('chosen-is-rejected', example, true);
    return;
  }
  if (options.length === 0) return;
  findings.checked('same-letter');
  const choice = choiceOf(chosen, options);
  if (choice >= 0 && choice === choiceOf(rejected, options))
    findings.found('same-letter', { ...example, text: `${chosen}\n≠ ${rejected}` });
}

const ANY_LANGUAGE = {
  ...profileOf(MARKER_PROFILES, 'en'),
  answer: Object.values(MARKER_PROFILES).flatMap(({ answer }) => answer),
};

function choiceOf(text: string, options: string[]): number {
  const reading = { options: options.length, optionTexts: options, profile: ANY_LANGUAGE };
  return parseChoice(text, { parser: 'robust', ...reading });
}

/** An output that is nothing but a letter, or a letter and a text, of no option that the prompt lists. */
function checkLetter(output: string, options: string[], { example, findings }: Place): void {
  const letter = /^\s*[(（]?([A-Z])(?:[)）.．:：]|\s*$)/u.exec(output)?.[1];
  if (letter === undefined || options.length === 0) return;
  findings.checked('gold-outside-options');
  if (letter.charCodeAt(0) - 65 >= options.length) findings.found('gold-outside-options', example);
}

/** The language is the file's, else that of the prompt. */
function checkLanguage(
  row: TrainingRow,
  languages: AnswerTable['languages'],
  { identifier, findings, example }: Place & { identifier: LanguageIdentifier },
): void {
  const language =
    row.language >= 0
      ? languages[row.language]
      : identifier.identify(row.input === '' ? row.instruction : row.input);
  const isIn = language && identifier.isInLanguage(row.chosen, language);
  if (isIn === null) return;
  findings.checked('language-mismatch');
  if (!isIn) findings.found('language-mismatch', example);
}
