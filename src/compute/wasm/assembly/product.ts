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
export const STRIDE: usize = 256;

/**
 * Packs `rows` <= 8 rows [rows, d] into one panel; missing rows become zeros.
 *
 * @returns 0, or NaN where a number is not finite
 */
export function pack(source: usize, rows: i32, d: i32, panel: usize): f32 {
  const stride = (<usize>d) << 2;
  for (let r = rows; r < PANEL; r++) memory.fill(source + <usize>r * stride, 0, stride);
  let check = f32x4.splat(0);
  for (let r: usize = 0; r < 8; r += 4) {
    const from = source + r * stride;
    for (let k: usize = 0; k + 4 <= <usize>d; k += 4) {
      const at = from + (k << 2);
      const a = v128.load(at);
      const b = v128.load(at + stride);
      const c = v128.load(at + 2 * stride);
      const e = v128.load(at + 3 * stride);
      const sums = f32x4.add(f32x4.add(a, b), f32x4.add(c, e));
      check = f32x4.add(check, f32x4.mul(sums, f32x4.splat(0)));
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const ce = v128.shuffle<i32>(c, e, 0, 4, 1, 5);
      const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const ce2 = v128.shuffle<i32>(c, e, 2, 6, 3, 7);
      const to = panel + k * STEP + (r << 2);
      v128.store(to, v128.shuffle<i64>(ab, ce, 0, 2));
      v128.store(to + STEP, v128.shuffle<i64>(ab, ce, 1, 3));
      v128.store(to + 2 * STEP, v128.shuffle<i64>(ab2, ce2, 0, 2));
      v128.store(to + 3 * STEP, v128.shuffle<i64>(ab2, ce2, 1, 3));
    }
    for (let k = d & ~3; k < d; k++) {
      for (let i: usize = 0; i < 4; i++) {
        const value = load<f32>(from + i * stride + ((<usize>k) << 2));
        check = f32x4.add(check, f32x4.splat(value * 0));
        store<f32>(panel + <usize>k * STEP + ((r + i) << 2), value);
      }
    }
  }
  return (
    f32x4.extract_lane(check, 0) +
    f32x4.extract_lane(check, 1) +
    f32x4.extract_lane(check, 2) +
    f32x4.extract_lane(check, 3)
  );
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

/** Fills columns of a tile that belong to no row of Y, up to the next multiple of four, with -Infinity. */
export function maskEnd(tile: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const line = tile + <usize>r * STRIDE;
    for (let c = columns; (c & 3) != 0; c++) store<f32>(line + ((<usize>c) << 2), -Infinity);
  }
}

/** Fills the diagonal of a tile that stands on the diagonal of the matrix with -Infinity. */
export function maskDiagonal(tile: usize, rows: i32): void {
  for (let r: usize = 0; r < <usize>rows; r++) store<f32>(tile + r * (STRIDE + 4), -Infinity);
}
