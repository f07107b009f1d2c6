import { STRIDE, maskDiagonal, maskEnd } from './product';
import { insert } from './lists';

/**
 * Offers the cosines of a tile of X Xᵀ, whose corner stands at (row, column) on or right of the diagonal, to the
 * neighbour lists of its rows and, right of the diagonal, of its columns. Lists: cosines [length, k], best first, then
 * the same of indices; floors: [length], the last cosine of each list. Tiles must come row by row, left to right, so
 * that candidates reach every list in index order.
 */
export function scanNearest(
  tile: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  floors: usize,
  lists: usize,
  length: i32,
  k: i32,
): void {
  maskEnd(tile, rows, columns);
  if (row == column) maskDiagonal(tile, rows);
  const both = column > row ? i32x4.splat(-1) : i32x4.splat(0);
  for (let r = row; r < row + rows; r++) {
    const floor = floors + ((<usize>r) << 2);
    for (let c = column; c < column + columns; c += 4) {
      const cosines = v128.load(tile + ((<usize>(c - column)) << 2));
      const forRow = f32x4.gt(cosines, v128.load32_splat(floor));
      const forColumn = v128.and(f32x4.gt(cosines, v128.load(floors + ((<usize>c) << 2))), both);
      if (v128.any_true(v128.or(forRow, forColumn))) {
        offer(tile + ((<usize>(c - column)) << 2), r, c, floors, lists, length, k, column > row);
      }
    }
    tile += STRIDE;
  }
}

/** Offers four cosines: row r with the columns c to c + 3, and the other way round. */
function offer(
  from: usize,
  r: i32,
  c: i32,
  floors: usize,
  lists: usize,
  length: i32,
  k: i32,
  both: bool,
): void {
  for (let end = c + 4; c < end; c++) {
    const cosine = load<f32>(from);
    if (cosine > load<f32>(floors + ((<usize>r) << 2)))
      insert(cosine, r, c, floors, lists, length, k);
    if (both && cosine > load<f32>(floors + ((<usize>c) << 2)))
      insert(cosine, c, r, floors, lists, length, k);
    from += 4;
  }
}
