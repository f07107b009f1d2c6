/** Texts one after the other as sentences, each with its full stop; empty ones left out. */
export function sentences(...texts: string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`))
    .join(' ');
}

/** A text about languages, and what is to be known of them. */
export function remarked(text: string, ...languages: { remark?: string | undefined }[]): string {
  const remarks = languages.flatMap(({ remark }) => (remark === undefined ? [] : [remark]));
  return [text, ...new Set(remarks)].join('. ');
}

/** A name that is written from right to left, kept from turning the words around it. */
export function isolated(name: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(name)
    ? `\u2068${name}\u2069`
    : name;
}

/** `Calibrated alignment` as it is written inside a sentence; `P@1` and `MEXA score` stay as they are. */
export function inSentence(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words;
}
