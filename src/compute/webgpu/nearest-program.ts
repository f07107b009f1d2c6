import type { Program } from './session.ts';
import { THREAD_ROWS, TILE_CODE, TILE_INPUTS, TILE_UNIFORMS } from './tile.ts';

/** Longest list that one pass can make. */
export const LONGEST_LIST = 64;

/**
 * The `k` best columns of a strip for 64 rows of X, the column with the row's own index left out, equal cosines in index
 * order. Work-group (x, y): rows from firstRow + 64 y, columns of strip x, which is `tiles` tiles wide. Indices count
 * from `rowOffset` and `columnOffset` in the whole matrices. A further pass continues the lists of the pass before:
 * with `beforeK` > 0 only columns that come after the last entry of its list [.., beforeK] in `before` count.
 * result: [rows - firstRow, strips, k] of (cosine, index or -1), from strip `firstStrip`
 */
function nearestProgram(capacity: number): Program {
  return {
    name: `nearest ${capacity}`,
    inputs: { ...TILE_INPUTS, before: 2 },
    output: 2,
    uniforms: [
      ...TILE_UNIFORMS,
      'firstRow',
      'tiles',
      'rowOffset',
      'columnOffset',
      'strips',
      'firstStrip',
      'k',
      'beforeK',
    ],
    code: TILE_CODE + listCode(capacity) + MAIN_CODE,
  };
}

function listCode(capacity: number): string {
  return `
  var<workgroup> cosines : array<f32, 2048>; // [32 columns][64 rows], each column turned by one row to spread the banks
  var<private> best : array<f32, ${capacity}>;
  var<private> found : array<i32, ${capacity}>;

  fn insert(cosine : f32, index : i32) {
    var slot = uniforms.k - 1;
    while (slot > 0) {
      if (best[slot - 1] >= cosine) { break; }
      best[slot] = best[slot - 1];
      found[slot] = found[slot - 1];
      slot -= 1;
    }
    best[slot] = cosine;
    found[slot] = index;
  }
  `;
}

const MAIN_CODE = `
  fn main(index : i32) {
    let row = uniforms.firstRow + i32(workgroupId.y) * 64;
    let strip = i32(workgroupId.x);
    let lane = i32(localIndex);
    let i = row + lane;
    let selects = lane < 64 && i < uniforms.rows;
    let list = (i - uniforms.firstRow) * uniforms.strips + uniforms.firstStrip + strip;
    var after = vec2<f32>(4.0, -1.0);
    if (selects && uniforms.beforeK > 0) { after = before[(list + 1) * uniforms.beforeK - 1]; }
    for (var s = 0; s < uniforms.k; s++) {
      best[s] = -4.0;
      found[s] = -1;
    }
    for (var t = 0; t < uniforms.tiles; t++) {
      let column = (strip * uniforms.tiles + t) * 64;
      multiplyTile(row, column);
      for (var half = 0; half < 2; half++) {
        workgroupBarrier();
        for (var r = 0; r < ${THREAD_ROWS}; r++) {
          for (var c = 0; c < 2; c++) {
            let line = threadColumn() + 16 * c;
            cosines[line * 64 + (threadRow() + 8 * r + line) % 64] = sums[r][2 * half + c];
          }
        }
        workgroupBarrier();
        let first = column + 32 * half;
        if (selects) {
          for (var c = 0; c < min(32, uniforms.columns - first); c++) {
            let cosine = cosines[c * 64 + (lane + c) % 64];
            let j = first + c + uniforms.columnOffset;
            let comes = cosine < after.x || (cosine == after.x && j > i32(after.y));
            if (cosine > best[uniforms.k - 1] && comes && j != i + uniforms.rowOffset) { insert(cosine, j); }
          }
        }
      }
    }
    if (selects) {
      for (var s = 0; s < uniforms.k; s++) {
        result[list * uniforms.k + s] = vec2<f32>(best[s], f32(found[s]));
      }
    }
  }`;

const PROGRAMS = [8, 16, 32, LONGEST_LIST].map((capacity) => ({
  capacity,
  program: nearestProgram(capacity),
}));

/** The smallest program that can make lists of k, 1 <= k <= 64. */
export function nearestProgramFor(k: number): Program {
  const last = PROGRAMS[PROGRAMS.length - 1];
  return (PROGRAMS.find(({ capacity }) => capacity >= k) ?? last).program;
}
