/** Beginnings of sentences that refuse or avoid an answer, in lower case, by language tag. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  en: [
    "i don't know",
    'i do not know',
    "i'm not sure",
    'i am not sure',
    "i'm sorry",
    'i am sorry',
    'sorry, i',
    'i cannot',
    "i can't",
    "i'm unable",
    'i am unable',
    'as an ai',
  ],
  de: [
    'ich weiß nicht',
    'ich weiß es nicht',
    'es tut mir leid',
    'tut mir leid',
    'ich kann nicht',
    'ich kann diese frage nicht',
    'als ki',
  ],
  fr: [
    'je ne sais pas',
    'je suis désolé',
    'désolé',
    'je ne peux pas',
    'je suis incapable',
    "en tant qu'ia",
  ],
  it: ['non lo so', 'non so', 'mi dispiace', 'non posso', 'non sono in grado', 'come ia'],
  es: ['no lo sé', 'no sé', 'lo siento', 'no puedo', 'como ia'],
  pt: ['não sei', 'eu não sei', 'desculpe', 'sinto muito', 'não posso'],
  nl: ['ik weet het niet', 'het spijt me', 'sorry', 'ik kan niet', 'ik kan deze vraag niet'],
  pl: ['nie wiem', 'przepraszam', 'przykro mi', 'nie mogę', 'nie jestem w stanie'],
  ru: ['я не знаю', 'не знаю', 'извините', 'к сожалению', 'я не могу', 'простите'],
  ar: ['لا أعرف', 'لا أعلم', 'لا أدري', 'آسف', 'عذرا', 'عذرًا', 'لا أستطيع', 'لا يمكنني'],
  he: ['אני לא יודע', 'איני יודע', 'אינני יודע', 'מצטער', 'אני מצטער', 'אני לא יכול'],
  ja: ['わかりません', '分かりません', '知りません', '申し訳', 'すみません', 'お答えできません'],
  zh: ['我不知道', '不知道', '抱歉', '对不起', '很抱歉', '我无法', '我不能', '无法回答'],
  ko: ['모르겠습니다', '잘 모르겠', '죄송', '저는 모릅니다', '답변할 수 없'],
  tr: ['bilmiyorum', 'üzgünüm', 'özür dilerim'],
  el: ['δεν ξέρω', 'δεν γνωρίζω', 'λυπάμαι', 'συγγνώμη', 'δεν μπορώ'],
  hi: ['मुझे नहीं पता', 'मैं नहीं जानता', 'क्षमा करें', 'माफ़ कीजिए', 'मुझे खेद है'],
  vi: ['tôi không biết', 'xin lỗi', 'rất tiếc', 'tôi không thể'],
  id: ['saya tidak tahu', 'maaf', 'saya tidak bisa', 'saya tidak dapat'],
  sw: ['sijui', 'samahani', 'pole', 'siwezi'],
};

/**
 * Whether a text begins by refusing, in its language or in English, behind a marker or none. A judgement by phrases: it
 * knows twenty languages, and of others English refusals alone.
 *
 * @param markers that may stand before the text, such as those of explanations and answers
 */
export function isRefusal(text: string, tag: string, markers: readonly string[] = []): boolean {
  const own = Object.hasOwn(REFUSALS, tag) ? REFUSALS[tag] : [];
  const phrases = tag === 'en' ? own : [...own, ...REFUSALS.en];
  const start = beginning(text, markers);
  return phrases.some((phrase) => start.startsWith(phrase) && !isMidWord(start, phrase.length));
}

/** The first hundred characters behind markers, quotes and spaces, in lower case, with plain apostrophes. */
function beginning(text: string, markers: readonly string[]): string {
  const head = text.slice(0, 300).trimStart();
  const marker = markers.find((candidate) => head.startsWith(candidate));
  return (marker === undefined ? head : head.slice(marker.length))
    .replace(/^[\s\p{P}]+/u, '')
    .slice(0, 100)
    .toLowerCase()
    .replaceAll('’', "'");
}

/** Scripts without spaces, and languages that inflect there, go on behind a phrase; Latin words do not. */
function isMidWord(text: string, end: number): boolean {
  return /^\p{Script=Latin}{2}$/u.test(text.slice(end - 1, end + 1));
}
