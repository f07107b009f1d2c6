// AssemblyScript, compiled by src/compute/wasm/build.mjs. Nothing is allocated here: ../sampler.ts lays out the memory and
// passes byte addresses. Only operations whose result the standard fixes to the bit are used, so the same input gives the
// same bits on every machine.
//
// A position is an x and a y of 4 bytes each; a point is named by the byte offset of its position. Four edges are at work
// at a time, one in each lane.

/** The curve 1 / (1 + A d^2B) of a low-dimensional similarity, fitted for a least distance of 0.1 and a spread of 1. */
export const A: f32 = 1.5769434;
export const B: f32 = 0.8950609;

/** Random points that a head is pushed from for each edge that pulls it. */
const NEGATIVES: i32 = 5;

/** No coordinate moves farther for one edge, before the learning rate. */
const CLIP: f32 = 4;

/**
 * Writes the numbers of the edges that are due in this epoch, in order, and fills up to a multiple of four with the
 * number `edges`. The phase of an edge is the fraction of a sample that it is owed, in 65,536ths; its rate, the fraction
 * that it is owed more each epoch. A rate and a phase of 0 fill up to a multiple of eight.
 */
export function collect(rates: usize, phases: usize, edges: i32, due: usize): i32 {
  let to = due;
  for (let e = 0; e < edges; e += 8) {
    const offset = (<usize>e) << 1;
    const rate = v128.load(rates + offset);
    const phase = i16x8.add(v128.load(phases + offset), rate);
    v128.store(phases + offset, phase);
    for (
      let wrapped = i16x8.bitmask(i16x8.lt_u(phase, rate));
      wrapped != 0;
      wrapped &= wrapped - 1
    ) {
      store<i32>(to, e + ctz(wrapped));
      to += 4;
    }
  }
  for (; ((to - due) & 15) != 0; to += 4) store<i32>(to, edges);
  return <i32>((to - due) >> 2);
}

/**
 * Moves the points of the due edges with the numbers `from` to `to`, and of those 1, 2 and 3 times `quarter` further on:
 * head and tail towards each other, the head away from random ones of the first `points` points. Where `fixed`, only the
 * heads move.
 *
 * @param edge heads [edges], then tails [edges]
 * @param random four states of a generator, none of them 0
 */
export function move(
  due: usize,
  from: i32,
  to: i32,
  quarter: i32,
  edge: usize,
  tailsAt: usize,
  positions: usize,
  points: i32,
  rate: f32,
  fixed: bool,
  random: usize,
): void {
  const alpha = f32x4.splat(rate);
  const scale = f32x4.splat(<f32>points / 16777216);
  const last = i32x4.splat(points - 1);
  const lane = (<usize>quarter) << 2;
  let state = v128.load(random);
  for (let i = from; i < to; i++) {
    const at = due + ((<usize>i) << 2);
    const e0 = edge + (load<u32>(at) << 2);
    const e1 = edge + (load<u32>(at + lane) << 2);
    const e2 = edge + (load<u32>(at + 2 * lane) << 2);
    const e3 = edge + (load<u32>(at + 3 * lane) << 2);
    const heads = i32x4(load<i32>(e0), load<i32>(e1), load<i32>(e2), load<i32>(e3));
    const tails = i32x4(
      load<i32>(e0 + tailsAt),
      load<i32>(e1 + tailsAt),
      load<i32>(e2 + tailsAt),
      load<i32>(e3 + tailsAt),
    );
    const near = pair(positions, i32x4.extract_lane(heads, 0), i32x4.extract_lane(heads, 1));
    const far = pair(positions, i32x4.extract_lane(heads, 2), i32x4.extract_lane(heads, 3));
    const x0 = v128.shuffle<f32>(near, far, 0, 2, 4, 6);
    const y0 = v128.shuffle<f32>(near, far, 1, 3, 5, 7);
    const tailNear = pair(positions, i32x4.extract_lane(tails, 0), i32x4.extract_lane(tails, 1));
    const tailFar = pair(positions, i32x4.extract_lane(tails, 2), i32x4.extract_lane(tails, 3));
    let dx = f32x4.sub(x0, v128.shuffle<f32>(tailNear, tailFar, 0, 2, 4, 6));
    let dy = f32x4.sub(y0, v128.shuffle<f32>(tailNear, tailFar, 1, 3, 5, 7));
    let square = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
    square = f32x4.max(square, f32x4.splat(1e-30));
    let similar = power(square);
    const pull = f32x4.div(
      f32x4.mul(f32x4.splat(-2 * A * B), similar),
      f32x4.mul(square, f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(A), similar))),
    );
    dx = f32x4.mul(clip(f32x4.mul(pull, dx)), alpha);
    dy = f32x4.mul(clip(f32x4.mul(pull, dy)), alpha);
    if (!fixed) scatter(positions, tails, f32x4.neg(dx), f32x4.neg(dy));
    let x = f32x4.add(x0, dx);
    let y = f32x4.add(y0, dy);
    for (let n = 0; n < NEGATIVES; n++) {
      state = v128.xor(state, i32x4.shl(state, 13));
      state = v128.xor(state, i32x4.shr_u(state, 17));
      state = v128.xor(state, i32x4.shl(state, 5));
      const share = f32x4.convert_i32x4_u(i32x4.shr_u(state, 8));
      const chosen = i32x4.trunc_sat_f32x4_u(f32x4.mul(share, scale));
      const others = i32x4.shl(i32x4.min_u(chosen, last), 3);
      const otherNear = pair(
        positions,
        i32x4.extract_lane(others, 0),
        i32x4.extract_lane(others, 1),
      );
      const otherFar = pair(
        positions,
        i32x4.extract_lane(others, 2),
        i32x4.extract_lane(others, 3),
      );
      dx = f32x4.sub(x, v128.shuffle<f32>(otherNear, otherFar, 0, 2, 4, 6));
      dy = f32x4.sub(y, v128.shuffle<f32>(otherNear, otherFar, 1, 3, 5, 7));
      square = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
      similar = power(f32x4.max(square, f32x4.splat(1e-30)));
      let push = f32x4.div(
        f32x4.splat(2 * B),
        f32x4.mul(
          f32x4.add(f32x4.splat(0.001), square),
          f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(A), similar)),
        ),
      );
      push = v128.andnot(push, i32x4.eq(others, heads));
      x = f32x4.add(x, f32x4.mul(clip(f32x4.mul(push, dx)), alpha));
      y = f32x4.add(y, f32x4.mul(clip(f32x4.mul(push, dy)), alpha));
    }
    scatter(positions, heads, f32x4.sub(x, x0), f32x4.sub(y, y0));
  }
  v128.store(random, state);
}

/** The positions of two points. */
function pair(positions: usize, first: i32, second: i32): v128 {
  return v128.load_lane<u64>(positions + second, v128.load64_zero(positions + first), 1);
}

/** Adds one after another, because a point may stand in more than one lane. */
function scatter(positions: usize, points: v128, dx: v128, dy: v128): void {
  const near = v128.shuffle<f32>(dx, dy, 0, 4, 1, 5);
  const far = v128.shuffle<f32>(dx, dy, 2, 6, 3, 7);
  add(positions + i32x4.extract_lane(points, 0), near);
  add(positions + i32x4.extract_lane(points, 1), v128.shuffle<u64>(near, near, 1, 0));
  add(positions + i32x4.extract_lane(points, 2), far);
  add(positions + i32x4.extract_lane(points, 3), v128.shuffle<u64>(far, far, 1, 0));
}

function add(position: usize, step: v128): void {
  v128.store_lane<u64>(position, f32x4.add(v128.load64_zero(position), step), 0);
}

function clip(step: v128): v128 {
  return f32x4.max(f32x4.min(step, f32x4.splat(CLIP)), f32x4.splat(-CLIP));
}

/**
 * square^B to a relative 1e-4, for normal numbers of [1e-30, 1e30]: the logarithm to base 2 of a mantissa in
 * [0.71, 1.41] and the exponential of a rest in [-0.5, 0.5] are minimax polynomials.
 */
function power(square: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(square, i32x4.splat(0x3f3504f3)), 23);
  const m = f32x4.sub(i32x4.sub(square, i32x4.shl(exponent, 23)), f32x4.splat(1));
  let log = f32x4.splat(0.2526603);
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(-0.39457551));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(0.48668617));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(-0.72024179));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(1.44257796));
  log = f32x4.add(f32x4.mul(log, m), f32x4.convert_i32x4_s(exponent));
  log = f32x4.mul(log, f32x4.splat(B));
  const whole = f32x4.nearest(log);
  const rest = f32x4.sub(log, whole);
  let result = f32x4.splat(0.05517167);
  result = f32x4.add(f32x4.mul(result, rest), f32x4.splat(0.24261111));
  result = f32x4.add(f32x4.mul(result, rest), f32x4.splat(0.69326097));
  result = f32x4.add(f32x4.mul(result, rest), f32x4.splat(0.99992806));
  return i32x4.add(result, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23));
}

/** `power` of each of `count` numbers, a multiple of four, in place. For tests. */
export function powers(values: usize, count: i32): void {
  for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
    v128.store(values, power(v128.load(values)));
  }
}
