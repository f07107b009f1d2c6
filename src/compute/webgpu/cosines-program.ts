import type { Program } from './session.ts';
import { THREAD_ROWS, TILE_CODE, TILE_INPUTS, TILE_UNIFORMS } from './tile.ts';

/**
 * Writes cosines. Work-group (x, y) computes the tile at row firstRow + 64 y and column 64 x.
 * result: [rows - firstRow, width], from column `firstColumn`
 */
export const COSINES: Program = {
  name: 'cosines',
  inputs: TILE_INPUTS,
  output: 1,
  uniforms: [...TILE_UNIFORMS, 'firstRow', 'firstColumn', 'width'],
  code: `${TILE_CODE}
  fn main(index : i32) {
    let row = uniforms.firstRow + i32(workgroupId.y) * 64;
    let column = i32(workgroupId.x) * 64;
    multiplyTile(row, column);
    for (var r = 0; r < ${THREAD_ROWS}; r++) {
      let i = row + threadRow() + 8 * r;
      for (var c = 0; c < 4; c++) {
        let j = column + threadColumn() + 16 * c;
        if (i < uniforms.rows && j < uniforms.columns) {
          result[(i - uniforms.firstRow) * uniforms.width + uniforms.firstColumn + j] = sums[r][c];
        }
      }
    }
  }`,
};
