const LOOPS = 2048;
const CHAINS = 8;
const MOST_GROUPS = 16_384;

/** Milliseconds after which a run is long enough for starting it not to count. */
const LONG_ENOUGH = 20;
const THREADS = 256;

/** Fused multiply-adds in eight chains of four numbers that wait for nothing but themselves. */
const CODE = `
@group(0) @binding(0) var<storage, read_write> result : array<vec4f>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id : vec3u) {
  let seed = vec4f(f32(id.x % 7u), 1.0, 2.0, 3.0);
  let factor = vec4f(0.999);
  ${Array.from({ length: CHAINS }, (_, c) => `var a${c} = seed + ${c}.0;`).join('\n  ')}
  for (var i = 0; i < ${LOOPS}; i++) {
    ${Array.from({ length: CHAINS }, (_, c) => `a${c} = fma(a${c}, factor, seed);`).join('\n    ')}
  }
  result[id.x] = ${Array.from({ length: CHAINS }, (_, c) => `a${c}`).join(' + ')};
}`;

/**
 * Single-precision operations a second that this GPU reaches when it does nothing else, in GFLOP/s: runs of twice the
 * work each time, until one is long enough.
 */
export async function measurePeak(): Promise<number> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await adapter!.requestDevice();
  const module = device.createShaderModule({ code: CODE });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const size = MOST_GROUPS * THREADS * 16;
  const buffer = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE });
  const layout = pipeline.getBindGroupLayout(0);
  const group = device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] });
  let best = 0;
  for (let groups = 16, passed = 0; groups <= MOST_GROUPS && passed < LONG_ENOUGH; groups *= 2) {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(groups);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    passed = performance.now() - start;
    best = Math.max(best, (2 * 4 * CHAINS * LOOPS * groups * THREADS) / 1e6 / passed);
  }
  device.destroy();
  return best;
}
