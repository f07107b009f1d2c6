import { AutoModel, AutoTokenizer, env, LogLevel, Tensor } from '@huggingface/transformers';
import type { DeviceId, ModelFolder } from '../core/encoder.ts';

/** The one door to transformers.js. */

/** Of the libraries that cut texts and run models; others may give other vectors. */
export const RUNTIME_VERSION = JSON.stringify([env.version, env.backends.onnx.versions]);

export interface Tokenized {
  /** Token ids with special tokens. */
  ids: number[];
}

export interface LoadedModel {
  /** Token ids of each text, special tokens included, not cut. */
  tokenize(texts: string[]): number[][];
  /** Token ids of one text, cut to `maxTokens` the way the tokenizer cuts (special tokens stay). */
  tokenizeCut(text: string, maxTokens: number): number[];
  unknownId: number | undefined;
  padId: number;
  /** Tokens the tokenizer's files say the model reads; undefined where they do not say. */
  maxTokens: number | undefined;
  config: Record<string, unknown>;
  inputNames: string[];
  outputNames: string[];
  /** ids and mask: [batch, length], row-major. Answers the named outputs, in their order. */
  run(batch: TokenBatch, outputs: string[]): Promise<ModelOutput[]>;
  dispose(): Promise<void>;
}

/** An output of the graph, row-major. */
export interface ModelOutput {
  data: Float32Array;
  dims: readonly number[];
}

export interface TokenBatch {
  ids: BigInt64Array;
  mask: BigInt64Array;
  rows: number;
  length: number;
}

/** Addresses of ONNX Runtime's own files, served with the page; absent in Node. */
export interface RuntimeFiles {
  wasm: string;
  mjs: string;
  threads: number;
}

const PREFIX = 'isogloss:/';

/**
 * Builds tokenizer and session from files that are already here: transformers.js is given a cache that holds exactly
 * these files and a fetch that reaches nothing, so nothing can load that was not hashed before.
 */
export async function loadTransformers(request: {
  files: ModelFolder;
  device: DeviceId;
  dtype: string;
  graph: string;
  runtime: RuntimeFiles | undefined;
}): Promise<LoadedModel> {
  const { files, device, dtype, graph, runtime } = request;
  configure(files, runtime);
  const tokenizer = await AutoTokenizer.from_pretrained('model');
  const parts = Object.keys(files).filter((path) => path.startsWith(`${graph}_data`)).length;
  const model = await AutoModel.from_pretrained('model', {
    device: device === 'native' ? 'cpu' : device,
    dtype: dtype as 'fp32',
    use_external_data_format: parts,
  });
  const session = (
    model.sessions as Record<string, { inputNames: string[]; outputNames: string[] }>
  ).model;
  const limit = Number(tokenizer.model_max_length);
  const encode = (text: string, options: object): number[] =>
    (tokenizer(text, { ...options, return_tensor: false }) as { input_ids: number[] }).input_ids;
  return {
    tokenize: (texts) => texts.map((text) => encode(text, {})),
    tokenizeCut: (text, maxTokens) => encode(text, { truncation: true, max_length: maxTokens }),
    unknownId: tokenizer.unk_token_id ?? undefined,
    padId: tokenizer.pad_token_id ?? 0,
    maxTokens: Number.isFinite(limit) && limit < 1e6 ? limit : undefined,
    config: model.config as unknown as Record<string, unknown>,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (batch, outputs) => {
      const answer = (await model(inputsOf(batch, session.inputNames))) as Record<string, Tensor>;
      const read: ModelOutput[] = [];
      for (const output of outputs) {
        const { data, dims } = await onCpu(answer[output]);
        read.push({ data: data as Float32Array, dims });
      }
      for (const tensor of Object.values(answer)) tensor.dispose();
      return read;
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

function configure(files: ModelFolder, runtime: RuntimeFiles | undefined): void {
  env.logLevel = LogLevel.ERROR;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = PREFIX;
  env.useFS = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.fetch = () => Promise.resolve(new Response(null, { status: 404 }));
  env.customCache = {
    match: (url: string) => {
      // The same file is asked for by local path and by hub address; both end in its path.
      const path = Object.keys(files).find((candidate) => url.endsWith(`/${candidate}`));
      const bytes = path === undefined ? undefined : files[path];
      return Promise.resolve(
        bytes === undefined ? undefined : new Response(bytes as Uint8Array<ArrayBuffer>),
      );
    },
    put: () => Promise.resolve(),
  };
  const wasm = env.backends.onnx.wasm;
  if (runtime !== undefined && wasm !== undefined) {
    wasm.wasmPaths = { wasm: runtime.wasm, mjs: runtime.mjs };
    wasm.numThreads = runtime.threads;
  }
}

function inputsOf(
  { ids, mask, rows, length }: TokenBatch,
  names: string[],
): Record<string, Tensor> {
  const tensor = (data: BigInt64Array): Tensor => new Tensor('int64', data, [rows, length]);
  const inputs: Record<string, Tensor> = { input_ids: tensor(ids), attention_mask: tensor(mask) };
  if (names.includes('token_type_ids'))
    inputs.token_type_ids = tensor(new BigInt64Array(ids.length));
  return inputs;
}

async function onCpu(tensor: Tensor): Promise<Tensor> {
  if (tensor.location !== 'cpu') await tensor.ort_tensor.getData(true);
  return tensor.type === 'float32' ? tensor : tensor.to('float32');
}
