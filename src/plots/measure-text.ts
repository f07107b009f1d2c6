const FONT_FAMILY =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

let context: CanvasRenderingContext2D | null | undefined;
let font = '';

/** Width of a text in pixels in the page's font; outside a browser, where no font can be asked, a generous estimate. */
export function textWidth(text: string, size = 12, weight = 400): number {
  context ??=
    typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (context === null) {
    const bold = weight >= 600 ? 1.06 : 1;
    return bold * size * [...text].reduce((sum, letter) => sum + emsOf(letter), 0);
  }
  const wanted = `${weight} ${size}px ${FONT_FAMILY}`;
  // Setting a font costs more than measuring a text.
  if (wanted !== font) context.font = font = wanted;
  return context.measureText(text).width;
}

/** About how wide a letter is in a sans-serif, as a share of the font size. */
function emsOf(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0;
  if (/[ijlft.,:;|'!()[\] ]/.test(letter)) return 0.34;
  if (/[mwMW%@→—]/.test(letter)) return 0.92;
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter))
    return 1;
  return /\p{Lu}/u.test(letter) ? 0.72 : 0.62;
}

/** Width of the widest text, 0 for none. */
export function widest(texts: string[], size = 12, weight = 400): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text, size, weight)), 0);
}

/** Breaks a text between words into lines no wider than `width` pixels; a word that is wider stands alone. */
export function wrapText(text: string, width: number, size = 12): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The text if it fits, else its longest beginning that does, with an ellipsis: only where the whole is shown elsewhere. */
export function fitText(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
