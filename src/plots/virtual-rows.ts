/** An open row and how much higher than a closed one it is, in pixels. */
interface OpenRow {
  position: number;
  extra: number;
}

export interface RowGeometry {
  count: number;
  /** Height of a closed row. */
  rowHeight: number;
  /** In increasing order of position. */
  open: OpenRow[];
}

/** Distance of a row's upper edge from that of the first row. */
export function offsetOf({ rowHeight, open }: RowGeometry, position: number): number {
  let offset = position * rowHeight;
  for (const row of open) if (row.position < position) offset += row.extra;
  return offset;
}

/** Height of all rows together. */
export function totalHeight(geometry: RowGeometry): number {
  return offsetOf(geometry, geometry.count);
}

/** The row that covers a distance from the first row's upper edge, cut to the rows there are. */
export function rowAt({ count, rowHeight, open }: RowGeometry, offset: number): number {
  let above = 0;
  for (const { position, extra } of open) {
    const top = position * rowHeight + above;
    if (offset < top) break;
    if (offset < top + rowHeight + extra) return position;
    above += extra;
  }
  return Math.min(count - 1, Math.max(0, Math.floor((offset - above) / rowHeight)));
}

/** Rows to draw for what is scrolled into view, as [start, end), with some to spare on both sides. */
export function visibleRows(
  geometry: RowGeometry,
  { scrollTop, height, spare = 4 }: { scrollTop: number; height: number; spare?: number },
): [start: number, end: number] {
  if (geometry.count === 0) return [0, 0];
  const start = Math.max(0, rowAt(geometry, scrollTop) - spare);
  return [start, Math.min(geometry.count, rowAt(geometry, scrollTop + height) + 1 + spare)];
}
