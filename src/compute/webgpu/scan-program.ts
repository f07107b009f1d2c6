import { SCAN_NEAREST } from '../../core/pair-scan.ts';
import { MARGIN } from './levels-program.ts';
import type { Program } from './session.ts';

/** Cells of what is known of one line: best, its index, above, reach, anchor, sum, its rest, squares, lost; the list. */
export const LINE_CELLS = 9 + 2 * SCAN_NEAREST;

/** Levels that a work-group keeps at hand: all of them up to n = 1,024, else every so many. */
const COARSE = 2048;

const SLOTS = Array.from({ length: SCAN_NEAREST }, (_, s) => s);
const LAST = SCAN_NEAREST - 1;

/** WGSL: `offer` puts a cosine into the list of this thread, after those that are equal; `best0`.., `found0`.. */
export const LIST_CODE = `
  ${SLOTS.map((s) => `var<private> best${s} : f32 = -4.0; var<private> found${s} : i32 = -1;`).join('\n  ')}

  fn offer(cosine : f32, j : i32) {
    if (!(cosine > best${LAST})) { return; }
    ${SLOTS.slice(1)
      .reverse()
      .map(
        (s) => `if (!(cosine > best${s - 1})) { best${s} = cosine; found${s} = j; return; }
    best${s} = best${s - 1}; found${s} = found${s - 1};`,
      )
      .join('\n    ')}
    best0 = cosine; found0 = j;
  }
`;

/** WGSL: `writeList(at)` stores the list, slot by slot; `store` gives the code. */
export function listWriter(store: (slot: number, cosine: string, index: string) => string): string {
  const slots = SLOTS.map((s) => store(s, `bitcast<i32>(best${s})`, `found${s}`));
  return `fn writeList(at : i32) {\n    ${slots.join('\n    ')}\n  }`;
}

const at = (cell: number): string => `atomicLoad(&result[at + ${cell}])`;

/**
 * What the cosines of a strip say of its lines, the rows or the columns. A thread walks along one line, or along one of
 * its segments: the cosine of line l at step s of pair z is strip[z * stripCells + base + s * pitch + l]. Work-group
 * (x, y, z): lines from 128 x, segment y of pair z. With `fresh` 0 it goes on from what the strip before left.
 *
 * Eight cosines are fetched at a time, so that their waiting overlaps; those beyond the end are not looked at.
 *
 * Sums are those of the differences from the line's first mismatched cosine, its anchor: they are exactly 0 where all
 * cosines are equal, and their rounding shrinks with the spread of the cosines. 32 differences are added plainly, their
 * sums with what rounding took away.
 *
 * `tally` is the cell of the level counts, or -1; runs of equal counts are added at once, and counts of 0 are not kept.
 *
 * result: [pairs, stateCells]: lines [segments, width, LINE_CELLS], then, from `bits`, a bit for every rival, whether it reaches the
 * match, [n, words], then the tally [2n + 1], for the rows
 */
export const SCAN: Program = {
  name: 'scan',
  inputs: { strip: 1, matched: 1, levels: 1 },
  output: 'atomic',
  uniforms: [
    'n',
    'lines',
    'firstLine',
    'steps',
    'firstStep',
    'segment',
    'fresh',
    'base',
    'pitch',
    'width',
    'stripCells',
    'stateCells',
    'bits',
    'tally',
  ],
  code: `
  var<workgroup> coarse : array<f32, ${COARSE}>;
  ${LIST_CODE}
  ${listWriter(
    (s, cosine, index) => `atomicStore(&result[at + ${s}], ${cosine});
    atomicStore(&result[at + ${SCAN_NEAREST + s}], ${index});`,
  )}

  fn stride() -> i32 { return (2 * uniforms.n + ${COARSE - 1}) / ${COARSE}; }

  /** Number of levels below a cosine. */
  fn levelsBelow(cosine : f32) -> i32 {
    if (cosine <= coarse[0]) { return 0; }
    let every = stride();
    let kept = (2 * uniforms.n + every - 1) / every;
    var low = 0;
    var high = kept;
    while (high - low > 1) {
      let middle = (low + high) / 2;
      if (coarse[middle] < cosine) { low = middle; } else { high = middle; }
    }
    if (every == 1) { return low + 1; }
    high = min(2 * uniforms.n, (low + 1) * every);
    low = low * every;
    let start = 2 * uniforms.n * i32(workgroupId.z);
    while (high - low > 1) {
      let middle = (low + high) / 2;
      if (levels[start + middle] < cosine) { low = middle; } else { high = middle; }
    }
    return low + 1;
  }

  fn count(run : i32, length : i32) {
    if (uniforms.tally < 0 || run == 0 || length == 0) { return; }
    let cell = i32(workgroupId.z) * uniforms.stateCells + uniforms.tally + run;
    atomicAdd(&result[cell], length);
  }

  fn fourFrom(cell : i32) -> vec4<f32> {
    let pitch = uniforms.pitch;
    return vec4<f32>(strip[cell], strip[cell + pitch], strip[cell + 2 * pitch], strip[cell + 3 * pitch]);
  }

  fn main(index : i32) {
    let pair = i32(workgroupId.z);
    for (var q = i32(localIndex); q < ${COARSE} && q * stride() < 2 * uniforms.n; q += 128) {
      coarse[q] = levels[2 * uniforms.n * pair + q * stride()];
    }
    workgroupBarrier();
    let line = i32(workgroupId.x * 128 + localIndex);
    if (line >= uniforms.lines) { return; }
    let i = uniforms.firstLine + line;
    let own = matched[pair * uniforms.n + i];
    let upper = own + ${MARGIN};
    let lower = own - ${MARGIN};
    let walk = pair * uniforms.stripCells + uniforms.base + line;
    let words = (uniforms.n + 31) / 32;
    let bits = pair * uniforms.stateCells + uniforms.bits + i * words + uniforms.firstStep / 32;
    let at = pair * uniforms.stateCells + (i32(workgroupId.y) * uniforms.width + line) * ${LINE_CELLS};
    var best = -4.0;
    var found = -1;
    var above = 0;
    var reach = 0;
    var anchor = 0.0;
    var sum = 0.0;
    var rest = 0.0;
    var squares = 0.0;
    var lost = 0;
    if (uniforms.fresh == 1) {
      if (uniforms.n > 1) { anchor = strip[walk + select(0, 1, i == 0) * uniforms.pitch]; }
    } else {
      best = bitcast<f32>(${at(0)});
      found = ${at(1)};
      above = ${at(2)};
      reach = ${at(3)};
      anchor = bitcast<f32>(${at(4)});
      sum = bitcast<f32>(${at(5)});
      rest = bitcast<f32>(${at(6)});
      squares = bitcast<f32>(${at(7)});
      lost = ${at(8)};
      ${SLOTS.map((s) => `best${s} = bitcast<f32>(${at(9 + s)}); found${s} = ${at(9 + SCAN_NEAREST + s)};`).join('\n      ')}
    }
    var run = 0;
    var length = 0;
    let first = i32(workgroupId.y) * uniforms.segment;
    let end = min(first + uniforms.segment, uniforms.steps);
    for (var chunk = first; chunk < end; chunk += 32) {
      var part = 0.0;
      var partSquares = 0.0;
      var word = 0u;
      for (var group = chunk; group < min(chunk + 32, end); group += 8) {
        let low = fourFrom(walk + group * uniforms.pitch);
        let high = fourFrom(walk + (group + 4) * uniforms.pitch);
        for (var e = 0; e < min(8, end - group); e++) {
          let cosine = select(low[e & 3], high[e & 3], e > 3);
          let s = group + e;
          let j = uniforms.firstStep + s;
          offer(cosine, j);
          if (j == i) { continue; }
          if (cosine > best) {
            best = cosine;
            found = j;
          }
          above += select(0, 1, cosine > upper);
          if (cosine >= lower) {
            reach += 1;
            word |= 1u << u32(s - chunk);
          }
          let difference = cosine - anchor;
          part += difference;
          partSquares += difference * difference;
          let below = levelsBelow(cosine);
          lost += below;
          if (below != run) {
            count(run, length);
            run = below;
            length = 0;
          }
          length += 1;
        }
      }
      let added = part - rest;
      let total = sum + added;
      rest = (total - sum) - added;
      sum = total;
      squares += partSquares;
      atomicStore(&result[bits + chunk / 32], bitcast<i32>(word));
    }
    count(run, length);
    atomicStore(&result[at], bitcast<i32>(best));
    atomicStore(&result[at + 1], found);
    atomicStore(&result[at + 2], above);
    atomicStore(&result[at + 3], reach);
    atomicStore(&result[at + 4], bitcast<i32>(anchor));
    atomicStore(&result[at + 5], bitcast<i32>(sum));
    atomicStore(&result[at + 6], bitcast<i32>(rest));
    atomicStore(&result[at + 7], bitcast<i32>(squares));
    atomicStore(&result[at + 8], lost);
    writeList(at + 9);
  }`,
};

/** Sets the tally of each pair to 0. Work-group (x, 0, z). result: [pairs, stateCells] */
export const CLEAR: Program = {
  name: 'clear',
  inputs: {},
  output: 'atomic',
  uniforms: ['stateCells', 'tally'],
  code: `
  fn main(index : i32) {
    let cell = uniforms.tally + i32(workgroupId.x * 128 + localIndex);
    if (cell < uniforms.stateCells) {
      atomicStore(&result[i32(workgroupId.z) * uniforms.stateCells + cell], 0);
    }
  }`,
};
