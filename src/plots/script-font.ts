import type { Language } from '../core/language.ts';

/** Fonts that carry a script on Windows, macOS, Android and Linux, by ISO 15924 code. */
const FONTS: Record<string, string> = {
  Arab: "'Segoe UI', 'SF Arabic', 'Geeza Pro', 'Noto Naskh Arabic', 'Noto Sans Arabic'",
  Aran: "'Urdu Typesetting', 'Noto Nastaliq Urdu', 'Noto Naskh Arabic'",
  Hebr: "'Segoe UI', 'SF Hebrew', 'Noto Sans Hebrew'",
  Deva: "'Nirmala UI', 'Kohinoor Devanagari', 'Noto Sans Devanagari'",
  Beng: "'Nirmala UI', 'Kohinoor Bangla', 'Noto Sans Bengali'",
  Taml: "'Nirmala UI', 'Tamil Sangam MN', 'Noto Sans Tamil'",
  Telu: "'Nirmala UI', 'Kohinoor Telugu', 'Noto Sans Telugu'",
  Gujr: "'Nirmala UI', 'Kohinoor Gujarati', 'Noto Sans Gujarati'",
  Guru: "'Nirmala UI', 'Gurmukhi MN', 'Noto Sans Gurmukhi'",
  Knda: "'Nirmala UI', 'Kannada Sangam MN', 'Noto Sans Kannada'",
  Mlym: "'Nirmala UI', 'Malayalam Sangam MN', 'Noto Sans Malayalam'",
  Orya: "'Nirmala UI', 'Oriya Sangam MN', 'Noto Sans Oriya'",
  Sinh: "'Nirmala UI', 'Sinhala Sangam MN', 'Noto Sans Sinhala'",
  Tibt: "'Microsoft Himalaya', Kailasa, 'Noto Serif Tibetan'",
  Thai: "'Leelawadee UI', Thonburi, 'Noto Sans Thai', 'Noto Looped Thai'",
  Laoo: "'Leelawadee UI', 'Lao Sangam MN', 'Noto Sans Lao', 'Noto Looped Lao'",
  Khmr: "'Leelawadee UI', 'Khmer Sangam MN', 'Noto Sans Khmer'",
  Mymr: "'Myanmar Text', 'Myanmar Sangam MN', 'Noto Sans Myanmar'",
  Ethi: "'Ebrima', Kefa, 'Noto Sans Ethiopic'",
  Tfng: "'Ebrima', 'Noto Sans Tifinagh'",
  Nkoo: "'Ebrima', 'Noto Sans NKo'",
  Adlm: "'Ebrima', 'Noto Sans Adlam', 'Noto Sans Adlam Unjoined'",
  Geor: "'Segoe UI', Helvetica, 'Noto Sans Georgian'",
  Armn: "'Segoe UI', Mshtakan, 'Noto Sans Armenian'",
  Hans: "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC'",
  Hant: "'Microsoft JhengHei', 'PingFang TC', 'Noto Sans CJK TC', 'Noto Sans TC'",
  Jpan: "'Yu Gothic UI', 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP'",
  Kore: "'Malgun Gothic', 'Apple SD Gothic Neo', 'Noto Sans CJK KR', 'Noto Sans KR'",
};

/** Scripts whose marks stack so high that lines at the page's own distance would touch. */
const TALL = new Set(['Aran', 'Tibt', 'Mymr', 'Khmr', 'Thai', 'Laoo', 'Telu', 'Knda']);

/** Font stack for texts in a language: fonts with its script first, then the page's own. */
export function scriptFont({ script, tag }: Language): string {
  const fonts = FONTS[tag === 'ur' || tag === 'ks' ? 'Aran' : script];
  return fonts === undefined ? 'var(--font)' : `${fonts}, var(--font)`;
}

/** Line height in pixels for running text in a language at 14 px. */
export function scriptLineHeight({ script, tag }: Language): number {
  if (tag === 'ur' || tag === 'ks') return 32;
  return TALL.has(script) ? 24 : 20;
}
