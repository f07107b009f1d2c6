import { createReference } from '../../src/compute/reference.ts';
import { kernelsSuite } from './kernels.suite.ts';

kernelsSuite('reference', { create: async () => createReference(), runs: 15 });
