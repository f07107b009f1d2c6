import { SCAN_NEAREST } from '../../core/pair-scan.ts';
import { LINE_CELLS, LIST_CODE, listWriter } from './scan-program.ts';
import type { Program } from './session.ts';

/**
 * Cells of one side for each fact, in arrays of n: best, index, rank, reach, anchor, sum, squares, lost; then the lists,
 * cosines [n, k] and indices [n, k], each with room for k = SCAN_NEAREST.
 */
export const SIDE_CELLS = 8 + 2 * SCAN_NEAREST;

/** The same of a pair: matches, facts that reach them in either line, the tally from 1 on [2n]; then the two sides. */
export const FACT_CELLS = 4 + 2 * SIDE_CELLS;

const SLOTS = Array.from({ length: SCAN_NEAREST }, (_, s) => s);

/**
 * Joins the segments of `lines` lines from `firstLine` in the order of their steps and puts what is read back together;
 * for the columns (`side` 1), which end last, also what belongs to the fact. Work-group (x, 0, z): lines from 128 x of
 * pair z. `own` is what `SCAN` left for this side, `rows` for the rows. result: [pairs, FACT_CELLS * n]
 */
export const COLLECT: Program = {
  name: 'collect',
  inputs: { own: 1, rows: 1, matched: 1 },
  output: 1,
  uniforms: [
    'n',
    'k',
    'side',
    'lines',
    'firstLine',
    'segments',
    'width',
    'ownCells',
    'rowCells',
    'ownBits',
    'rowBits',
    'tally',
  ],
  code: `
  ${LIST_CODE}
  ${listWriter(
    (s, cosine, index) => `if (${s} < uniforms.k) {
      result[at + ${s}] = ${cosine};
      result[at + ${SCAN_NEAREST} * uniforms.n + ${s}] = ${index};
    }`,
  )}

  fn main(index : i32) {
    let line = i32(workgroupId.x * 128 + localIndex);
    if (line >= uniforms.lines) { return; }
    let i = uniforms.firstLine + line;
    let pair = i32(workgroupId.z);
    let start = pair * uniforms.ownCells;
    let facts = pair * uniforms.n * ${FACT_CELLS};
    var best = -4.0;
    var found = -1;
    var above = 0;
    var reach = 0;
    var sum = 0.0;
    var squares = 0.0;
    var lost = 0;
    for (var segment = 0; segment < uniforms.segments; segment++) {
      let at = start + (segment * uniforms.width + line) * ${LINE_CELLS};
      let candidate = bitcast<f32>(own[at]);
      if (candidate > best) {
        best = candidate;
        found = own[at + 1];
      }
      above += own[at + 2];
      reach += own[at + 3];
      sum += bitcast<f32>(own[at + 5]);
      squares += bitcast<f32>(own[at + 7]);
      lost += own[at + 8];
      ${SLOTS.map((s) => `offer(bitcast<f32>(own[at + ${9 + s}]), own[at + ${9 + SCAN_NEAREST + s}]);`).join('\n      ')}
    }
    let side = facts + uniforms.n * (4 + uniforms.side * ${SIDE_CELLS});
    let to = side + i;
    result[to] = bitcast<i32>(best);
    result[to + uniforms.n] = found;
    result[to + 2 * uniforms.n] = 1 + above;
    result[to + 3 * uniforms.n] = reach;
    result[to + 4 * uniforms.n] = own[start + line * ${LINE_CELLS} + 4];
    result[to + 5 * uniforms.n] = bitcast<i32>(sum);
    result[to + 6 * uniforms.n] = bitcast<i32>(squares);
    result[to + 7 * uniforms.n] = lost;
    writeList(side + 8 * uniforms.n + i * uniforms.k);
    if (uniforms.side == 1) { collectFact(facts, start, pair, i); }
  }

  fn collectFact(facts : i32, start : i32, pair : i32, i : i32) {
    let words = (uniforms.n + 31) / 32;
    let inColumn = start + uniforms.ownBits + i * words;
    let inRows = pair * uniforms.rowCells;
    let inRow = inRows + uniforms.rowBits + i * words;
    var either = 0;
    for (var w = 0; w < words; w++) {
      either += countOneBits(own[inColumn + w] | rows[inRow + w]);
    }
    result[facts + i] = bitcast<i32>(matched[pair * uniforms.n + i]);
    result[facts + uniforms.n + i] = either;
    let tally = inRows + uniforms.tally + 1;
    result[facts + 2 * uniforms.n + i] = rows[tally + i];
    result[facts + 3 * uniforms.n + i] = rows[tally + uniforms.n + i];
  }`,
};
