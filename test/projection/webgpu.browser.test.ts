import { afterEach, describe, expect, test, vi } from 'vitest';
import { judgePicture } from '../../src/analysis/judge-picture.ts';
import { productsOf } from '../../src/compute/kernels.ts';
import { probeGpu } from '../../src/compute/probe.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { descend, type Descent } from '../../src/projection/descent.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { layoutUmap, type LayoutRequest } from '../../src/projection/umap.ts';
import { descendOnGpu } from '../../src/projection/webgpu/descend.ts';
import { gpuRequired } from '../compute/gpu-required.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';

const available = await gpuRequired();
const { description } = await probeGpu();
const kernels = createReference();

/** Five clouds that touch. */
const vectors = rowsOf(
  gaussians(seededRandom(4), 400, 8).map((values, i) =>
    values.map((value, k) => 0.5 * value + (k === i % 5 ? 1 : 0)),
  ),
);

async function requestOf(rows: Matrix, k = 15): Promise<LayoutRequest> {
  const neighbors = await kernels.nearest(rows, k);
  const start = await principalComponents(rows, productsOf(kernels));
  return { neighbors, start, seed: 1, device: 'webgpu' };
}

/** Points on a line, each joined to the next for certain. */
function chain(points: number, epochs = 50): Descent {
  const firsts = Array.from({ length: points - 1 }, (_, i) => i);
  const pairs = firsts.flatMap((i) => [
    [i, i + 1],
    [i + 1, i],
  ]);
  pairs.sort(([a], [b]) => a - b);
  return {
    start: Float32Array.from({ length: 2 * points }, (_, i) => i),
    edges: {
      heads: Int32Array.from(pairs, ([head]) => head),
      tails: Int32Array.from(pairs, ([, tail]) => tail),
      shares: new Float32Array(pairs.length).fill(1),
    },
    seed: 1,
    epochs,
  };
}

const alone = { pause: () => undefined, show: () => undefined };

/** The devices that are opened from here on. */
function openedDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  const { requestDevice } = GPUAdapter.prototype;
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (
    this: GPUAdapter,
    ...descriptor
  ) {
    const device = await requestDevice.apply(this, descriptor);
    devices.push(device);
    return device;
  });
  return devices;
}

afterEach(() => void vi.restoreAllMocks());

describe.runIf(available)('the layout on WebGPU', () => {
  test('keeps what the CPU keeps of the neighbours of the same graph', async () => {
    const request = await requestOf(vectors);
    const judge = async (device: 'webgpu' | 'wasm', seed: number): Promise<number> => {
      const { picture } = await layoutUmap({ ...request, device, seed }, unwatched);
      const trial = { vectors, picture, k: 10, wide: 15, seed: 1 };
      return (await judgePicture(trial, kernels, unwatched)).trustworthiness;
    };
    const mean = async (device: 'webgpu' | 'wasm'): Promise<number> =>
      ((await judge(device, 1)) + (await judge(device, 2)) + (await judge(device, 3))) / 3;
    const [own, cpu] = [await mean('webgpu'), await mean('wasm')];
    expect(own).toBeGreaterThan(0.8);
    expect(Math.abs(own - cpu)).toBeLessThan(0.01);
  });

  test('takes the steps that the CPU takes: after ten epochs every point lies where it lies there', async () => {
    const { edges, start } = chain(300);
    const shares = edges.heads.map((head, e) => head + edges.tails[e]);
    const descent: Descent = {
      start: start.map((_, i) => 20 * Math.sin(i * i)),
      edges: { ...edges, shares: Float32Array.from(shares, (sum) => 0.1 + (sum % 8) / 9) },
      seed: 7,
      epochs: 10,
    };
    const { positions } = await descendOnGpu(descent, alone);
    const own = await descend(descent, alone);
    const far = positions.map((value, i) => Math.abs(value - own[i])).sort();
    expect(far[300]).toBeLessThan(1e-3);
    expect(far.at(-1)).toBeLessThan(0.05);
  });

  test('gives the same bytes for the same seed, however many epochs go out at once', async () => {
    const request = await requestOf(vectors);
    const first = await layoutUmap(request, unwatched);
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 40));
    expect(await layoutUmap(request, unwatched)).toEqual(first);
    const other = await layoutUmap({ ...request, seed: 2 }, unwatched);
    expect(other.picture.data).not.toEqual(first.picture.data);
  });

  test('says how it was made', async () => {
    const { settings, notices } = await layoutUmap(
      { ...(await requestOf(vectors)), epochs: 5 },
      unwatched,
    );
    expect(settings).toMatchObject({
      engine: `isogloss-umap 1 (WebGPU, ${description})`,
      epochs: 5,
    });
    expect(notices).toEqual([]);
  });

  test('pulls and pushes as much as the CPU: neighbours come to lie as far apart', async () => {
    const request = await requestOf(vectors);
    const { indices, k } = request.neighbors;
    const length = async (device: 'webgpu' | 'wasm'): Promise<number> => {
      const { data } = (await layoutUmap({ ...request, device }, unwatched)).picture;
      const lengths = Float32Array.from(indices, (j, e) => {
        const i = Math.floor(e / k);
        return Math.hypot(data[2 * i] - data[2 * j], data[2 * i + 1] - data[2 * j + 1]);
      });
      return lengths.sort()[lengths.length / 2];
    };
    const ratio = (await length('webgpu')) / (await length('wasm'));
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  test.each([1, 2, 3, 129])('lays out %i points in a chain', async (points) => {
    const { positions } = await descendOnGpu(chain(points), alone);
    expect(positions).toHaveLength(2 * points);
    expect(positions.every(Number.isFinite)).toBe(true);
  });

  test('leaves alone what nothing joins', async () => {
    const descent = { ...chain(1), start: Float32Array.of(1, 2, 3, 4) };
    expect([...(await descendOnGpu(descent, alone)).positions]).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ['many duplicates', rowsOf(Array.from({ length: 60 }, (_, i) => [1 + (i % 3), 1, i % 3]))],
    ['all rows equal', rowsOf(Array.from({ length: 60 }, () => [1, 2, 3]))],
  ])('gives finite and distinct points for %s', async (_, rows) => {
    const start = matrixOf(Array.from({ length: 60 }, () => [0, 0]));
    const neighbors = await kernels.nearest(rows, 10);
    const { picture, notices } = await layoutUmap(
      { neighbors, start, seed: 1, device: 'webgpu' },
      unwatched,
    );
    expect(notices).toEqual([]);
    expect(picture.data.every(Number.isFinite)).toBe(true);
    const places = Array.from({ length: 60 }, (_, i) => picture.data.slice(2 * i, 2 * i + 2));
    expect(new Set(places.map(String)).size).toBe(60);
  });

  test('draws groups that no edge joins apart, but not far apart', async () => {
    const groups = rowsOf(
      gaussians(seededRandom(1), 90, 4).map((values, i) =>
        [...values.map((value) => 0.1 * value), 0, 0, 0].map(
          (value, k) => value + (k === 4 + (i % 3) ? 1 : 0),
        ),
      ),
    );
    const { picture, notices } = await layoutUmap(await requestOf(groups, 8), unwatched);
    expect(notices).toEqual([]);
    const trial = { vectors: groups, picture, k: 8, wide: 8, seed: 1 };
    expect((await judgePicture(trial, kernels, unwatched)).trustworthiness).toBeGreaterThan(0.9);
    expect(Math.max(...picture.data) - Math.min(...picture.data)).toBeLessThan(60);
  });

  test('reads back once for each picture, and submits once for many epochs', async () => {
    const submissions = vi.spyOn(GPUQueue.prototype, 'submit');
    const readings = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const { context, reports } = watched();
    const epochs = 300;
    await layoutUmap({ ...(await requestOf(vectors)), epochs }, context);
    expect(readings.mock.calls.length).toBe(reports.length);
    expect(reports.length).toBeLessThan(epochs / 10);
    expect(submissions.mock.calls.length).toBeLessThan(epochs / 5);
    expect(reports.at(-1)).toMatchObject({ done: epochs, total: epochs });
  });

  test('stops at the first picture after it is told to, and gives the device back', async () => {
    const devices = openedDevices();
    const { context, reports } = watched(() => true);
    await expect(layoutUmap(await requestOf(vectors), context)).rejects.toMatchObject({
      code: 'call/cancelled',
    });
    expect(reports).toHaveLength(1);
    expect(devices).toHaveLength(1);
    expect((await devices[0].lost).reason).toBe('destroyed');
  });

  test('a device that is lost on the way leaves the map to the CPU, with a notice', async () => {
    const devices = openedDevices();
    const { context, reports } = watched(() => {
      devices[0].destroy();
      return false;
    });
    const request = await requestOf(vectors);
    const { picture, settings, notices } = await layoutUmap(request, context);
    expect(settings.engine).toBe('isogloss-umap 1');
    expect(notices).toEqual([
      expect.stringMatching(
        /^The GPU stopped responding while laying out the map: .*; the CPU laid the map out instead\.$/,
      ),
    ]);
    expect(picture).toEqual((await layoutUmap({ ...request, device: 'wasm' }, unwatched)).picture);
    expect(reports.at(-1)).toMatchObject({ partial: picture });
  });

  test('a GPU that gives no numbers leaves the map to the CPU', async () => {
    const start = Float32Array.of(NaN, 0, 1, 1);
    await expect(descendOnGpu({ ...chain(2), start }, alone)).rejects.toMatchObject({
      code: 'gpu/disagrees',
    });
  });
});

test('without an adapter the CPU lays the map out and says why', async () => {
  vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
  const { settings, notices } = await layoutUmap(await requestOf(vectors), unwatched);
  expect(settings.engine).toBe('isogloss-umap 1');
  expect(notices).toEqual([
    'This browser offers no WebGPU adapter; the CPU laid the map out instead.',
  ]);
});
