import { TIE_MARGIN } from '../../core/matrix.ts';
import type { Program } from './session.ts';

/** WGSL: the margin of a tie. */
export const MARGIN = TIE_MARGIN.toFixed(9);

/**
 * The matches of each pair as two thresholds, in ascending order (`Thresholds.levels`). A threshold's place is the number
 * of those before it, which n comparisons give: no barrier, any n, and a hundredth of the work of the product.
 * Work-group (x, 0, z): facts from 128 x of pair z. result: [pairs, 2n]
 */
export const LEVELS: Program = {
  name: 'levels',
  inputs: { matched: 1 },
  output: 1,
  uniforms: ['n'],
  code: `
  fn main(index : i32) {
    let i = i32(workgroupId.x * 128 + localIndex);
    let start = i32(workgroupId.z) * uniforms.n;
    if (i >= uniforms.n) { return; }
    let own = matched[start + i];
    let low = own - ${MARGIN};
    let high = own + ${MARGIN};
    var before = 0;
    var highsBelow = 0;
    var lowsBelow = 0;
    for (var u = 0; u < uniforms.n; u++) {
      let other = matched[start + u];
      before += select(0, 1, other < own || (other == own && u < i));
      highsBelow += select(0, 1, other + ${MARGIN} < low);
      lowsBelow += select(0, 1, other - ${MARGIN} <= high);
    }
    result[2 * start + before + highsBelow] = low;
    result[2 * start + before + lowsBelow] = high;
  }`,
};
