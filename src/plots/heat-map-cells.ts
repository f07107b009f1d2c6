import type { HeatMapLayout } from './heat-map-layout.ts';

export interface CellMark {
  /** null where the value is not defined. */
  fill: string | null;
  /** Colour of the value printed on the fill. */
  ink: string;
  text: string;
}

/** More cells than this are painted on a canvas: an element per cell would be slow. */
export const MOST_SVG_CELLS = 60 * 60;

/** Squares of all cells of each colour as one path; key '' holds the cells that are not defined. */
export function cellPaths(cells: CellMark[], layout: HeatMapLayout): Map<string, string> {
  const squares = new Map<string, string[]>();
  cells.forEach(({ fill }, i) => {
    const own = squares.get(fill ?? '') ?? [];
    if (own.push(square(i, Math.sqrt(cells.length), layout)) === 1) squares.set(fill ?? '', own);
  });
  return new Map([...squares].map(([fill, paths]) => [fill, paths.join('')]));
}

/** The cells that are not defined as one path: beside each other and without a gap, they are one rectangle. */
export function holesPath(cells: CellMark[], layout: HeatMapLayout): string {
  const count = Math.sqrt(cells.length);
  let path = '';
  for (let i = 0; i < cells.length; i++) {
    if (cells[i].fill !== null) continue;
    const from = i;
    if (layout.gap === 0) while ((i + 1) % count > 0 && cells[i + 1].fill === null) i++;
    path += square(from, count, layout, i - from + 1);
  }
  return path;
}

function square(
  i: number,
  count: number,
  { cell, left, top, gap }: HeatMapLayout,
  across = 1,
): string {
  const side = cell - gap;
  const width = across * cell - gap;
  return `M${left + (i % count) * cell} ${top + Math.floor(i / count) * cell}h${width}v${side}h${-width}z`;
}

/** Puts what the canvas shows into an exported picture, where it has only the cells that are not defined. */
export function appendCells(svg: SVGSVGElement, cells: CellMark[], layout: HeatMapLayout): void {
  if (cells.length <= MOST_SVG_CELLS) return;
  const group = svg.querySelector('[data-cells]');
  for (const [fill, d] of cellPaths(cells, layout)) {
    if (fill === '') continue;
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('fill', fill);
    path.setAttribute('d', d);
    path.setAttribute('shape-rendering', 'crispEdges');
    group?.append(path);
  }
}
