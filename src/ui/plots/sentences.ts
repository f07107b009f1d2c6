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
