import { boundsOf } from './projection-view.ts';

/** Points by cell of a square grid, for finding the nearest without looking at all. */
interface PointGrid {
  positions: Float32Array;
  left: number;
  bottom: number;
  /** Side of a cell in the map's own unit. */
  side: number;
  columns: number;
  rows: number;
  /** Points of cell c: points[starts[c]] to points[starts[c + 1]], end excluded. */
  starts: Int32Array;
  points: Int32Array;
}

/** About four points to a cell. Points without a place (NaN) are in none. */
export function pointGrid(positions: Float32Array): PointGrid {
  const [left, bottom, right, top] = boundsOf(positions);
  const cells = Math.max(1, positions.length / 8);
  const side = Math.max(
    Math.sqrt(((right - left) * (top - bottom)) / cells),
    (right - left + top - bottom) / 2000,
    1e-9,
  );
  const columns = Math.floor((right - left) / side) + 1;
  const rows = Math.floor((top - bottom) / side) + 1;
  const starts = new Int32Array(columns * rows + 1);
  const grid = {
    positions,
    left,
    bottom,
    side,
    columns,
    rows,
    starts,
    points: new Int32Array(positions.length / 2),
  };
  const count = positions.length / 2;
  for (let i = 0; i < count; i++) if (hasPlace(positions, i)) starts[cellOf(grid, i) + 1]++;
  for (let c = 0; c < columns * rows; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  for (let i = 0; i < count; i++)
    if (hasPlace(positions, i)) grid.points[next[cellOf(grid, i)]++] = i;
  return grid;
}

function hasPlace(positions: Float32Array, point: number): boolean {
  return !Number.isNaN(positions[2 * point] + positions[2 * point + 1]);
}

function cellOf({ positions, left, bottom, side, columns }: PointGrid, point: number): number {
  const column = Math.floor((positions[2 * point] - left) / side);
  const row = Math.floor((positions[2 * point + 1] - bottom) / side);
  return row * columns + column;
}

/** The point nearest to (x, y) within `reach` (all in the map's unit), or -1. `prefers` wins against others at any distance within. */
export function nearestOnMap(
  grid: PointGrid,
  {
    x,
    y,
    reach,
    prefers = () => false,
  }: { x: number; y: number; reach: number; prefers?: (point: number) => boolean },
): number {
  const clampColumn = (at: number): number =>
    Math.min(grid.columns - 1, Math.max(0, Math.floor((at - grid.left) / grid.side)));
  const clampRow = (at: number): number =>
    Math.min(grid.rows - 1, Math.max(0, Math.floor((at - grid.bottom) / grid.side)));
  let nearest = -1;
  let shortest = reach * reach;
  let preferred = false;
  for (let row = clampRow(y - reach); row <= clampRow(y + reach); row++) {
    const cells = row * grid.columns;
    const end = grid.starts[cells + clampColumn(x + reach) + 1];
    for (let k = grid.starts[cells + clampColumn(x - reach)]; k < end; k++) {
      const point = grid.points[k];
      const apart = (grid.positions[2 * point] - x) ** 2 + (grid.positions[2 * point + 1] - y) ** 2;
      if (apart > reach * reach) continue;
      const liked = prefers(point);
      if (liked === preferred ? apart < shortest : liked)
        [nearest, shortest, preferred] = [point, apart, liked];
    }
  }
  return nearest;
}

/**
 * The nearest point from `from` in a direction (unit steps, y upwards), within 45 degrees of it; -1 when there is none.
 * Points at the same place as `from` do not count.
 */
export function nearestInDirection(
  positions: Float32Array,
  from: number,
  [dx, dy]: [number, number],
): number {
  let nearest = -1;
  let shortest = Infinity;
  for (let i = 0; i < positions.length / 2; i++) {
    const x = positions[2 * i] - positions[2 * from];
    const y = positions[2 * i + 1] - positions[2 * from + 1];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (!(along > 0) || aside > along) continue;
    const cost = along + 2 * aside;
    if (cost < shortest) [nearest, shortest] = [i, cost];
  }
  return nearest;
}
