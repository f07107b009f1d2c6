import { insert } from './lists';
import { beginLevels, countLevels } from './levels';
import { STRIDE, maskDiagonal, maskEnd } from './product';

// The state of a pair: arrays of `length` cells of 4 bytes, of which numbers in double precision take two. Three are
// shared: upper and lower threshold of each match, and `either`. Then the arrays of the rows' side, then the same of the
// columns' side. ../pair-state.ts reads them by the same places.

const UPPER: usize = 0;
const LOWER: usize = 1;
const EITHER: usize = 2;

/** First array of the rows' side, and of the columns' side. */
const ROWS: usize = 3;
const COLUMNS: usize = 14;

// Arrays of a side, counted from its first.
const BEST: usize = 0;
const INDEX: usize = 1;
const RANK: usize = 2;
const REACH: usize = 3;
const FLOOR: usize = 4;
const SUM: usize = 5;
const SQUARES: usize = 7;
const LOST: usize = 9;

/** Address of the state, bytes of an array, address of the lists (of the rows, then of the columns), their length. */
let state: usize = 0;
let array: usize = 0;
let lists: usize = 0;
let longest: i32 = 0;

/** Names what the next calls of `scanPair` count into; see ../pair-state.ts for the layout. */
export function beginPair(
  start: usize,
  length: i32,
  listsStart: usize,
  k: i32,
  levels: usize,
  n: i32,
  steps: i32,
): void {
  state = start;
  array = (<usize>length) << 2;
  lists = listsStart;
  longest = k;
  beginLevels(levels, 2 * n, steps);
}

function single(slot: usize, i: i32): usize {
  return state + slot * array + ((<usize>i) << 2);
}

function double(slot: usize, i: i32): usize {
  return state + slot * array + ((<usize>i) << 3);
}

function addTo(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

/**
 * Counts two tiles into the state: `forth` with the cosines of rows `row`.. of X and rows `column`.. of Y, `back` with
 * those of rows `row`.. of Y and rows `column`.. of X, row <= column. Forth's lines are rows of the cosine matrix and
 * back's are columns of it; off the diagonal forth's columns are columns too, and back's are rows. Tiles must come row by
 * row, left to right, so that rivals and lists meet equal cosines in index order. Overwrites both tiles.
 */
export function scanPair(
  forth: usize,
  back: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
): void {
  const isDiagonal = row == column;
  if (isDiagonal) transposeTile(forth, back, rows);
  maskEnd(forth, rows, columns);
  maskEnd(back, rows, columns);
  scanLines(forth, rows, columns, row, column, ROWS);
  scanLines(back, rows, columns, row, column, COLUMNS);
  if (!isDiagonal) {
    scanColumns(back, rows, columns, row, column, ROWS);
    scanColumns(forth, rows, columns, row, column, COLUMNS);
  }
  if (isDiagonal) {
    maskDiagonal(forth, rows);
    maskDiagonal(back, rows);
  }
  compareLines(forth, rows, columns, row, column, ROWS);
  compareLines(back, rows, columns, row, column, COLUMNS);
  countEitherOfLines(forth, back, rows, columns, row);
  if (!isDiagonal) {
    compareColumns(back, rows, columns, row, column, ROWS);
    compareColumns(forth, rows, columns, row, column, COLUMNS);
    countEitherOfColumns(forth, back, rows, columns, column);
  }
  countLevels(forth, rows, columns, double(ROWS + LOST, row), double(COLUMNS + LOST, column));
  if (!isDiagonal)
    countLevels(back, rows, columns, double(COLUMNS + LOST, row), double(ROWS + LOST, column));
}

function transposeTile(from: usize, to: usize, size: i32): void {
  for (let r: usize = 0; r < <usize>size; r++) {
    for (let c: usize = 0; c < <usize>size; c++)
      store<f32>(to + c * STRIDE + (r << 2), load<f32>(from + r * STRIDE + (c << 2)));
  }
}

/** Sums and lists of the facts that the lines of a tile belong to; what fills up the tile counts as 0. */
function scanLines(tile: usize, rows: i32, columns: i32, row: i32, column: i32, side: usize): void {
  for (let r = 0; r < rows; r++) {
    const line = tile + <usize>r * STRIDE;
    const floor = single(side + FLOOR, row + r);
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (let c = 0; c < columns; c += 4) {
      const at = line + ((<usize>c) << 2);
      const cosines = v128.load(at);
      const better = i32x4.bitmask(f32x4.gt(cosines, v128.load32_splat(floor)));
      if (better != 0) offerToLine(better, at, row + r, column + c, side);
      const present = withoutEnd(cosines, columns - c);
      const low = f64x2.promote_low_f32x4(present);
      const high = highHalf(present);
      sum = f64x2.add(sum, f64x2.add(low, high));
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
    addTo(double(side + SUM, row + r), bothLanes(sum));
    addTo(double(side + SQUARES, row + r), bothLanes(squares));
  }
}

/** The lanes before the end of the tile; the others are 0. */
function withoutEnd(cosines: v128, left: i32): v128 {
  return v128.and(cosines, i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)));
}

/** The third and fourth lane in double precision. */
function highHalf(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3));
}

function bothLanes(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

/** Offers the cosines whose bits are set. */
function offerToLine(bits: i32, from: usize, i: i32, column: i32, side: usize): void {
  for (; bits != 0; bits &= bits - 1) {
    const c = ctz(bits);
    offer(load<f32>(from + ((<usize>c) << 2)), i, column + c, side);
  }
}

function offer(cosine: f32, owner: i32, other: i32, side: usize): void {
  if (cosine <= load<f32>(single(side + FLOOR, owner))) return;
  const length = <i32>(array >> 2);
  const own = side == ROWS ? lists : lists + 2 * array * <usize>longest;
  insert(cosine, owner, other, single(side + FLOOR, 0), own, length, longest);
}

/** The same of the facts that the columns of a tile belong to. */
function scanColumns(
  tile: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  side: usize,
): void {
  for (let c = 0; c < columns; c += 4) {
    const floors = single(side + FLOOR, column + c);
    let at = tile + ((<usize>c) << 2);
    const sums = double(side + SUM, column + c);
    const squares = double(side + SQUARES, column + c);
    let lowSum = v128.load(sums);
    let highSum = v128.load(sums, 16);
    let lowSquares = v128.load(squares);
    let highSquares = v128.load(squares, 16);
    for (let r = 0; r < rows; r++) {
      const cosines = v128.load(at);
      const better = i32x4.bitmask(f32x4.gt(cosines, v128.load(floors)));
      if (better != 0) offerToColumns(better, at, row + r, column + c, side);
      const low = f64x2.promote_low_f32x4(cosines);
      const high = highHalf(cosines);
      lowSum = f64x2.add(lowSum, low);
      highSum = f64x2.add(highSum, high);
      lowSquares = f64x2.add(lowSquares, f64x2.mul(low, low));
      highSquares = f64x2.add(highSquares, f64x2.mul(high, high));
      at += STRIDE;
    }
    v128.store(sums, lowSum);
    v128.store(sums, highSum, 16);
    v128.store(squares, lowSquares);
    v128.store(squares, highSquares, 16);
  }
}

function offerToColumns(bits: i32, from: usize, i: i32, column: i32, side: usize): void {
  for (; bits != 0; bits &= bits - 1) {
    const c = ctz(bits);
    offer(load<f32>(from + ((<usize>c) << 2)), column + c, i, side);
  }
}

/** Rivals, ranks and reach of the facts that the lines of a tile belong to. */
function compareLines(
  tile: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  side: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const line = tile + <usize>r * STRIDE;
    const upper = v128.load32_splat(single(UPPER, row + r));
    const lower = v128.load32_splat(single(LOWER, row + r));
    let best = f32x4.splat(-Infinity);
    let index = i32x4.splat(-1);
    let above = i32x4.splat(0);
    let reaching = i32x4.splat(0);
    let at = i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3));
    for (let c = 0; c < columns; c += 4) {
      const cosines = v128.load(line + ((<usize>c) << 2));
      const better = f32x4.gt(cosines, best);
      best = v128.bitselect(cosines, best, better);
      index = v128.bitselect(at, index, better);
      above = i32x4.sub(above, f32x4.gt(cosines, upper));
      reaching = i32x4.sub(reaching, f32x4.ge(cosines, lower));
      at = i32x4.add(at, i32x4.splat(4));
    }
    improve(side, row + r, f32x4.extract_lane(best, 0), i32x4.extract_lane(index, 0), column);
    improve(side, row + r, f32x4.extract_lane(best, 1), i32x4.extract_lane(index, 1), column);
    improve(side, row + r, f32x4.extract_lane(best, 2), i32x4.extract_lane(index, 2), column);
    improve(side, row + r, f32x4.extract_lane(best, 3), i32x4.extract_lane(index, 3), column);
    addCount(single(side + RANK, row + r), above);
    addCount(single(side + REACH, row + r), reaching);
  }
}

/** Of equal rivals the one with the lowest index stays: one of an earlier tile, or of this tile but further left. */
function improve(side: usize, i: i32, cosine: f32, index: i32, column: i32): void {
  const best = load<f32>(single(side + BEST, i));
  const held = load<i32>(single(side + INDEX, i));
  if (cosine > best || (cosine == best && held >= column && index < held)) {
    store<f32>(single(side + BEST, i), cosine);
    store<i32>(single(side + INDEX, i), index);
  }
}

function addCount(address: usize, lanes: v128): void {
  const count =
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3);
  store<i32>(address, load<i32>(address) + count);
}

/** The same of the facts that the columns of a tile belong to. */
function compareColumns(
  tile: usize,
  rows: i32,
  columns: i32,
  row: i32,
  column: i32,
  side: usize,
): void {
  for (let c = 0; c < columns; c += 4) {
    const j = column + c;
    const upper = v128.load(single(UPPER, j));
    const lower = v128.load(single(LOWER, j));
    let best = v128.load(single(side + BEST, j));
    let index = v128.load(single(side + INDEX, j));
    let above = v128.load(single(side + RANK, j));
    let reaching = v128.load(single(side + REACH, j));
    let at = tile + ((<usize>c) << 2);
    for (let r = 0; r < rows; r++) {
      const cosines = v128.load(at);
      const better = f32x4.gt(cosines, best);
      best = v128.bitselect(cosines, best, better);
      index = v128.bitselect(i32x4.splat(row + r), index, better);
      above = i32x4.sub(above, f32x4.gt(cosines, upper));
      reaching = i32x4.sub(reaching, f32x4.ge(cosines, lower));
      at += STRIDE;
    }
    v128.store(single(side + BEST, j), best);
    v128.store(single(side + INDEX, j), index);
    v128.store(single(side + RANK, j), above);
    v128.store(single(side + REACH, j), reaching);
  }
}

/** Facts that reach the match of a line's fact in its row or in its column. */
function countEitherOfLines(forth: usize, back: usize, rows: i32, columns: i32, row: i32): void {
  for (let r = 0; r < rows; r++) {
    const lower = v128.load32_splat(single(LOWER, row + r));
    const line = <usize>r * STRIDE;
    let either = i32x4.splat(0);
    for (let at = line; at < line + ((<usize>columns) << 2); at += 16)
      either = i32x4.sub(either, reachesEither(forth + at, back + at, lower));
    addCount(single(EITHER, row + r), either);
  }
}

function countEitherOfColumns(
  forth: usize,
  back: usize,
  rows: i32,
  columns: i32,
  column: i32,
): void {
  for (let c = 0; c < columns; c += 4) {
    const lower = v128.load(single(LOWER, column + c));
    let either = v128.load(single(EITHER, column + c));
    let at = (<usize>c) << 2;
    for (let r = 0; r < rows; r++) {
      either = i32x4.sub(either, reachesEither(forth + at, back + at, lower));
      at += STRIDE;
    }
    v128.store(single(EITHER, column + c), either);
  }
}

function reachesEither(forth: usize, back: usize, lower: v128): v128 {
  return v128.or(f32x4.ge(v128.load(forth), lower), f32x4.ge(v128.load(back), lower));
}
