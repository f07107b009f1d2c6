import { STRIDE } from './product';

// How many of the matches' thresholds lie below each cosine. Levels: the thresholds [count], ascending; a table
// [steps + 2] that says how many of them lie in the equal steps before each, where the search for a cosine begins; and
// the tally [count + 1], in double precision: cosines that are above exactly so many thresholds.

let thresholds: usize = 0;
let table: usize = 0;
let tally: usize = 0;
let steps: v128 = i32x4.splat(0);
let lowest: v128 = f32x4.splat(0);
let scale: v128 = f32x4.splat(0);

/** Fills the table; the thresholds and the tally are the caller's. */
export function beginLevels(start: usize, count: i32, stepCount: i32): void {
  tally = start;
  thresholds = tally + ((<usize>(count + 1)) << 3);
  table = thresholds + ((<usize>count) << 2);
  const first = load<f32>(thresholds);
  const range = load<f32>(thresholds + ((<usize>(count - 1)) << 2)) - first;
  steps = i32x4.splat(stepCount);
  lowest = f32x4.splat(first);
  scale = f32x4.splat(range > 0 ? <f32>stepCount / range : 0);
  memory.fill(table, 0, (<usize>(stepCount + 2)) << 2);
  for (let t = 0; t < count; t++) {
    const value = f32x4.splat(load<f32>(thresholds + ((<usize>t) << 2)));
    const cell = table + ((<usize>(i32x4.extract_lane(stepsOf(value), 0) + 1)) << 2);
    store<i32>(cell, load<i32>(cell) + 1);
  }
  for (let cell = table; cell < table + ((<usize>(stepCount + 1)) << 2); cell += 4)
    store<i32>(cell + 4, load<i32>(cell + 4) + load<i32>(cell));
}

/** Never falls as the value rises, so thresholds of lower steps lie below the value and those of higher ones above. */
function stepsOf(values: v128): v128 {
  const places = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(values, lowest), scale));
  return i32x4.min_s(i32x4.max_s(places, i32x4.splat(0)), steps);
}

/**
 * Counts a tile: each cosine into the tally, and its number of thresholds below to its line's cell of `ofLines` and to
 * its column's cell of `ofColumns`, in double precision. What is -Infinity counts nothing. Overwrites the tile.
 */
export function countLevels(
  tile: usize,
  rows: i32,
  columns: i32,
  ofLines: usize,
  ofColumns: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const line = tile + <usize>r * STRIDE;
    let sum = i32x4.splat(0);
    for (let c = 0; c < columns; c += 4) {
      const counts = countFour(line + ((<usize>c) << 2));
      v128.store(line + ((<usize>c) << 2), counts);
      sum = i32x4.add(sum, counts);
    }
    addFour(ofLines + ((<usize>r) << 3), sum, 0);
  }
  for (let c = 0; c < columns; c += 4) {
    let sum = i32x4.splat(0);
    for (let r: usize = 0; r < <usize>rows; r++)
      sum = i32x4.add(sum, v128.load(tile + r * STRIDE + ((<usize>c) << 2)));
    addFour(ofColumns + ((<usize>c) << 3), sum, 8);
  }
}

function addFour(address: usize, lanes: v128, apart: usize): void {
  add(address, i32x4.extract_lane(lanes, 0));
  add(address + apart, i32x4.extract_lane(lanes, 1));
  add(address + 2 * apart, i32x4.extract_lane(lanes, 2));
  add(address + 3 * apart, i32x4.extract_lane(lanes, 3));
}

function add(address: usize, value: i32): void {
  store<f64>(address, load<f64>(address) + <f64>value);
}

function countFour(at: usize): v128 {
  const cosines = v128.load(at);
  if (!v128.any_true(f32x4.gt(cosines, lowest))) return i32x4.splat(0);
  const places = stepsOf(cosines);
  let counts = i32x4.splat(0);
  counts = i32x4.replace_lane(counts, 0, countOne(load<f32>(at), i32x4.extract_lane(places, 0)));
  counts = i32x4.replace_lane(counts, 1, countOne(load<f32>(at, 4), i32x4.extract_lane(places, 1)));
  counts = i32x4.replace_lane(counts, 2, countOne(load<f32>(at, 8), i32x4.extract_lane(places, 2)));
  return i32x4.replace_lane(counts, 3, countOne(load<f32>(at, 12), i32x4.extract_lane(places, 3)));
}

function countOne(cosine: f32, step: i32): i32 {
  const cell = table + ((<usize>step) << 2);
  let low = load<i32>(cell);
  let high = load<i32>(cell, 4);
  // Nearly all steps have no threshold or the two of one match, which need no branch that would be guessed wrongly.
  while (high - low > 2) {
    const middle = (low + high) >>> 1;
    if (load<f32>(thresholds + ((<usize>middle) << 2)) < cosine) low = middle + 1;
    else high = middle;
  }
  const at = thresholds + ((<usize>low) << 2);
  const left = high - low;
  low +=
    ((<i32>(left > 0)) & (<i32>(load<f32>(at) < cosine))) +
    ((<i32>(left > 1)) & (<i32>(load<f32>(at, 4) < cosine)));
  const count = tally + ((<usize>low) << 3);
  store<f64>(count, load<f64>(count) + 1);
  return low;
}
