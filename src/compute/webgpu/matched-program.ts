import type { Program } from './session.ts';

/**
 * Cosine of row i of X with row i of Y for the pairs of a batch, summed in the order of the strip's sums. Work-group
 * (x, 0, z): facts from 128 x of pair z, whose first rows are `firsts[2 z]` and `firsts[2 z + 1]`. result: [pairs, n]
 */
export const MATCHED: Program = {
  name: 'matched',
  inputs: { xs: 4, ys: 4, firsts: 1 },
  output: 1,
  uniforms: ['n', 'quads'],
  code: `
  fn main(index : i32) {
    let i = i32(workgroupId.x * 128 + localIndex);
    let pair = i32(workgroupId.z);
    if (i >= uniforms.n) { return; }
    let x = (firsts[2 * pair] + i) * uniforms.quads;
    let y = (firsts[2 * pair + 1] + i) * uniforms.quads;
    var sum = 0.0;
    for (var quad = 0; quad < uniforms.quads; quad++) {
      sum += dot(xs[x + quad], ys[y + quad]);
    }
    result[pair * uniforms.n + i] = sum;
  }`,
};
