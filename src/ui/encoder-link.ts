import type {
  DeviceId,
  DeviceInfo,
  EmbeddingInfo,
  EncodedRequest,
  EncodedTexts,
  EncoderChoice,
  ModelFolder,
  ReadingWish,
} from '../core/encoder.ts';
import { AnalyzerError, asAnalyzerError, cancelled, isCancelled } from '../core/errors.ts';
import { largestDifference, row, takeRows, type Matrix } from '../core/matrix.ts';
import { PARITY_LIMITS } from '../core/models.ts';
import { REFERENCE_TEXTS } from '../core/reference-texts.ts';
import type { EncoderApi } from '../protocol/api.ts';
import type { CallOptions, Client } from '../protocol/client.ts';
import { startEncoder } from './workers.ts';

/** What the user wants; `auto` takes a real GPU when there is one. */
export interface EncoderWish extends ReadingWish {
  model: string;
  folder?: ModelFolder;
  dtype: string;
  device: 'auto' | 'webgpu' | 'wasm';
}

/** A model that is ready. */
export interface LoadedEncoder {
  info: EmbeddingInfo;
  /** What departed from the wish. */
  notices: string[];
}

/**
 * The encoder worker and its model. A worker serves one model on one device and is then thrown away: ONNX Runtime does
 * not recover in a worker where a start or an inference has failed.
 */
export class EncoderLink {
  #client: Client<EncoderApi> | null = null;
  #wish: EncoderWish | null = null;
  #loading: Promise<LoadedEncoder> | null = null;
  #devices: DeviceInfo[] | null = null;

  async probe(): Promise<DeviceInfo[]> {
    if (this.#devices === null) {
      this.#client ??= startEncoder();
      this.#devices = await this.#client.probe({});
    }
    return this.#devices;
  }

  /** Loads the wished model unless it is there. A GPU that fails or disagrees gives way to the CPU, with a notice. */
  async load(wish: EncoderWish, options: CallOptions): Promise<LoadedEncoder> {
    if (this.#loading !== null && this.#wish !== null && isSame(this.#wish, wish)) {
      return orStopped(this.#loading, options.signal);
    }
    this.#wish = wish;
    const loading = this.#attempt(wish, options);
    this.#loading = loading;
    // A failed or stopped attempt must not be answered to the next call.
    loading.catch(() => {
      if (this.#loading === loading) this.restart();
    });
    return loading;
  }

  embed(texts: string[], options: CallOptions): Promise<EncodedRequest> {
    if (this.#client === null) throw new AnalyzerError('internal', 'No encoder is loaded.');
    return this.#client.embed({ texts, keep: true }, options);
  }

  /** Bytes of the vectors that this browser keeps between visits. */
  async keptBytes(): Promise<number> {
    this.#client ??= startEncoder();
    return (await this.#client.keptVectors({})).bytes;
  }

  async clearKept(): Promise<number> {
    this.#client ??= startEncoder();
    return (await this.#client.clearVectors({})).bytes;
  }

  /** Throws the worker away. */
  restart(): void {
    this.#client?.dispose();
    this.#client = null;
    this.#loading = null;
    this.#wish = null;
  }

  async #attempt(wish: EncoderWish, options: CallOptions): Promise<LoadedEncoder> {
    const devices = await this.probe();
    const { device, notices } = chooseDevice(devices, wish.device);
    try {
      const info = await this.#startOn(device, wish, options);
      const unchecked = device === 'webgpu' && info.provenance.parity === null;
      return { info: unchecked ? await this.#compareWithCpu(info, wish, options) : info, notices };
    } catch (thrown) {
      if (device !== 'webgpu' || isCancelled(thrown) || !isDeviceFault(thrown)) throw thrown;
      const why = `${asAnalyzerError(thrown).message} The CPU is used instead.`;
      return { info: await this.#startOn('wasm', wish, options), notices: [...notices, why] };
    }
  }

  #startOn(device: DeviceId, wish: EncoderWish, options: CallOptions): Promise<EmbeddingInfo> {
    this.#client?.dispose();
    this.#client = startEncoder();
    return this.#client.load(choiceOf(wish, device), options);
  }

  /** A model without stored vectors is checked on a GPU against its own run on the CPU, in a worker of its own. */
  async #compareWithCpu(
    info: EmbeddingInfo,
    wish: EncoderWish,
    options: CallOptions,
  ): Promise<EmbeddingInfo> {
    // The worker of this very load: another may take its place while this one waits.
    const gpu = this.#client!;
    const cpu = startEncoder();
    try {
      await cpu.load(choiceOf(wish, 'wasm'), options);
      const texts = [...REFERENCE_TEXTS];
      const own = inOrder(await gpu.embed({ texts, keep: false }, options));
      const reference = inOrder(await cpu.embed({ texts, keep: false }, options));
      const rows = texts.map((_, i) => row(reference, i));
      const parity = largestDifference(own, rows);
      assertParity(parity, PARITY_LIMITS[wish.dtype], info.provenance.device);
      const parityAgainst = 'the same model on this machine’s CPU (WebAssembly)';
      return { ...info, provenance: { ...info.provenance, parity, parityAgainst } };
    } finally {
      cpu.dispose();
    }
  }
}

function isSame(a: EncoderWish, b: EncoderWish): boolean {
  const key = ({ model, dtype, device, pooling, prefix }: EncoderWish): string =>
    JSON.stringify([model, dtype, device, pooling, prefix]);
  return key(a) === key(b) && a.folder === b.folder;
}

function assertParity(difference: number, allowed: number, device: string): void {
  if (difference <= allowed) return;
  throw new AnalyzerError(
    'model/disagrees',
    `On ${device} the encoder differs from its run on the CPU by ${difference.toPrecision(2)} (1 - cosine, allowed ${allowed}).`,
    { hint: 'Choose another device or precision; please report this one.', detail: { difference } },
  );
}

function choiceOf(wish: EncoderWish, device: DeviceId): EncoderChoice {
  return { ...wish, device };
}

/** Vectors in the order of the request. */
function inOrder({ index, vectors }: EncodedTexts): Matrix {
  const places = new Int32Array(index.length);
  index.forEach((text, r) => (places[text] = r));
  return takeRows(vectors, places);
}

/** The promise, or `call/cancelled` as soon as the signal says so: another call may be waiting for the same load. */
function orStopped<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(cancelled('Loading the model'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([promise, stopped]);
}

/** A fault that another device may not have; a missing model is missing on all of them. */
function isDeviceFault(thrown: unknown): boolean {
  return [
    'model/disagrees',
    'model/unusable',
    'numeric/not-finite',
    'worker/crashed',
    'gpu/lost',
    'internal',
  ].includes(asAnalyzerError(thrown).code);
}

function chooseDevice(
  devices: DeviceInfo[],
  wish: EncoderWish['device'],
): { device: DeviceId; notices: string[] } {
  const gpu = devices.find(({ id }) => id === 'webgpu');
  if (wish === 'wasm') return { device: 'wasm', notices: [] };
  if (gpu?.available !== true) {
    const reason = gpu?.reason ?? 'This browser offers no WebGPU.';
    return { device: 'wasm', notices: [`${reason} The CPU is used.`] };
  }
  if (wish === 'auto' && gpu.software) {
    return {
      device: 'wasm',
      notices: [`${gpu.description} is emulated by the CPU; the CPU is used directly.`],
    };
  }
  return { device: 'webgpu', notices: [] };
}
