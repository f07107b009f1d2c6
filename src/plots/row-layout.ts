import { widest } from './measure-text.ts';

/** Rows of a plot, one per language, with the name at the left. */
export interface RowLayout {
  top: number;
  rowHeight: number;
  count: number;
  /** Row labels carry names, not short labels. */
  named: boolean;
  /** Right edge of the labels. */
  labelX: number;
  labelSize: number;
}

const LONGEST_NAME = 150;
const LONGEST_LABEL = 64;

/** Names where there is room for them, and rows as high as `rowHeight` [least, most] and the number of rows allow. */
export function rowLayout(
  items: { name: string; label: string }[],
  width: number,
  { top, rowHeight }: { top: number; rowHeight: [least: number, most: number] },
): RowLayout {
  const named = width >= 380;
  const longest = named ? LONGEST_NAME : LONGEST_LABEL;
  const texts = items.map(({ name, label }) => (named ? name : label));
  const share = Math.round(576 / Math.max(1, items.length));
  const height = Math.min(rowHeight[1], Math.max(rowHeight[0], share));
  return {
    top,
    rowHeight: height,
    count: items.length,
    named,
    labelX: 8 + Math.min(longest, Math.ceil(widest(texts, 12, 600))),
    labelSize: height < 18 ? 11 : 12,
  };
}

/** Row under a height, or null. */
export function rowUnder({ top, rowHeight, count }: RowLayout, y: number): number | null {
  const row = Math.floor((y - top) / rowHeight);
  return row >= 0 && row < count ? row : null;
}

/** Row that a key leads to from another; from nowhere the first. */
export function nextRow(count: number, row: number | null, key: string): number | null {
  if (count === 0) return null;
  if (row === null || key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
  return Math.min(count - 1, Math.max(0, row + step));
}
