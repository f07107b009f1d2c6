import type { Program } from './session.ts';

/** Cosine of row i of X with row i of Y. Thread i computes row i. result: [rows] */
export const MATCHED: Program = {
  name: 'matched',
  inputs: { xs: 4, ys: 4 },
  output: 1,
  uniforms: ['rows', 'quads'],
  code: `
  fn main(index : i32) {
    if (index >= uniforms.rows) { return; }
    let start = index * uniforms.quads;
    var sum = 0.0;
    for (var quad = 0; quad < uniforms.quads; quad++) {
      sum += dot(xs[start + quad], ys[start + quad]);
    }
    result[index] = sum;
  }`,
};
