import type {
  DeviceId,
  DeviceInfo,
  EmbeddingInfo,
  EncodedTexts,
  ModelFolder,
} from '../core/encoder.ts';
import { AnalyzerError, asAnalyzerError, cancelled, isCancelled } from '../core/errors.ts';
import type { EncoderApi } from '../protocol/api.ts';
import type { CallOptions, Client } from '../protocol/client.ts';
import { startEncoder } from './workers.ts';

/** What the user wants; `auto` takes a real GPU when there is one. */
export interface EncoderWish {
  model: string;
  folder?: ModelFolder;
  dtype: string;
  device: 'auto' | 'webgpu' | 'wasm';
}

interface Loaded {
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
  #key = '';
  #loading: Promise<Loaded> | null = null;
  #devices: DeviceInfo[] | null = null;

  async probe(): Promise<DeviceInfo[]> {
    if (this.#devices === null) {
      this.#client ??= startEncoder();
      this.#devices = await this.#client.probe({});
    }
    return this.#devices;
  }

  /** Loads the wished model unless it is there. A GPU that fails or disagrees gives way to the CPU, with a notice. */
  async load(wish: EncoderWish, options: CallOptions): Promise<Loaded> {
    const key = `${wish.model} ${wish.dtype} ${wish.device} ${Object.keys(wish.folder ?? {}).length}`;
    if (this.#key === key && this.#loading !== null)
      return orStopped(this.#loading, options.signal);
    this.#key = key;
    const loading = this.#attempt(wish, options);
    this.#loading = loading;
    // A failed or stopped attempt must not be answered to the next call.
    loading.catch(() => {
      if (this.#loading === loading) this.restart();
    });
    return loading;
  }

  embed(texts: string[], options: CallOptions): Promise<EncodedTexts> {
    if (this.#client === null) throw new AnalyzerError('internal', 'No encoder is loaded.');
    return this.#client.embed({ texts }, options);
  }

  /** Throws the worker away. */
  restart(): void {
    this.#client?.dispose();
    this.#client = null;
    this.#loading = null;
    this.#key = '';
  }

  async #attempt(wish: EncoderWish, options: CallOptions): Promise<Loaded> {
    const devices = await this.probe();
    const { device, notices } = chooseDevice(devices, wish.device);
    try {
      return { info: await this.#startOn(device, wish, options), notices };
    } catch (thrown) {
      if (device !== 'webgpu' || isCancelled(thrown) || !isDeviceFault(thrown)) throw thrown;
      const why = `${asAnalyzerError(thrown).message} The CPU is used instead.`;
      return { info: await this.#startOn('wasm', wish, options), notices: [...notices, why] };
    }
  }

  #startOn(
    device: DeviceId,
    { model, folder, dtype }: EncoderWish,
    options: CallOptions,
  ): Promise<EmbeddingInfo> {
    this.#client?.dispose();
    this.#client = startEncoder();
    return this.#client.load(
      { model, dtype, device, ...(folder === undefined ? {} : { folder }) },
      options,
    );
  }
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
