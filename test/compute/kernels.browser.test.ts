import { describe } from 'vitest';
import { createWasm } from '../../src/compute/wasm.ts';
import { createWebGpu } from '../../src/compute/webgpu.ts';
import { gpuRequired } from './gpu-required.ts';
import { kernelsSuite } from './kernels.suite.ts';

const gpu = await gpuRequired();

kernelsSuite('wasm', { create: createWasm, runs: 10 });

describe.runIf(gpu)('on a GPU', () => kernelsSuite('webgpu', { create: createWebGpu, runs: 4 }));
