import { TIE_MARGIN } from '../../core/matrix.ts';
import type { Program } from './session.ts';
import { TILE_CODE, TILE_INPUTS, TILE_UNIFORMS } from './tile.ts';

/**
 * Best rival, its index, and the number of rivals above the match by more than the tie margin, for 32 rows of X among
 * the columns of a strip. Work-group (x, y): rows from firstRow + 32 y, columns of strip x, which is `tiles` tiles wide.
 * Indices count from `rowOffset` and `columnOffset` in the whole matrices; the column with the row's own index is its
 * match, and no rival. result: [2n, strips] of (cosine, index or -1, count, match), from row `firstResult`, strip
 * `firstStrip`
 */
export const RIVALS: Program = {
  name: 'rivals',
  inputs: { ...TILE_INPUTS, matched: 1 },
  output: 4,
  uniforms: [
    ...TILE_UNIFORMS,
    'firstRow',
    'tiles',
    'rowOffset',
    'columnOffset',
    'strips',
    'firstStrip',
    'firstResult',
  ],
  code: `${TILE_CODE}
  var<workgroup> bests : array<f32, 512>; // [32 rows][16 threads]
  var<workgroup> indices : array<i32, 512>;
  var<workgroup> counts : array<i32, 512>;

  fn main(index : i32) {
    let row = uniforms.firstRow + i32(workgroupId.y) * 32;
    let strip = i32(workgroupId.x);
    var best = vec4<f32>(-4.0);
    var found = vec4<i32>(-1);
    var count = vec4<i32>(0);
    for (var t = 0; t < uniforms.tiles; t++) {
      let column = (strip * uniforms.tiles + t) * 64;
      multiplyTile(row, column);
      for (var r = 0; r < 4; r++) {
        let i = row + threadRow() + 8 * r;
        let threshold = matched[min(i, uniforms.rows - 1)] + ${TIE_MARGIN.toFixed(9)};
        for (var c = 0; c < 4; c++) {
          let j = column + threadColumn() + 16 * c;
          let cosine = sums[r][c];
          if (j < uniforms.columns && j + uniforms.columnOffset != i + uniforms.rowOffset) {
            if (cosine > best[r]) {
              best[r] = cosine;
              found[r] = j + uniforms.columnOffset;
            }
            if (cosine > threshold) { count[r] += 1; }
          }
        }
      }
    }
    for (var r = 0; r < 4; r++) {
      let slot = (threadRow() + 8 * r) * 16 + threadColumn();
      bests[slot] = best[r];
      indices[slot] = found[r];
      counts[slot] = count[r];
    }
    workgroupBarrier();
    let i = row + i32(localIndex);
    if (localIndex < 32u && i < uniforms.rows) {
      let at = (uniforms.firstResult + uniforms.rowOffset + i) * uniforms.strips + uniforms.firstStrip + strip;
      result[at] = rowResult(i32(localIndex) * 16, matched[i]);
    }
  }

  fn rowResult(start : i32, own : f32) -> vec4<f32> {
    var best = bests[start];
    var found = indices[start];
    var count = counts[start];
    for (var s = start + 1; s < start + 16; s++) {
      if (bests[s] > best || (bests[s] == best && indices[s] >= 0 && indices[s] < found)) {
        best = bests[s];
        found = indices[s];
      }
      count += counts[s];
    }
    return vec4<f32>(best, f32(found), f32(count), own);
  }`,
};
