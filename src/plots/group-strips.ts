import { categoryColors } from './color.ts';
import { textWidth } from './measure-text.ts';
import type { LanguageGroups } from './props.ts';

/** Width of a strip with its gap, in pixels. */
export const STRIP_WIDTH = 10;

/** A piece of the legend: the name of a strip, a value with its swatch, or a word without one. */
export interface GroupEntry {
  text: string;
  strong: boolean;
  /** Colour of the swatch, '' for none. */
  fill: string;
  x: number;
  y: number;
}

/** What strips are filled with where a value has no colour of its own. */
export interface PlainFills {
  others: string;
  unknown: string;
}

const ROW = 18;
const SWATCH = 14;

/** Fill of each language's piece of a strip. */
export function stripFills({ values }: LanguageGroups, { others, unknown }: PlainFills): string[] {
  const colors = categoryColors(values);
  return values.map((value) => (value === '' ? unknown : (colors.get(value) ?? others)));
}

/** Each strip's name and what its colours mean, wrapped to the width; `y` is the baseline of a text. */
export function groupLegend(
  groups: LanguageGroups[],
  fills: PlainFills,
  width: number,
): { entries: GroupEntry[]; height: number } {
  const entries: GroupEntry[] = [];
  let y = 0;
  for (const group of groups) {
    let x = 0;
    y += ROW;
    for (const piece of legendPieces(group, fills)) {
      const swatch = piece.fill === '' ? 0 : SWATCH;
      const space = swatch + textWidth(piece.text, 11, piece.strong ? 600 : 400);
      if (x > 0 && x + space > width) [x, y] = [0, y + ROW];
      entries.push({ ...piece, x, y });
      x += space + (piece.text.endsWith(',') ? 4 : 14);
    }
  }
  return { entries, height: y + 8 };
}

function legendPieces(
  { name, values }: LanguageGroups,
  { others, unknown }: PlainFills,
): Pick<GroupEntry, 'text' | 'strong' | 'fill'>[] {
  const colors = categoryColors(values);
  const rest = [...new Set(values)].filter((value) => value !== '' && !colors.has(value)).sort();
  const strong = false;
  return [
    { text: name, strong: true, fill: '' },
    ...[...colors].map(([text, fill]) => ({ text, strong, fill })),
    ...rest.map((value, i) => ({
      text: i < rest.length - 1 ? `${value},` : value,
      strong,
      fill: i === 0 ? others : '',
    })),
    ...(values.includes('') ? [{ text: 'not known', strong, fill: unknown }] : []),
  ];
}
