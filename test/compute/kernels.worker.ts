import { chooseKernels } from '../../src/compute/choose-kernels.ts';
import { probeGpu, type GpuProbe } from '../../src/compute/probe.ts';
import { selfCheck } from '../../src/compute/self-check.ts';

export interface Answer {
  probe: GpuProbe;
  chosen: { backend: string; notices: string[]; difference: number }[];
}

const answer: Answer = { probe: await probeGpu(), chosen: [] };
for (const wish of ['webgpu', 'wasm'] as const) {
  const { kernels, notices } = await chooseKernels(wish);
  answer.chosen.push({ backend: kernels.backend, notices, difference: await selfCheck(kernels) });
}
postMessage(answer);
