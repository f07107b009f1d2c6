import { MARKER_PROFILES } from '../../core/marker-profiles.ts';

const QUESTION_MARKERS = [
  'Question:',
  'Frage:',
  'Domanda:',
  'Pregunta:',
  'Pytanie:',
  'Вопрос:',
  '问题:',
  '質問:',
  '問題:',
  'السؤال:',
  'שאלה:',
];

const ANSWER = anyOf(Object.values(MARKER_PROFILES).flatMap(({ answer }) => answer));
const EXPLANATION = anyOf(Object.values(MARKER_PROFILES).flatMap(({ explanation }) => explanation));
const QUESTION = anyOf(QUESTION_MARKERS);
const MARKER = `(?:${ANSWER}|${EXPLANATION}|${QUESTION})`;

const AT_END = new RegExp(`${MARKER}$`, 'iu');

/** No marker is longer; what stands before is not searched, however long an answer is. */
const LONGEST = 100;
const IN_A_ROW = new RegExp(`(${MARKER})(?:\\s*\\1)+`, 'giu');
const ANSWERS = new RegExp(ANSWER, 'giu');
const QUESTIONS = new RegExp(QUESTION, 'giu');

/** Tags of web pages and of chains of thought, and the options in brackets, are no placeholders. */
const TAGS =
  'a|abbr|article|aside|audio|blockquote|body|br|button|center|code|dd|del|details|div|dl|dt|em|figure|font|footer|form|h[1-6]|head|header|hr|html|img|input|ins|kbd|label|li|link|main|mark|math|meta|nav|ol|option|pre|script|section|select|small|source|span|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|think|thinking|title|tr|tt|ul|var|video';
const PLACEHOLDER = new RegExp(
  `<(?:\\.{3}|…|(?!/?(?:${TAGS})(?:\\s[^<>]*)?/?>)\\p{L}{2}[\\p{L}\\p{M}\\p{N} _'’-]{0,40})>` +
    String.raw`|<\|[\w ]+\|>|</?s>|\[/?INST\]`,
  'iu',
);

/** All spellings as one pattern; a colon of any width, with or without space before it. */
function anyOf(markers: readonly string[]): string {
  const escaped = markers.map((marker) =>
    marker
      .replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
      .replace(/\s*[:：]$/, String.raw`[ \u00a0\u202f]?[:：]`),
  );
  return `(?:${[...new Set(escaped)].join('|')})`;
}

export function endsWithMarker(text: string): boolean {
  return AT_END.test(text.trimEnd().slice(-LONGEST));
}

export function withoutFinalMarker(text: string): string {
  const trimmed = text.trimEnd();
  const marker = AT_END.exec(trimmed.slice(-LONGEST));
  return marker === null ? text : trimmed.slice(0, trimmed.length - marker[0].length).trimEnd();
}

/** Whether an answer holds two markers of answers or of questions: it went on with the template it was made with. */
export function hasMarkersTwice(text: string): boolean {
  return (text.match(ANSWERS)?.length ?? 0) > 1 || (text.match(QUESTIONS)?.length ?? 0) > 1;
}

/** Whether one marker follows itself, as in "Answer: Answer:". */
export function hasMarkersInARow(text: string): boolean {
  return text.search(IN_A_ROW) >= 0;
}

export function withoutRepeatedMarkers(text: string): string {
  return text.replace(IN_A_ROW, '$1');
}

export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
