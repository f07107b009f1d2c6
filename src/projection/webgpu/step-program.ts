import type { Program } from '../../compute/webgpu/session.ts';

/**
 * Half an epoch of `Descent`, as ../wasm computes it: thread i moves point i.
 *
 * positions: [points] of (x, y); offsets: [points + 1];
 * edges: [edges] of (tail, rate in 65,536ths), those of point i from offsets[i] to offsets[i + 1]; result: positions after
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
