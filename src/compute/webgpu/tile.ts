/** Rows and columns of the tile of the cosine matrix that one work-group of 128 threads computes at a time. */
export const TILE_ROWS = 64;
export const TILE_COLUMNS = 64;

/** What every program with tiles reads: `rows` of X and `columns` of Y, of `quads` vec4 each. */
export const TILE_INPUTS = { xs: 4, ys: 4 } as const;
export const TILE_UNIFORMS = ['rows', 'columns', 'quads'] as const;

/** Rows of a tile that one thread computes, 8 apart. */
export const THREAD_ROWS = 8;

/**
 * WGSL. `multiplyTile(row, column)` leaves in `sums` the cosines of this thread: `sums[r][c]` belongs to row
 * row + threadRow() + 8 r of X and column column + threadColumn() + 16 c of Y, or is 0 beyond their ends. Must be called
 * by all threads alike. Uses 8 KiB of work-group memory, which leaves half of what is guaranteed to the caller; each
 * thread keeps 8 x 4 sums.
 */
export const TILE_CODE = `
  var<workgroup> xTile : array<vec4<f32>, 256>; // [4 quads][64 rows]
  var<workgroup> yTile : array<vec4<f32>, 256>; // [4 quads][64 columns]
  var<private> sums : array<vec4<f32>, 8>;

  fn threadRow() -> i32 { return i32(localIndex) / 16; }
  fn threadColumn() -> i32 { return i32(localIndex) % 16; }

  fn xQuad(row : i32, quad : i32) -> vec4<f32> {
    if (row >= uniforms.rows || quad >= uniforms.quads) { return vec4<f32>(0.0); }
    return xs[row * uniforms.quads + quad];
  }

  fn yQuad(column : i32, quad : i32) -> vec4<f32> {
    if (column >= uniforms.columns || quad >= uniforms.quads) { return vec4<f32>(0.0); }
    return ys[column * uniforms.quads + quad];
  }

  fn multiplyTile(row : i32, column : i32) {
    let quad = i32(localIndex) % 4;
    let line = i32(localIndex) / 4;
    let tr = threadRow();
    let tc = threadColumn();
    ${eachRow((r) => `var s${r} = vec4<f32>(0.0);`)}
    for (var start = 0; start < uniforms.quads; start += 4) {
      workgroupBarrier();
      xTile[quad * 64 + line] = xQuad(row + line, start + quad);
      xTile[quad * 64 + line + 32] = xQuad(row + line + 32, start + quad);
      yTile[quad * 64 + line] = yQuad(column + line, start + quad);
      yTile[quad * 64 + line + 32] = yQuad(column + line + 32, start + quad);
      workgroupBarrier();
      for (var q = 0; q < 4; q++) {
        let y0 = yTile[q * 64 + tc];
        let y1 = yTile[q * 64 + tc + 16];
        let y2 = yTile[q * 64 + tc + 32];
        let y3 = yTile[q * 64 + tc + 48];
        ${eachRow(
          (r) => `let x${r} = xTile[q * 64 + tr + ${8 * r}];
        s${r} += vec4<f32>(dot(x${r}, y0), dot(x${r}, y1), dot(x${r}, y2), dot(x${r}, y3));`,
        )}
      }
    }
    ${eachRow((r) => `sums[${r}] = s${r};`)}
  }
`;

function eachRow(code: (row: number) => string): string {
  return Array.from({ length: THREAD_ROWS }, (_, row) => code(row)).join('\n    ');
}
