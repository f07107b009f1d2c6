import type { Program } from '../../compute/webgpu/session.ts';

/**
 * Half an epoch: every joined pair that is due pulls its two ends together once, and the ends take turns to be the head,
 * which is pushed from five random points; so a pair is due as often, and pulls and pushes as much, as in ../wasm. Thread i
 * moves point i alone, in steps one after another against where the others stood before this half, so that no two threads
 * write to one place. Numbers come from a hash of seed, half and point: equal runs on one device give equal bytes.
 *
 * A rate is the share of epochs in which a pair is due, in 65,536ths; where it stands in its turn at first is a hash of
 * the pair, the same from both ends. positions: [points] of (x, y); offsets: [points + 1];
 * edges: [edges] of (tail, rate), those of point i from offsets[i] to offsets[i + 1]; result: positions after
 */
export const STEP: Program = {
  name: 'umap step',
  inputs: { positions: 2, offsets: 1, edges: 2 },
  output: 2,
  uniforms: ['points', 'half', 'halves', 'seed'],
  code: `
  const A = 1.5769434;
  const B = 0.8950609;
  const NEGATIVES = 5;
  const CLIP = vec2<f32>(4.0);

  fn hash(value : u32) -> u32 {
    let state = value * 747796405u + 2891336453u;
    let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
  }

  fn pull(apart : vec2<f32>) -> vec2<f32> {
    let square = max(dot(apart, apart), 1e-30);
    let similar = pow(square, B);
    return clamp(-2.0 * A * B * similar / (square * (1.0 + A * similar)) * apart, -CLIP, CLIP);
  }

  fn push(apart : vec2<f32>) -> vec2<f32> {
    let square = dot(apart, apart);
    let similar = pow(max(square, 1e-30), B);
    return clamp(2.0 * B / ((0.001 + square) * (1.0 + A * similar)) * apart, -CLIP, CLIP);
  }

  fn main(index : i32) {
    if (index >= uniforms.points) { return; }
    let own = u32(index);
    let half = u32(uniforms.half);
    let alpha = 1.0 - f32(uniforms.half) / f32(uniforms.halves);
    var random = hash(hash(hash(u32(uniforms.seed)) ^ own) + half);
    var place = positions[index];
    let end = i32(offsets[index + 1]);
    for (var e = i32(offsets[index]); e < end; e++) {
      let edge = edges[e];
      let tail = u32(edge.x);
      let rate = u32(edge.y);
      let owed = half * rate + (hash(hash(min(own, tail)) + max(own, tail)) & 65535u);
      let turn = (owed + rate) >> 16u;
      if (turn == owed >> 16u) { continue; }
      place += alpha * pull(place - positions[tail]);
      if (((turn & 1u) == 1u) != (own < tail)) { continue; }
      for (var n = 0; n < NEGATIVES; n++) {
        random = hash(random);
        let other = random % u32(uniforms.points);
        if (other != own) { place += alpha * push(place - positions[other]); }
      }
    }
    result[index] = place;
  }`,
};
