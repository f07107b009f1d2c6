import { STRIP_WIDTH } from './group-strips.ts';
import { fitText, textWidth, widest } from './measure-text.ts';

export interface HeatMapLayout {
  /** Side of a cell in pixels, its gap included. */
  cell: number;
  gap: number;
  /** Top left corner of the grid. */
  left: number;
  top: number;
  /** Side of the grid. */
  grid: number;
  /** Right edge of the row labels, and left edge of the strips that lie between them and the grid. */
  labelX: number;
  stripX: number;
  /** Where the tree above the column labels begins, at its root, and where its leaves end. */
  tree: { top: number; bottom: number };
  /** Column labels stand upright beside each other, or are turned by 90 degrees. */
  turned: boolean;
  /** Every how many rows and columns a label is drawn. */
  labelEvery: number;
  labelSize: number;
  /** Row labels carry the name (and the short label beside it), not the short label alone. */
  named: boolean;
  /** Width that the short labels take. */
  codeWidth: number;
  /** Font size of the values in the cells, or 0 when they do not fit. */
  valueSize: number;
}

const LARGEST_CELL = 48;
const LONGEST_LABEL = 96;
const SMALLEST_LABELLED = 11;
const SMALLEST_PRINTED = 26;
const TREE_DEPTH = 60;

/**
 * Where everything of a heat map goes. `values` gives the texts the cells would print; asked for only where they may fit.
 *
 * @param beside number of strips beside the rows, and of lines of the tree's title (0 without a tree)
 */
export function heatMapLayout(
  labels: { label: string; name: string }[],
  values: () => string[],
  width: number,
  beside: { strips: number; treeLines: number } = { strips: 0, treeLines: 0 },
): HeatMapLayout {
  const strips = beside.strips === 0 ? 0 : beside.strips * STRIP_WIDTH + 2;
  const count = Math.max(1, labels.length);
  const codeWidth = Math.min(
    LONGEST_LABEL,
    2 +
      widest(
        labels.map(({ label }) => label),
        12,
        600,
      ),
  );
  const nameWidth = Math.min(
    LONGEST_LABEL + 32,
    2 +
      widest(
        labels.map(({ name }) => name),
        12,
        600,
      ),
  );
  const different = labels.some(({ label, name }) => label !== name);
  const withNames = nameWidth + (different ? codeWidth + 8 : 0) + 8 + strips;
  const roomy = Math.min(LARGEST_CELL, (width - withNames) / count);
  const named = roomy >= SMALLEST_LABELLED && (roomy >= 40 || withNames <= width * 0.28);
  const left = Math.ceil(named ? withNames : codeWidth + 8 + strips);
  const cell = wholePixels(Math.min(LARGEST_CELL, (width - left - 1) / count));
  const labelSize = cell >= 14 ? 12 : cell >= 12 ? 11 : 10;
  const turned = codeWidth + 6 > cell;
  const tree = treePlace(beside.treeLines);
  return {
    cell,
    gap: cell >= 14 ? 1 : 0,
    left,
    top: tree.bottom + (turned ? Math.ceil(codeWidth) + 8 : 22),
    grid: cell * count,
    labelX: left - 8 - strips,
    stripX: left - strips,
    tree,
    turned,
    labelEvery: Math.max(1, Math.ceil(SMALLEST_LABELLED / cell)),
    labelSize,
    named,
    codeWidth,
    valueSize: valueSize(cell, values),
  };
}

function treePlace(lines: number): HeatMapLayout['tree'] {
  const top = lines === 0 ? 0 : 16 * lines + 6;
  return { top, bottom: lines === 0 ? 0 : top + TREE_DEPTH };
}

function wholePixels(cell: number): number {
  return cell >= 3 ? Math.floor(cell) : Math.max(0.5, cell);
}

function valueSize(cell: number, values: () => string[]): number {
  if (cell < SMALLEST_PRINTED) return 0;
  const longest = values().reduce((a, b) => (b.length > a.length ? b : a), '');
  return (
    [12, 11, 10, 9.5].find((size) => size <= cell / 2.7 && textWidth(longest, size) <= cell - 4) ??
    0
  );
}

/** A label cut to the longest the layout has room for. */
export function shortLabel(label: string): string {
  return fitText(label, LONGEST_LABEL);
}
