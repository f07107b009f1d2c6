import { chooseKernels } from '../../src/compute/choose-kernels.ts';
import type { StartHelpers } from '../../src/compute/wasm.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import type { Matrix } from '../../src/core/matrix.ts';
import { allPairsContest } from './contests/all-pairs.ts';
import { encodeContest, type EncodeRequest } from './contests/encode.ts';
import { approximateContest, nearestContest } from './contests/nearest.ts';
import { pairContest } from './contests/pair.ts';
import { umapContest } from './contests/umap.ts';
import { runContest, type Contest, type ContestResult, type Protocol } from './harness.ts';
import { clusteredRows } from './inputs.ts';
import { startTfjsWasm } from './rivals/tfjs-wasm.ts';

/** What contests are about. */
export type Subject = 'pair' | 'pair-as-shipped' | 'pair-large' | 'umap' | 'encode' | 'gpu';

/** How much work a run has. */
export interface Sizes {
  /** Facts of a language. */
  facts: number;
  /** Languages of all pairs, and of all pairs of the large contests. */
  languages: number;
  manyLanguages: number;
  nearest: number;
  /** Points by name. */
  approximate: Record<string, number>;
  umap: Record<string, number>;
  /** Whether real vectors are laid out too. */
  real: boolean;
  texts: number;
  dtypes: ('fp32' | 'q8')[];
  gpuPairs: number;
  gpuPoints: number;
  /** Points whose layout is weighed, and points of maps that are drawn. */
  weighed: number;
  drawn: number[];
}

export const FULL: Sizes = {
  facts: 1000,
  languages: 12,
  manyLanguages: 50,
  nearest: 10_000,
  approximate: { '30k': 30_000 },
  umap: { '2k': 2000, '10k': 10_000 },
  real: true,
  texts: 2000,
  dtypes: ['fp32', 'q8'],
  gpuPairs: 50,
  gpuPoints: 100_000,
  weighed: 50_000,
  drawn: [1000, 10_000, 50_000, 100_000],
};

/** Seconds of work, to see that everything runs: its ratios say nothing. */
export const QUICK: Sizes = {
  facts: 64,
  languages: 3,
  manyLanguages: 5,
  nearest: 200,
  approximate: { tiny: 600 },
  umap: { tiny: 150 },
  real: false,
  texts: 20,
  dtypes: ['fp32', 'q8'],
  gpuPairs: 2,
  gpuPoints: 400,
  weighed: 2000,
  drawn: [1000],
};

/** A place to hold contests: Node, or a worker of a browser. */
export interface Setting {
  sizes: Sizes;
  protocol: Protocol;
  /** Address of tfjs's wasm files, with a slash at the end. */
  tfjsFiles: string;
  /** Most threads that tfjs has here. */
  tfjsThreads: number;
  /** The threads that Isogloss computes with here, beside the first. */
  startHelpers: StartHelpers;
  /** More points to lay out, by name: real ones, where they can be had. */
  points: () => Promise<Record<string, Matrix>>;
  /** What an encoder is measured with. */
  encode: (dtype: 'fp32' | 'q8') => Promise<EncodeRequest>;
  announce: (result: ContestResult) => void;
}

/** Holds all contests of a subject, one after another; tells each result as it comes. */
export async function hold(subject: Subject, setting: Setting): Promise<void> {
  switch (subject) {
    case 'pair':
      return holdPair(setting);
    case 'pair-as-shipped':
      return holdPairAsShipped(setting);
    case 'pair-large':
      return holdPairLarge(setting);
    case 'umap':
      return holdUmap(setting);
    case 'encode':
      return holdEncode(setting);
    case 'gpu':
      return holdGpu(setting);
    default:
      subject satisfies never;
  }
}

async function held<Answer>(contest: Contest<Answer>, setting: Setting): Promise<void> {
  setting.announce(await runContest(contest, setting.protocol));
}

/** One thread against one thread. */
async function holdPair(setting: Setting): Promise<void> {
  const { facts, languages, nearest } = setting.sizes;
  await startTfjsWasm(setting.tfjsFiles, 1);
  const kernels = await createWasm();
  await held(await pairContest(kernels, { n: facts, suffix: '' }), setting);
  await held(await allPairsContest(kernels, { languages, n: facts, suffix: '' }), setting);
  await held(await nearestContest(kernels, { n: nearest, suffix: '' }), setting);
}

/** All threads that either would use. */
async function holdPairAsShipped(setting: Setting): Promise<void> {
  const { facts, languages, nearest } = setting.sizes;
  const suffix = '-as-shipped';
  await startTfjsWasm(setting.tfjsFiles, setting.tfjsThreads);
  const { kernels } = await chooseKernels('wasm', setting.startHelpers);
  await held(await pairContest(kernels, { n: facts, suffix }), setting);
  await held(await allPairsContest(kernels, { languages, n: facts, suffix }), setting);
  await held(await nearestContest(kernels, { n: nearest, suffix }), setting);
  kernels.dispose();
}

/** What takes long: many languages, and neighbours of many points. */
async function holdPairLarge(setting: Setting): Promise<void> {
  const { facts, manyLanguages, approximate } = setting.sizes;
  await startTfjsWasm(setting.tfjsFiles, 1);
  const kernels = await createWasm();
  for (const [name, n] of Object.entries(approximate))
    await held(await approximateContest(kernels, { name, n }), setting);
  const all = { languages: manyLanguages, n: facts };
  await held(await allPairsContest(kernels, { ...all, suffix: '' }), setting);
  const { kernels: shipped } = await chooseKernels('wasm', setting.startHelpers);
  await held(await allPairsContest(shipped, { ...all, suffix: '-as-shipped' }), setting);
  shipped.dispose();
}

async function holdUmap(setting: Setting): Promise<void> {
  const kernels = await createWasm();
  for (const [name, n] of Object.entries(setting.sizes.umap))
    await held(await umapContest(kernels, { name, vectors: clusteredRows(4, n) }), setting);
  const real = setting.sizes.real ? await setting.points() : {};
  for (const [name, vectors] of Object.entries(real))
    await held(await umapContest(kernels, { name, vectors }), setting);
}

async function holdEncode(setting: Setting): Promise<void> {
  for (const dtype of setting.sizes.dtypes)
    await held(await encodeContest(await setting.encode(dtype)), setting);
}

async function holdGpu(setting: Setting): Promise<void> {
  const { facts, gpuPairs, gpuPoints } = setting.sizes;
  // Loaded only here: its front door registers what no other contest needs.
  const { gpuPairContest, gpuUmapContest } = await import('./contests/gpu.ts');
  const { startTfjsWebGpu } = await import('./rivals/tfjs-webgpu.ts');
  const { createWebGpu } = await import('../../src/compute/webgpu.ts');
  const kernels = await createWebGpu();
  await startTfjsWebGpu();
  await held(await gpuPairContest(kernels, { n: facts, pairs: gpuPairs }), setting);
  await held(await gpuUmapContest(kernels, gpuPoints), setting);
}
