import type { DeviceInfo } from '../core/encoder.ts';
import { AnalyzerError } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { SpeedTask } from '../core/speed.ts';
import type { EncoderWish } from './encoder-link.ts';
import { startAnalysis, startEncoder, startProjection } from './workers.ts';

/** A task on a device, in a worker of its own. */
export interface SpeedContestant {
  task: SpeedTask;
  device: DeviceInfo['id'];
  /** The device, until it is ready and says more. */
  name: string;
  /** Gets ready, and says in words what computes. */
  start(signal: AbortSignal): Promise<string>;
  /** One round; its speed in the unit of the task. */
  measure(signal: AbortSignal): Promise<number>;
  dispose(): void;
}

const POINTS = 2000;
const K = 15;

/** Seconds that a round of encoding is meant to last on the slowest device. */
const ENCODE_SECONDS = 2;
const FEWEST_TEXTS = 8;

/** Encoders that are given the same texts: as many as the slowest finishes in about two seconds. */
export function encodeContestants(
  devices: readonly DeviceInfo[],
  wish: EncoderWish,
  texts: readonly string[],
): SpeedContestant[] {
  const speeds: number[] = [];
  return devices.map(({ id, description }) => {
    const encoder = startEncoder();
    return {
      task: 'encode',
      device: id,
      name: nameOf({ id, description }),
      start: async (signal) => {
        const { charactersPerSecond } = await encoder.load({ ...wish, device: id }, { signal });
        if (charactersPerSecond > 0) speeds.push(charactersPerSecond);
        return nameOf({ id, description });
      },
      measure: async (signal) => {
        const part = textsWithin(texts, ENCODE_SECONDS * Math.min(...speeds));
        const start = performance.now();
        await encoder.embed({ texts: part, keep: false }, { signal });
        return (1000 * part.length) / (performance.now() - start);
      },
      dispose: () => encoder.dispose(),
    };
  });
}

/** The first texts with no more than so many characters together; eight at least. */
export function textsWithin(texts: readonly string[], characters: number): string[] {
  let sum = 0;
  return texts.filter((text, t) => (sum += text.length) <= characters || t < FEWEST_TEXTS);
}

export function kernelContestants(devices: readonly DeviceInfo[], seed: number): SpeedContestant[] {
  return devices.map(({ id, description }) => {
    const analysis = startAnalysis();
    const device = id === 'webgpu' ? 'webgpu' : 'wasm';
    return {
      task: 'kernels',
      device: id,
      name: nameOf({ id, description }),
      start: async (signal) => (await analysis.measure({ device, seed }, { signal })).device,
      measure: async (signal) => (await analysis.measure({ device, seed }, { signal })).speed,
      dispose: () => analysis.dispose(),
    };
  });
}

/** A device that hands its work to the CPU is no contestant: what it said is the reason. */
export function layoutContestants(devices: readonly DeviceInfo[], seed: number): SpeedContestant[] {
  const graph = ring(POINTS, K);
  return devices.map(({ id, description }) => {
    const projection = startProjection();
    const device = id === 'webgpu' ? 'webgpu' : 'wasm';
    const layOut = async (request: typeof graph, signal: AbortSignal) => {
      const { settings, notices } = await projection.layout(
        { ...request, seed, device },
        { signal },
      );
      if (notices.length > 0) throw new AnalyzerError('gpu/unavailable', notices.join(' '));
      return settings;
    };
    return {
      task: 'layout',
      device: id,
      name: nameOf({ id, description }),
      start: async (signal) => (await layOut(ring(100, K), signal)).engine,
      measure: async (signal) => {
        const start = performance.now();
        const { epochs } = await layOut(graph, signal);
        return (1000 * epochs) / (performance.now() - start);
      },
      dispose: () => projection.dispose(),
    };
  });
}

function nameOf({ id, description }: Pick<DeviceInfo, 'id' | 'description'>): string {
  return id === 'webgpu' ? `WebGPU, ${description}` : description;
}

/** Points on a circle, each with the k next to it: a layout costs the same whatever the graph shows. */
function ring(n: number, k: number): { neighbors: Neighbors; start: Matrix } {
  const indices = new Int32Array(n * k);
  const cosines = new Float32Array(n * k);
  const start = matrix(n, 2);
  for (let i = 0; i < n; i++) {
    start.data.set([Math.cos((2 * Math.PI * i) / n), Math.sin((2 * Math.PI * i) / n)], 2 * i);
    for (let s = 0; s < k; s++) {
      const steps = (1 + (s >> 1)) * (s % 2 === 0 ? 1 : -1);
      indices[i * k + s] = (i + steps + n) % n;
      cosines[i * k + s] = Math.cos((2 * Math.PI * steps) / n);
    }
  }
  return { neighbors: { rows: n, k, indices, cosines }, start };
}
