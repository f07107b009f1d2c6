import type { AnswerFile, AnswerFormat } from './answers.ts';

/**
 * How the option is found that an answer chose.
 * - clika-strict: the first character, as the scorer of CLiKA takes it.
 * - robust: a letter that stands alone, at the start or after a marker; else the text of one option.
 * - calm: what follows the last marker of an answer, as the code of CALM takes it.
 */
export const PARSERS = ['clika-strict', 'robust', 'calm'] as const;
export type Parser = (typeof PARSERS)[number];

/**
 * The parser that is taken unless one is chosen. CLiKA's answers are read as its scorer reads them, so that its numbers come
 * out again; the first character of an answer that may explain itself first means nothing.
 */
export function usualParser(files: readonly Pick<AnswerFile, 'format'>[]): Parser {
  const explaining: AnswerFormat[] = ['calm-samples', 'predictions', 'answer-rows'];
  return files.some(({ format }) => explaining.includes(format)) ? 'robust' : 'clika-strict';
}

/** What a language's answers put before their parts, colon included. Spellings are tried in the order given. */
export interface MarkerProfile {
  answer: readonly string[];
  explanation: readonly string[];
}

/** By language tag. */
export type MarkerProfiles = Readonly<Record<string, MarkerProfile>>;

/**
 * The six languages of CALM (en, zh, fr, it, de, ja) have its markers of an answer, in its order, and its markers of an
 * explanation, beside spellings of the same words with another colon. The others are those of CLiKA.
 *
 * @see Wang et al. 2025, arXiv 2501.18457; Gao et al. 2024, arXiv 2404.04659
 */
export const MARKER_PROFILES: MarkerProfiles = {
  en: { answer: ['Answer:'], explanation: ['Explanation:'] },
  zh: { answer: ['答案:', '答案：'], explanation: ['解释:', '解释：'] },
  fr: { answer: ['Réponse:', 'Réponse :'], explanation: ['Explication:', 'Explication :'] },
  it: { answer: ['Risposta:'], explanation: ['Spiegazione:'] },
  de: { answer: ['Antwort:'], explanation: ['Erklärung:'] },
  ja: { answer: ['答え:', '答え：'], explanation: ['説明:', '説明：'] },
  pl: { answer: ['Odpowiedź:'], explanation: ['Wyjaśnienie:'] },
  ru: { answer: ['Ответ:'], explanation: ['Объяснение:'] },
  ar: { answer: ['الإجابة:', 'الجواب:'], explanation: ['الشرح:', 'التفسير:'] },
  he: { answer: ['תשובה:'], explanation: ['הסבר:'] },
};

/** The profile of a language; the English one where there is none of its own. */
export function profileOf(profiles: MarkerProfiles, tag: string): MarkerProfile {
  if (Object.hasOwn(profiles, tag)) return profiles[tag];
  return Object.hasOwn(profiles, 'en') ? profiles.en : MARKER_PROFILES.en;
}
