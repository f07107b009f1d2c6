// NN-descent (Dong, Moses and Li 2011): lists of neighbours that begin with the leaves of random projection trees
// (Dasgupta and Freund 2008) and improve by comparing neighbours of neighbours. Seeded, and the same on every machine.

let rows: i32 = 0;
let k: i32 = 0;
/** X, row-major, rows filled up with zeros to whole sixteens of numbers; bytes of a row. */
let x: usize = 0;
let stride: usize = 0;
/** Lists [rows, k]: cosines, best first, then indices, then whether an entry has been compared (0) or not (1). */
let cosines: usize = 0;
let indices: usize = 0;
let fresh: usize = 0;
/** Candidates of each row, [rows, CANDIDATES]: fresh ones and others; before each its number of entries met, [rows]. */
let freshMet: usize = 0;
let freshCandidates: usize = 0;
let otherMet: usize = 0;
let otherCandidates: usize = 0;
/** An order of all rows, in which the parts of a tree are neighbours, and room for the parts that are still to split. */
let order: usize = 0;
let stack: usize = 0;
let random: u32 = 1;

/** Candidates of either kind that a row compares in a round. */
const CANDIDATES: i32 = 24;

/** Rows that a leaf of a tree may have; all of them are compared with each other. */
const LEAF: i32 = 48;

/** Bytes of the workspace for lists of length `length`, X left out. */
export function descentBytes(n: i32, length: i32): i32 {
  return n * (3 * length * 4 + 2 * (CANDIDATES + 1) * 4 + 4) + 8 * 64 * 1024;
}

export function beginDescent(
  start: usize,
  rowBytes: i32,
  n: i32,
  length: i32,
  workspace: usize,
  seed: u32,
): void {
  x = start;
  stride = rowBytes;
  rows = n;
  k = length;
  random = seed == 0 ? 1 : seed;
  const cells = <usize>n * <usize>length * 4;
  cosines = workspace;
  indices = cosines + cells;
  fresh = indices + cells;
  freshMet = fresh + cells;
  freshCandidates = freshMet + <usize>n * 4;
  otherMet = freshCandidates + <usize>n * CANDIDATES * 4;
  otherCandidates = otherMet + <usize>n * 4;
  order = otherCandidates + <usize>n * CANDIDATES * 4;
  stack = order + <usize>n * 4;
  for (let e: usize = 0; e < cells; e += 4) {
    store<f32>(cosines + e, -Infinity);
    store<i32>(indices + e, -1);
  }
}

/** Marsaglia's xorshift. */
function nextRandom(): u32 {
  random ^= random << 13;
  random ^= random >> 17;
  random ^= random << 5;
  return random;
}

function below(limit: i32): i32 {
  return <i32>((<u64>nextRandom() * <u64>limit) >> 32);
}

function cell(base: usize, at: i32): usize {
  return base + ((<usize>at) << 2);
}

function cosine(i: i32, j: i32): f32 {
  let a = x + <usize>i * stride;
  let b = x + <usize>j * stride;
  const end = a + stride;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  while (a < end) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
    a += 64;
    b += 64;
  }
  const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** Compares two rows and lists each with the other where it belongs. @returns lists that changed */
function compare(i: i32, j: i32): i32 {
  if (i == j) return 0;
  const value = cosine(i, j);
  return offer(i, j, value) + offer(j, i, value);
}

function offer(owner: i32, other: i32, value: f32): i32 {
  const first = owner * k;
  if (value <= load<f32>(cell(cosines, first + k - 1))) return 0;
  for (let s = first; s < first + k; s++) if (load<i32>(cell(indices, s)) == other) return 0;
  let slot = first + k - 1;
  while (slot > first && load<f32>(cell(cosines, slot - 1)) < value) {
    store<f32>(cell(cosines, slot), load<f32>(cell(cosines, slot - 1)));
    store<i32>(cell(indices, slot), load<i32>(cell(indices, slot - 1)));
    store<i32>(cell(fresh, slot), load<i32>(cell(fresh, slot - 1)));
    slot--;
  }
  store<f32>(cell(cosines, slot), value);
  store<i32>(cell(indices, slot), other);
  store<i32>(cell(fresh, slot), 1);
  return 1;
}

/** Starts a tree: one part, all rows. */
export function beginTree(): i32 {
  for (let i = 0; i < rows; i++) store<i32>(cell(order, i), i);
  store<i32>(stack, 0);
  store<i32>(stack, rows, 4);
  return 1;
}

/**
 * Splits the last part of the stack, or compares its rows where it is a leaf.
 *
 * @param parts on the stack; @returns parts that are then on it
 */
export function growTree(parts: i32): i32 {
  const top = stack + ((<usize>(parts - 1)) << 3);
  const start = load<i32>(top);
  const end = load<i32>(top, 4);
  if (end - start <= LEAF) {
    for (let p = start; p < end; p++) {
      for (let q = p + 1; q < end; q++)
        compare(load<i32>(cell(order, p)), load<i32>(cell(order, q)));
    }
    return parts - 1;
  }
  const middle = split(start, end);
  store<i32>(top, middle, 4);
  store<i32>(top, middle, 8);
  store<i32>(top, end, 12);
  return parts + 1;
}

/** Parts the rows by which of two of them is nearer; in halves where that leaves one side almost empty. */
function split(start: i32, end: i32): i32 {
  const a = load<i32>(cell(order, start + below(end - start)));
  const b = load<i32>(cell(order, start + below(end - start)));
  let low = start;
  let high = end;
  while (low < high) {
    const row = load<i32>(cell(order, low));
    const difference = cosine(row, a) - cosine(row, b);
    const isLow = difference == 0 ? (nextRandom() & 1) == 0 : difference > 0;
    if (isLow) low++;
    else {
      high--;
      store<i32>(cell(order, low), load<i32>(cell(order, high)));
      store<i32>(cell(order, high), row);
    }
  }
  const least = (end - start) >> 5;
  return low - start < least || end - low < least ? (start + end) >> 1 : low;
}

/** Fills up lists that the trees left short with rows at random. */
export function fillLists(): void {
  for (let i = 0; i < rows; i++) {
    while (load<i32>(cell(indices, (i + 1) * k - 1)) < 0) compare(i, below(rows));
  }
}

/** Draws each row's candidates for a round: its neighbours and the rows whose neighbour it is. */
export function drawCandidates(): void {
  memory.fill(freshMet, 0, (<usize>rows) << 2);
  memory.fill(otherMet, 0, (<usize>rows) << 2);
  for (let i = 0; i < rows; i++) {
    for (let s = i * k; s < (i + 1) * k; s++) {
      const j = load<i32>(cell(indices, s));
      const isFresh = load<i32>(cell(fresh, s)) != 0;
      draw(i, j, isFresh);
      draw(j, i, isFresh);
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let s = i * k; s < (i + 1) * k; s++) {
      if (isDrawn(i, load<i32>(cell(indices, s)))) store<i32>(cell(fresh, s), 0);
    }
  }
}

/** Reservoir sampling: of all that a row meets, each has the same chance to stay. */
function draw(owner: i32, other: i32, isFresh: bool): void {
  const met = cell(isFresh ? freshMet : otherMet, owner);
  const count = load<i32>(met);
  store<i32>(met, count + 1);
  const slot = count < CANDIDATES ? count : below(count + 1);
  if (slot >= CANDIDATES) return;
  const candidates = isFresh ? freshCandidates : otherCandidates;
  store<i32>(cell(candidates, owner * CANDIDATES + slot), other);
}

function isDrawn(owner: i32, other: i32): bool {
  const first = owner * CANDIDATES;
  const count = min(load<i32>(cell(freshMet, owner)), CANDIDATES);
  for (let c = first; c < first + count; c++) {
    if (load<i32>(cell(freshCandidates, c)) == other) return true;
  }
  return false;
}

/** Compares the candidates of some rows with each other, of which one at least is fresh. @returns lists that changed */
export function joinCandidates(start: i32, end: i32): i32 {
  let changes = 0;
  for (let i = start; i < end; i++) {
    const first = i * CANDIDATES;
    const freshEnd = first + min(load<i32>(cell(freshMet, i)), CANDIDATES);
    const otherEnd = first + min(load<i32>(cell(otherMet, i)), CANDIDATES);
    for (let c = first; c < freshEnd; c++) {
      const a = load<i32>(cell(freshCandidates, c));
      for (let e = c + 1; e < freshEnd; e++)
        changes += compare(a, load<i32>(cell(freshCandidates, e)));
      for (let e = first; e < otherEnd; e++)
        changes += compare(a, load<i32>(cell(otherCandidates, e)));
    }
  }
  return changes;
}
