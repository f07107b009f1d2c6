import { letterOf, wordingOf, type AnswerTable } from '../../core/answers.ts';
import { MARKER_PROFILES, profileOf, type MarkerProfiles } from '../../core/marker-profiles.ts';
import type { LeftOut, PairSet, PreferencePair, Target } from '../../core/preference-pairs.ts';
import { calmKey, stripped } from '../parse-choice.ts';
import { pairSet, count } from '../pairs/pair-set.ts';
import { answersOf } from './pool.ts';
import type { Election } from './vote.ts';

/** Choices of CALM's code that are no letter: the code point of a character that stands alone, after all options. */
const OTHERS = 26;

/**
 * What each answer votes for in CALM's code: A to Z are options 0 to 25, whether the question has them or not, and any
 * other character that stands alone after the last marker votes for itself. -1 where the code discards the answer, and
 * for an open question.
 *
 * @returns [answers]
 */
export function calmChoices(table: AnswerTable, profiles: MarkerProfiles): Int32Array {
  const { question, language, text } = table.answers;
  const markers = table.languages.map(({ tag }) => profileOf(profiles, tag).answer);
  return Int32Array.from(text, (answer, i) => {
    if (table.questions[question[i]].options === 0) return -1;
    const key = calmKey(answer, markers[language[i]]);
    if (key === '') return -1;
    return /^[A-Z]$/.test(key) ? key.charCodeAt(0) - 65 : OTHERS + (key.codePointAt(0) ?? 0);
  });
}

/** The character of a choice of `calmChoices`. */
export function calmLetter(choice: number): string {
  return choice < OTHERS ? letterOf(choice) : String.fromCodePoint(choice - OTHERS);
}

export interface CalmSettings {
  profiles: MarkerProfiles;
  /** Languages whose answers vote: the target is one of theirs. */
  voters: readonly number[];
  /** The target is the first right answer in this language instead; questions without one are left out. null for the vote. */
  truthIn: number | null;
}

/**
 * The pairs that CALM's code makes of its votes: for every language, every question and every valid answer with another
 * letter than the winner, that answer is rejected. An answer without a letter is discarded there, so it is never rejected.
 * The code translates the target's explanation by machine; here it stays in its language and is flagged. It also takes
 * what stands behind the last option, a marker of the answer, as part of its text, and the fifth option's text for a letter
 * beyond it; here the option's text is clean, and a letter that no option has stands alone and is flagged.
 *
 * @returns pairs by language, then question, then sample
 * @see Wang et al. 2025, arXiv 2501.18457, votingfunc.py
 */
export function calmPairs(
  table: AnswerTable,
  choices: Int32Array,
  { election, settings }: { election: Election; settings: CalmSettings },
): PairSet {
  const leftOut: LeftOut = {};
  const pairs: PreferencePair[] = [];
  const { pool, votes } = election;
  for (let row = 0; row < votes.question.length; row++) {
    const source = sourceOf(row, { table, choices, election, settings });
    if (source < 0) {
      count(leftOut, settings.truthIn === null ? 'noVotes' : 'notRight');
      continue;
    }
    const targets = new Map<number, Target>();
    for (const answer of answersOf(pool, row)) {
      if (choices[answer] < 0 || choices[answer] === choices[source]) continue;
      const language = table.answers.language[answer];
      const wording = wordingOf(table, votes.question[row], language);
      if (wording === null) {
        count(leftOut, 'noQuestion');
        continue;
      }
      const target =
        targets.get(language) ?? calmTarget(source, language, { table, choices, settings });
      targets.set(language, target);
      const flags = target.text === table.answers.text[answer] ? (['same_text'] as const) : [];
      pairs.push({
        vote: row,
        question: votes.question[row],
        model: votes.model[row],
        asked: language,
        language,
        instruction: wording.instruction,
        input: wording.prompt,
        target,
        rejected: answer,
        flags: [...target.flags, ...flags],
      });
    }
  }
  return pairSet(table, choices, { pairs, leftOut });
}

/** The answer whose explanation is shown: the last voter's with the winner's letter; -1 where there is none. */
function sourceOf(
  row: number,
  {
    table,
    choices,
    election: { pool, votes },
    settings: { voters, truthIn },
  }: { table: AnswerTable; choices: Int32Array; election: Election; settings: CalmSettings },
): number {
  const answers = answersOf(pool, row);
  const { language } = table.answers;
  const { gold } = table.questions[votes.question[row]];
  if (truthIn !== null) {
    if (gold < 0) return -1;
    return answers.find((a) => language[a] === truthIn && choices[a] === gold) ?? -1;
  }
  if (votes.winner[row] < 0) return -1;
  const isSource = (a: number): boolean =>
    voters.includes(language[a]) && choices[a] === votes.winner[row];
  return answers.findLast(isSource) ?? -1;
}

function calmTarget(
  source: number,
  language: number,
  { table, choices, settings }: { table: AnswerTable; choices: Int32Array; settings: CalmSettings },
): Target {
  const { answers, languages } = table;
  const profile = profileOf(settings.profiles, languages[language].tag);
  const [[explanation = ''], [answer = '']] = [profile.explanation, profile.answer];
  const choice = choices[source];
  const { options = [], prompt = '' } = wordingOf(table, answers.question[source], language) ?? {};
  const option = options[choice] as string | undefined;
  const shown = calmExplanation(answers.text[source], settings.profiles);
  const flags: Target['flags'] = [];
  if (answers.language[source] !== language) flags.push('needs_translation');
  if (option === undefined) flags.push('option_text_unknown');
  return {
    text: `${explanation} ${shown}\n${answer}${optionLine(calmLetter(choice), option, prompt)}`,
    answer: source,
    choice,
    flags,
  };
}

/** 'C. hospital', or '(C) hospital' where the prompt lists it so; the letter alone where the option's text is not known. */
export function optionLine(letter: string, text: string | undefined, prompt: string): string {
  if (text === undefined) return letter;
  const bracketed = `(${letter}) ${text}`;
  return prompt.includes(bracketed) ? bracketed : `${letter}. ${text}`;
}

/**
 * What stands between the last marker of an explanation and the first of an answer behind it, in any spelling, cut out for
 * one language after the other.
 */
export function calmExplanation(text: string, profiles: MarkerProfiles = MARKER_PROFILES): string {
  return Object.values(profiles).reduce((left, { explanation, answer }) => {
    const start = Math.max(0, ...explanation.map((marker) => endOfLast(left, marker)));
    return answer.reduce(before, stripped(left.slice(start)));
  }, text);
}

function endOfLast(text: string, marker: string): number {
  const at = marker === '' ? -1 : text.lastIndexOf(marker);
  return at < 0 ? 0 : at + marker.length;
}

function before(text: string, marker: string): string {
  const at = marker === '' ? -1 : text.indexOf(marker);
  return at < 0 ? text : stripped(text.slice(0, at));
}
