import type { Language } from './language.ts';

/** A sentence that asks for answers in a language, said in that language; by tag. */
export type LanguageWishes = Readonly<Record<string, string>>;

export const LANGUAGE_WISHES: LanguageWishes = {
  ar: 'أجب باللغة العربية.',
  bn: 'বাংলায় উত্তর দিন।',
  cs: 'Odpověz česky.',
  de: 'Antworte auf Deutsch.',
  el: 'Απάντησε στα ελληνικά.',
  en: 'Answer in English.',
  es: 'Responde en español.',
  fa: 'به فارسی پاسخ بده.',
  fr: 'Réponds en français.',
  he: 'ענה בעברית.',
  hi: 'हिंदी में उत्तर दें।',
  id: 'Jawab dalam bahasa Indonesia.',
  it: 'Rispondi in italiano.',
  ja: '日本語で答えてください。',
  ko: '한국어로 대답해 주세요.',
  nl: 'Antwoord in het Nederlands.',
  pl: 'Odpowiedz po polsku.',
  pt: 'Responda em português.',
  ro: 'Răspunde în limba română.',
  ru: 'Ответь на русском языке.',
  sv: 'Svara på svenska.',
  sw: 'Jibu kwa Kiswahili.',
  th: 'ตอบเป็นภาษาไทย',
  tr: 'Türkçe cevap ver.',
  uk: 'Відповідай українською.',
  vi: 'Trả lời bằng tiếng Việt.',
  zh: '请用中文回答。',
};

/** The wish for a language; in English where no sentence of its own is known. */
export function languageWish(
  { tag, name }: Language,
  wishes: LanguageWishes,
): { text: string; isEnglish: boolean } {
  if (Object.hasOwn(wishes, tag)) return { text: wishes[tag], isEnglish: false };
  return { text: `Answer in ${name}.`, isEnglish: true };
}
