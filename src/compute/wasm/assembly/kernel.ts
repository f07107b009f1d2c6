// AssemblyScript, compiled by ../build.mjs. Nothing is allocated here: ../engine.ts lays out the memory and passes byte
// addresses. Only operations whose result the standard fixes to the bit are used, so the same input gives the same bits
// on every machine, and two equal rows give equal cosines wherever they stand.
//
// A panel holds 8 rows of a matrix side by side: number k of its row r is at k * 8 + r. Both operands are packed so.

/** Rows of a panel. */
export const PANEL: i32 = 8;

/** Rows and columns of a tile, the square of the cosine matrix that is computed and scanned at a time. [64, 64] */
export const TILE: i32 = 64;

/**
 * Numbers of a row that are summed before their sum joins the others. Bounds the rounding error by about
 * (128 + d / 128) * 2^-24 and keeps the two panels at work in the nearest cache.
 */
const DEPTH: i32 = 128;

/** Bytes from number k to number k + 1 of a panel. */
const STEP: usize = 32;

/** Bytes from row to row of a tile. */
const STRIDE: usize = 256;

/** Packs `rows` <= 8 rows [rows, d] into one panel; missing rows become zeros. */
export function pack(source: usize, rows: i32, d: i32, panel: usize): void {
  for (let k = 0; k < d; k++) {
    for (let r = 0; r < PANEL; r++) {
      const value = r < rows ? load<f32>(source + ((<usize>(r * d + k)) << 2)) : <f32>0;
      store<f32>(panel + ((<usize>(k * PANEL + r)) << 2), value);
    }
  }
}

/** Cosine of row i of X with row i of Y, for all i. out: [panels * 8] */
export function dots(x: usize, y: usize, d: i32, panels: i32, out: usize): void {
  for (let p = 0; p < panels; p++) {
    for (let start = 0; start < d; start += DEPTH) {
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      const end = min(start + DEPTH, d);
      for (let k = start; k < end; k++) {
        low = f32x4.add(low, f32x4.mul(v128.load(x), v128.load(y)));
        high = f32x4.add(high, f32x4.mul(v128.load(x, 16), v128.load(y, 16)));
        x += STEP;
        y += STEP;
      }
      put(out, low, high, start > 0);
    }
    out += STEP;
  }
}

/** Fills a tile with the cosines of 8 * rowPanels rows of X with 8 * columnPanels rows of Y. */
export function multiply(
  x: usize,
  y: usize,
  d: i32,
  rowPanels: i32,
  columnPanels: i32,
  tile: usize,
): void {
  const panelBytes = <usize>d * STEP;
  for (let start = 0; start < d; start += DEPTH) {
    const offset = <usize>start * STEP;
    const depth = min(DEPTH, d - start);
    for (let c: usize = 0; c < <usize>columnPanels; c++) {
      const right = y + c * panelBytes + offset;
      for (let r: usize = 0; r < <usize>rowPanels; r++) {
        const left = x + r * panelBytes + offset;
        const out = tile + r * 8 * STRIDE + c * STEP;
        block(left, right, depth, out, start > 0);
        block(left + 16, right, depth, out + 4 * STRIDE, start > 0);
      }
    }
  }
}

/** Four rows of X (half a panel) with the eight rows of a panel of Y, over `depth` numbers. */
function block(x: usize, y: usize, depth: i32, out: usize, add: bool): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  const end = y + <usize>depth * STEP;
  while (y < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const xa = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(xa, y0));
    a1 = f32x4.add(a1, f32x4.mul(xa, y1));
    const xb = v128.load32_splat(x, 4);
    b0 = f32x4.add(b0, f32x4.mul(xb, y0));
    b1 = f32x4.add(b1, f32x4.mul(xb, y1));
    const xc = v128.load32_splat(x, 8);
    c0 = f32x4.add(c0, f32x4.mul(xc, y0));
    c1 = f32x4.add(c1, f32x4.mul(xc, y1));
    const xd = v128.load32_splat(x, 12);
    d0 = f32x4.add(d0, f32x4.mul(xd, y0));
    d1 = f32x4.add(d1, f32x4.mul(xd, y1));
    x += STEP;
    y += STEP;
  }
  put(out, a0, a1, add);
  put(out + STRIDE, b0, b1, add);
  put(out + 2 * STRIDE, c0, c1, add);
  put(out + 3 * STRIDE, d0, d1, add);
}

function put(out: usize, low: v128, high: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), low) : low);
  v128.store(out, add ? f32x4.add(v128.load(out, 16), high) : high, 16);
}

/** Takes out of the running what is no rival: columns that only fill up a panel, and the diagonal. */
function mask(tile: usize, rows: i32, columns: i32, row: i32, column: i32): void {
  for (let r = 0; r < rows; r++) {
    const line = tile + <usize>r * STRIDE;
    for (let c = columns; (c & 3) != 0; c++) store<f32>(line + ((<usize>c) << 2), -Infinity);
    const c = row + r - column;
    if (c >= 0 && c < columns) store<f32>(line + ((<usize>c) << 2), -Infinity);
  }
}

/**
 * Counts the cosines of a tile, whose corner stands at (row, column), into the state of the whole matrix: seven arrays
 * of `length` cells, namely threshold, best, index and rank by row, then best, index and rank by column.
 */
export function scanPair(
  tile: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  state: usize,
  length: i32,
): void {
  const array = (<usize>length) << 2;
  mask(tile, rows, columns, row, column);
  for (let r = 0; r < rows; r++) {
    scanRow(tile + <usize>r * STRIDE, columns, column, state + ((<usize>(row + r)) << 2), array);
  }
  for (let c = 0; c < columns; c += 4) {
    scanColumns(tile + ((<usize>c) << 2), rows, row, state + ((<usize>(column + c)) << 2), array);
  }
}

function scanRow(line: usize, columns: i32, column: i32, state: usize, array: usize): void {
  const threshold = v128.load32_splat(state);
  let best = f32x4.splat(-Infinity);
  let index = i32x4.splat(-1);
  let above = i32x4.splat(0);
  let at = i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3));
  for (let c = 0; c < columns; c += 4) {
    const cosines = v128.load(line + ((<usize>c) << 2));
    const better = f32x4.gt(cosines, best);
    best = v128.bitselect(cosines, best, better);
    index = v128.bitselect(at, index, better);
    above = i32x4.sub(above, f32x4.gt(cosines, threshold));
    at = i32x4.add(at, i32x4.splat(4));
  }
  improve(state, array, f32x4.extract_lane(best, 0), i32x4.extract_lane(index, 0), column);
  improve(state, array, f32x4.extract_lane(best, 1), i32x4.extract_lane(index, 1), column);
  improve(state, array, f32x4.extract_lane(best, 2), i32x4.extract_lane(index, 2), column);
  improve(state, array, f32x4.extract_lane(best, 3), i32x4.extract_lane(index, 3), column);
  const count =
    i32x4.extract_lane(above, 0) +
    i32x4.extract_lane(above, 1) +
    i32x4.extract_lane(above, 2) +
    i32x4.extract_lane(above, 3);
  store<i32>(state + 3 * array, load<i32>(state + 3 * array) + count);
}

/** Of equal rivals the one with the lowest index stays: one of an earlier tile, or of this tile but further left. */
function improve(state: usize, array: usize, cosine: f32, index: i32, column: i32): void {
  const best = load<f32>(state + array);
  const held = load<i32>(state + 2 * array);
  if (cosine > best || (cosine == best && held >= column && index < held)) {
    store<f32>(state + array, cosine);
    store<i32>(state + 2 * array, index);
  }
}

function scanColumns(top: usize, rows: i32, row: i32, state: usize, array: usize): void {
  const threshold = v128.load(state);
  let best = v128.load(state + 4 * array);
  let index = v128.load(state + 5 * array);
  let rank = v128.load(state + 6 * array);
  for (let r = 0; r < rows; r++) {
    const cosines = v128.load(top);
    const better = f32x4.gt(cosines, best);
    best = v128.bitselect(cosines, best, better);
    index = v128.bitselect(i32x4.splat(row + r), index, better);
    rank = i32x4.sub(rank, f32x4.gt(cosines, threshold));
    top += STRIDE;
  }
  v128.store(state + 4 * array, best);
  v128.store(state + 5 * array, index);
  v128.store(state + 6 * array, rank);
}

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
  mask(tile, rows, columns, row, column);
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

function insert(
  cosine: f32,
  owner: i32,
  neighbour: i32,
  floors: usize,
  lists: usize,
  length: i32,
  k: i32,
): void {
  const cosines = lists + ((<usize>owner * <usize>k) << 2);
  const indices = cosines + ((<usize>length * <usize>k) << 2);
  let slot = (<usize>(k - 1)) << 2;
  while (slot > 0 && load<f32>(cosines + slot - 4) < cosine) {
    store<f32>(cosines + slot, load<f32>(cosines + slot - 4));
    store<i32>(indices + slot, load<i32>(indices + slot - 4));
    slot -= 4;
  }
  store<f32>(cosines + slot, cosine);
  store<i32>(indices + slot, neighbour);
  store<f32>(floors + ((<usize>owner) << 2), load<f32>(cosines + ((<usize>(k - 1)) << 2)));
}
