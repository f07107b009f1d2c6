import type { Program } from './session.ts';

/** Rows and columns of the tile of a strip that one work-group of 128 threads computes. */
export const STRIP_ROWS = 128;
export const STRIP_COLUMNS = 64;

/**
 * Writes the cosines of `height` rows of X, from firstRow, with all rows of Y, for the pairs of a batch, and once more
 * turned, so that whoever walks along a row and whoever walks along a column both read side by side with their
 * neighbours. Work-group (x, y, z): the tile at row 128 y and column 64 x of pair z.
 *
 * A thread keeps 8 x 8 sums: 16 reads of vec4 from work-group memory feed 256 multiplications, four times as many for a
 * read as 4 x 4 sums have in numbers of one row. Takes 12 KiB of the 16 that are guaranteed. Sums grow four numbers at a
 * time, so that their rounding grows with d / 4. Vectors in half precision would err by up to 2^-11 in each number, some
 * 5e-4 in a cosine and fifty times the tolerance, so there is no variant that stores them so; nor one with subgroups, for
 * what threads share here is more than one subgroup holds.
 *
 * result: [pairs, 2, height * n], rows in the first half, [height, n], and turned in the second, [n, height]
 */
export const STRIP: Program = {
  name: 'strip',
  inputs: { xs: 4, ys: 4, firsts: 1 },
  output: 1,
  uniforms: ['n', 'quads', 'firstRow', 'height'],
  code: `
  var<workgroup> xTile : array<vec4<f32>, 512>; // [4 quads][128 rows]
  var<workgroup> yTile : array<vec4<f32>, 256>; // [4 quads][64 columns]

  fn xQuad(row : i32, quad : i32) -> vec4<f32> {
    if (row >= uniforms.n || quad >= uniforms.quads) { return vec4<f32>(0.0); }
    return xs[(firsts[2 * i32(workgroupId.z)] + row) * uniforms.quads + quad];
  }

  fn yQuad(row : i32, quad : i32) -> vec4<f32> {
    if (row >= uniforms.n || quad >= uniforms.quads) { return vec4<f32>(0.0); }
    return ys[(firsts[2 * i32(workgroupId.z) + 1] + row) * uniforms.quads + quad];
  }

  struct Fetched { x : array<vec4<f32>, 4>, y : array<vec4<f32>, 2> }

  /** What this thread brings into work-group memory; asked for while the step before is still multiplied. */
  fn fetch(row : i32, column : i32, quad : i32) -> Fetched {
    let first = uniforms.firstRow + row;
    return Fetched(
      array(xQuad(first, quad), xQuad(first + 32, quad), xQuad(first + 64, quad), xQuad(first + 96, quad)),
      array(yQuad(column, quad), yQuad(column + 32, quad)),
    );
  }

  fn main(index : i32) {
    let row = i32(workgroupId.y) * 128;
    let column = i32(workgroupId.x) * 64;
    let quad = i32(localIndex) % 4;
    let line = i32(localIndex) / 4;
    let tr = i32(localIndex) / 8;
    let tc = i32(localIndex) % 8;
    ${eight((r) => `var s${r} = vec4<f32>(0.0); var t${r} = vec4<f32>(0.0);`)}
    var next = fetch(row + line, column + line, quad);
    for (var start = 0; start < uniforms.quads; start += 4) {
      workgroupBarrier();
      ${[0, 1, 2, 3].map((part) => `xTile[quad * 128 + line + ${32 * part}] = next.x[${part}];`).join('\n      ')}
      yTile[quad * 64 + line] = next.y[0];
      yTile[quad * 64 + line + 32] = next.y[1];
      workgroupBarrier();
      next = fetch(row + line, column + line, start + 4 + quad);
      for (var q = 0; q < 4; q++) {
        ${eight((c) => `let y${c} = yTile[q * 64 + tc + ${8 * c}];`)}
        ${eight(
          (r) => `let x${r} = xTile[q * 128 + tr + ${16 * r}];
        s${r} += vec4<f32>(dot(x${r}, y0), dot(x${r}, y1), dot(x${r}, y2), dot(x${r}, y3));
        t${r} += vec4<f32>(dot(x${r}, y4), dot(x${r}, y5), dot(x${r}, y6), dot(x${r}, y7));`,
        )}
      }
    }
    ${eight((r) => `put(row + tr + ${16 * r}, column + tc, s${r}, t${r});`)}
  }

  fn put(row : i32, column : i32, left : vec4<f32>, right : vec4<f32>) {
    if (row >= uniforms.height) { return; }
    let half = uniforms.height * uniforms.n;
    let start = 2 * half * i32(workgroupId.z);
    for (var c = 0; c < 8; c++) {
      let j = column + 8 * c;
      if (j >= uniforms.n) { return; }
      let cosine = select(left[c & 3], right[c & 3], c > 3);
      result[start + row * uniforms.n + j] = cosine;
      result[start + half + j * uniforms.height + row] = cosine;
    }
  }`,
};

function eight(code: (at: number) => string): string {
  return Array.from({ length: 8 }, (_, at) => code(at)).join('\n    ');
}
