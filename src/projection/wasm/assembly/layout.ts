// AssemblyScript, compiled by src/compute/wasm/build.mjs. The scheme is told in ../../descent.ts. Nothing is allocated here:
// ../sampler.ts lays out the memory and sets the addresses, which are in bytes. Only operations whose result the standard
// fixes to the bit are used, so the same input gives the same bits on every machine.
//
// A position is an x and a y of 4 bytes each; a point is named by the byte offset of its position. A force is 4 bytes: the
// point that it comes from, with PULL added where it pulls. What moves one head is a list of forces, one after another; eight
// heads with lists of about one length move side by side, each in a lane of its own.

/** The curve 1 / (1 + A d^2B) of a low-dimensional similarity, fitted for a least distance of 0.1 and a spread of 1. */
export const A: f32 = 1.5769434;
export const B: f32 = 0.8950609;

/** Random points that a head is pushed from for each edge that is its turn. */
const NEGATIVES: i32 = 5;

/** No coordinate moves farther for one force, before the learning rate. */
const CLIP: f32 = 4;

const PULL: u32 = 1;

/** Heads that move side by side. */
const ABREAST: usize = 8;

/** Lists of this many forces or more count as equally long. */
const LENGTHS: usize = 256;

/** What moves one head. */
@unmanaged
class List {
  head: u32;
  first: usize;
  bytes: u32;
  /** The next of its length, or 0. */
  next: usize;
}
const LIST: usize = 16;

/** Positions before and after the step, those of `nowhere` at their ends. [points + 1] */
export let before: usize = 0;
export let after: usize = 0;

/** Where the edges of each head begin and end, by its number. [points + 1] */
export let offsets: usize = 0;

/** [edges] */
export let tails: usize = 0;

/** Rates in the upper halves, phases in the lower. [edges + 3] */
export let turns: usize = 0;

/** Room for the forces of one call, twice: a short list is read as far as the longest beside it. */
export let forces: usize = 0;

/** Room for the lists of one call, and one that is empty. */
export let lists: usize = 0;

/** [LENGTHS] */
export let lengths: usize = 0;

/** Room for the addresses of the lists of one call and ABREAST more. */
export let order: usize = 0;

/** Four heads each: x and y, the bytes of their lists, the addresses of their first forces. [ABREAST / 4] */
export let chains: usize = 0;
const CHAIN: usize = 64;

/** A point so far away that it pushes nothing. */
export let nowhere: u32 = 0;

/** Heads are pushed from the first so many points. */
export let others: u32 = 0;

export let seed: u32 = 0;

/** Whether every edge stands in the list both ways, so that its ends take turns to be pushed. */
export let mutual: bool = true;

/** PCG's output function: one well mixed number for each. */
function hash(value: u32): u32 {
  const state = value * 747796405 + 2891336453;
  const word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737;
  return (word >> 22) ^ word;
}

/** Where a pair stands in its turn at first, in 65,536ths: the same from both ends. */
export function phase(a: u32, b: u32): u32 {
  return hash(hash(min(a, b)) + max(a, b)) & 65535;
}

/** Moves the heads from one to another by a step of the given number and learning rate. */
export function move(from: u32, to: u32, step: u32, rate: f32): void {
  memory.fill(lengths, 0, LENGTHS << 2);
  let end = forces;
  for (let head = from; head < to; head++) {
    const list = changetype<List>(lists + LIST * (head - from));
    list.head = head << 3;
    list.first = end;
    end = collect(head, step, end);
    list.bytes = <u32>(end - list.first);
    const length = lengths + (min<usize>(list.bytes >> 2, LENGTHS - 1) << 2);
    list.next = load<usize>(length);
    store<usize>(length, changetype<usize>(list));
  }
  const last = arrange(changetype<usize>(lists + LIST * (to - from)));
  for (let at = order; at < last; at += ABREAST << 2) walk(at, rate);
}

/** Writes down what moves a head in this step. Returns where the list ends. */
function collect(head: u32, step: u32, to: usize): usize {
  const own = head << 3;
  const end = load<u32>(offsets + (head << 2), 4);
  let random = hash(hash(hash(seed) ^ head) + step);
  for (let e = load<u32>(offsets + (head << 2)); e < end; e += 4) {
    const turn = v128.load(turns + (e << 2));
    const rate = i32x4.shr_u(turn, 16);
    const owed = i32x4.add(i32x4.mul(rate, i32x4.splat(step)), v128.and(turn, i32x4.splat(65535)));
    const owing = i32x4.add(owed, rate);
    const odd = i32x4.bitmask(i32x4.shl(owing, 15));
    let due = i32x4.bitmask(i32x4.ne(i32x4.shr_u(owed, 16), i32x4.shr_u(owing, 16)));
    if (end - e < 4) due &= (1 << (end - e)) - 1;
    for (; due != 0; due &= due - 1) {
      const lane = ctz(due);
      const tail = load<u32>(tails + ((e + lane) << 2));
      store<u32>(to, tail | PULL);
      to += 4;
      if (mutual && ((odd >> lane) & 1) != <i32>(own < tail)) continue;
      for (let n = 0; n < NEGATIVES; n++) {
        random = hash(random);
        const other = (random % others) << 3;
        store<u32>(to, other);
        to += (<usize>(other != own)) << 2;
      }
    }
  }
  return to;
}

/** The lists by length, longest first, and empty ones up to a multiple of ABREAST. Returns where they end. */
function arrange(empty: usize): usize {
  let to = order;
  for (let length = lengths + (LENGTHS << 2); length > lengths;) {
    length -= 4;
    for (let list = load<usize>(length); list != 0; list = changetype<List>(list).next) {
      store<usize>(to, list);
      to += 4;
    }
  }
  changetype<List>(empty).head = nowhere;
  changetype<List>(empty).first = forces;
  changetype<List>(empty).bytes = 0;
  for (; ((to - order) & ((ABREAST << 2) - 1)) != 0; to += 4) store<usize>(to, empty);
  return to;
}

/** Moves the heads of ABREAST lists, whose addresses are given: chains of four that do not wait for each other. */
function walk(given: usize, rate: f32): void {
  const end = chains + CHAIN * (ABREAST >> 2);
  let longest: u32 = 0;
  for (let chain = chains; chain < end; chain += CHAIN) {
    for (let lane: usize = 0; lane < 16; lane += 4, given += 4) {
      const list = changetype<List>(load<usize>(given));
      store<u32>(chain + lane, load<u32>(before + list.head));
      store<u32>(chain + lane, load<u32>(before + list.head, 4), 16);
      store<u32>(chain + lane, list.bytes, 32);
      store<usize>(chain + lane, list.first, 48);
      longest = max(longest, list.bytes);
    }
  }
  for (let at: usize = 0; at < longest; at += 4)
    for (let chain = chains; chain < end; chain += CHAIN) advance(chain, at, rate);
  given -= ABREAST << 2;
  for (let chain = chains; chain < end; chain += CHAIN)
    for (let lane: usize = 0; lane < 16; lane += 4, given += 4) {
      const head = changetype<List>(load<usize>(given)).head;
      store<u32>(after + head, load<u32>(chain + lane));
      store<u32>(after + head, load<u32>(chain + lane, 16), 4);
    }
}

/** Moves the heads of a chain by the force that stands at so many bytes of each list. */
function advance(chain: usize, at: usize, rate: f32): void {
  const given = i32x4(
    load<i32>(load<usize>(chain, 48) + at),
    load<i32>(load<usize>(chain, 52) + at),
    load<i32>(load<usize>(chain, 56) + at),
    load<i32>(load<usize>(chain, 60) + at),
  );
  const isLeft = i32x4.gt_s(v128.load(chain, 32), i32x4.splat(<i32>at));
  const force = v128.bitselect(given, i32x4.splat(nowhere), isLeft);
  const from = v128.andnot(force, i32x4.splat(PULL));
  const near = pair(before, i32x4.extract_lane(from, 0), i32x4.extract_lane(from, 1));
  const far = pair(before, i32x4.extract_lane(from, 2), i32x4.extract_lane(from, 3));
  const x = v128.load(chain);
  const y = v128.load(chain, 16);
  const dx = f32x4.sub(x, v128.shuffle<f32>(near, far, 0, 2, 4, 6));
  const dy = f32x4.sub(y, v128.shuffle<f32>(near, far, 1, 3, 5, 7));
  const slope = slopes(force, dx, dy);
  const alpha = f32x4.splat(rate);
  v128.store(chain, f32x4.add(x, f32x4.mul(alpha, clip(f32x4.mul(slope, dx)))));
  v128.store(chain, f32x4.add(y, f32x4.mul(alpha, clip(f32x4.mul(slope, dy)))), 16);
}

/** What a force does along the way from its point to a head, by that way: a pull takes nearer, a push farther. */
function slopes(force: v128, dx: v128, dy: v128): v128 {
  const pulls = i32x4.neg(v128.and(force, i32x4.splat(PULL)));
  const raw = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
  const square = f32x4.max(raw, f32x4.splat(1e-30));
  const similar = power(square);
  const strength = v128.bitselect(
    f32x4.mul(f32x4.splat(-2 * A * B), similar),
    f32x4.splat(2 * B),
    pulls,
  );
  const softened = f32x4.add(square, v128.andnot(f32x4.splat(0.001), pulls));
  return f32x4.div(
    strength,
    f32x4.mul(softened, f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(A), similar))),
  );
}

/** The positions of two points. */
function pair(positions: usize, first: i32, second: i32): v128 {
  return v128.load_lane<u64>(positions + second, v128.load64_zero(positions + first), 1);
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
