import { ADAPTER_METHODS, type AdapterProvenance } from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { ModelProvenance } from '../../core/report.ts';
import { fromNpy } from './from-npy.ts';
import { fromParquet } from './from-parquet.ts';
import { readRowIndex, type RowKey } from './from-rows.ts';
import { fromSafetensors, isSafetensors, type Tensor } from './from-safetensors.ts';
import { isObject } from './records.ts';
import { sha256 } from './sha256.ts';
import { splitPath, type NamedBytes } from './sheet.ts';

/** Vectors made elsewhere, before they are fitted to a corpus. */
export interface GivenVectors {
  /** Name of the file. */
  name: string;
  /** Hexadecimal SHA-256 by file that numbers were read from. */
  files: Record<string, string>;
  /** The last layer. [rows, d], or [facts, languages, d] */
  vectors: Tensor;
  /** All layers, first to last, each of the shape of `vectors`; none where the file holds one. */
  layers: Tensor[];
  /** What each row belongs to; null where their order says it. */
  rows: RowKey[] | null;
  /** What made them, where an Isogloss export says so. */
  model: ModelProvenance | null;
  /** What mapped them after that, where it says so. */
  adapter: AdapterProvenance | null;
}

/** Bytes of the file of this name in the same folder, or null. */
export type Beside = (base: string) => Uint8Array | null;

export type VectorsFormat = 'npy' | 'safetensors' | 'parquet';

/** Which format of vectors the bytes begin like, or null. */
export function vectorsFormat(bytes: Uint8Array): VectorsFormat | null {
  const start = String.fromCharCode(...bytes.subarray(0, 6));
  if (start === '\x93NUMPY') return 'npy';
  if (start.startsWith('PAR1') && bytes.subarray(0, 64).includes(0)) return 'parquet';
  return isSafetensors(bytes) ? 'safetensors' : null;
}

/**
 * Reads vectors: NumPy, safetensors or Parquet; one array of [rows, d], [facts, languages, d] or [facts, languages,
 * layers, d], or one of the first two for each layer. `rows.csv` beside the file names its rows; beside an export's
 * embeddings.npy, manifest.json names the encoder, and layers.npy [layers, rows, d] has its layers.
 *
 * @throws AnalyzerError `format/damaged`, `format/unknown`, `format/too-large`, or `embeddings/mismatch` when the arrays
 * do not belong together
 */
export async function readVectors(file: NamedBytes, beside: Beside): Promise<GivenVectors> {
  const { name, bytes } = file;
  const { tensors, rows: own } = await tensorsOf(file);
  const index = beside('rows.csv');
  const rows =
    own ?? (index === null ? null : readRowIndex(new TextDecoder().decode(index), 'rows.csv'));
  const layers = tensors.length > 1 ? tensors : layersOf(tensors[0], rows !== null);
  const given = {
    name,
    files: { [name]: await sha256(bytes) },
    vectors: layers[layers.length - 1],
    layers: layers.length > 1 ? layers : [],
    rows,
    model: null,
    adapter: null,
  };
  assertAlike(given);
  return splitPath(name).base === 'embeddings.npy' ? withExport(given, beside) : given;
}

async function tensorsOf({
  name,
  bytes,
}: NamedBytes): Promise<{ tensors: Tensor[]; rows: RowKey[] | null }> {
  const format = vectorsFormat(bytes);
  if (format === 'npy') return { tensors: [tensorOfNpy(bytes, name)], rows: null };
  if (format === 'parquet') {
    const { shape, data, rows } = await fromParquet(bytes, name);
    return { tensors: [{ name: 'vectors', shape, data }], rows };
  }
  if (format === 'safetensors') {
    const tensors = fromSafetensors(bytes, name);
    if (tensors.length > 0) return { tensors, rows: null };
  }
  const pickled = bytes[0] === 0x80 || /\.(pkl|pickle|pt|pth|ckpt|joblib)$/i.test(name);
  throw new AnalyzerError(
    'format/unknown',
    pickled
      ? `${name} is pickled Python, which is never loaded.`
      : `${name} holds no vectors: it is no NumPy (.npy), safetensors or Parquet file.`,
    { hint: 'Save the vectors with numpy.save, or as safetensors or Parquet.' },
  );
}

function tensorOfNpy(bytes: Uint8Array, name: string): Tensor {
  const { shape, data } = fromNpy(bytes, name);
  return {
    name: 'vectors',
    shape,
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  };
}

/** Layers of one array: rows that have names stand in the second dimension behind layers, others have no layers. */
function layersOf(tensor: Tensor, named: boolean): Tensor[] {
  if (tensor.shape.length === 4) return layersOfCube(tensor);
  if (tensor.shape.length !== 3 || !named) return [tensor];
  const [count, ...shape] = tensor.shape;
  const size = shape[0] * shape[1];
  return Array.from({ length: count }, (_, k) => ({
    name: `layer_${k}`,
    shape,
    data: tensor.data.subarray(k * size, (k + 1) * size),
  }));
}

/** [facts, languages, layers, d], as FaMSS keeps the hidden states of a language model. */
function layersOfCube({ shape, data }: Tensor): Tensor[] {
  const [facts, languages, count, d] = shape;
  return Array.from({ length: count }, (_, k) => {
    const layer = new Float32Array(facts * languages * d);
    for (let r = 0; r < facts * languages; r++) {
      const start = (r * count + k) * d;
      layer.set(data.subarray(start, start + d), r * d);
    }
    return { name: `layer_${k}`, shape: [facts, languages, d], data: layer };
  });
}

function assertAlike({ name, vectors, layers, rows }: GivenVectors): void {
  const { shape } = vectors;
  if (shape.length < 2 || shape.length > 3 || shape[shape.length - 1] === 0) {
    throw mismatch(
      `${name} has the shape [${shape.join(', ')}]; [rows, d] is needed.`,
      'Give one vector per text, or [facts, languages, d], or [facts, languages, layers, d].',
    );
  }
  const other = layers.find((layer) => layer.shape.join() !== shape.join());
  if (other !== undefined) {
    throw mismatch(
      `${name} holds "${other.name}" of shape [${other.shape.join(', ')}] and "${vectors.name}" of shape [${shape.join(', ')}].`,
      'Give every layer the same shape, and keep other tensors out of the file.',
    );
  }
  if (rows !== null && (shape.length !== 2 || rows.length !== shape[0])) {
    throw mismatch(
      `rows.csv names ${rows.length} rows but the vectors are [${shape.join(', ')}].`,
      'Write both anew.',
    );
  }
}

/** What an Isogloss export says of its embeddings.npy. */
function withExport(given: GivenVectors, beside: Beside): GivenVectors {
  const manifest = manifestOf(beside('manifest.json'));
  if (manifest === null) return given;
  const bytes = beside('layers.npy');
  if (bytes === null) return { ...given, model: manifest.model, adapter: manifest.adapter };
  const layers = layersOf(tensorOfNpy(bytes, 'layers.npy'), true).map((layer, k) => ({
    ...layer,
    name: manifest.layers[k] ?? layer.name,
  }));
  assertAlike({ ...given, name: 'layers.npy', layers });
  return { ...given, layers, model: manifest.model, adapter: manifest.adapter };
}

interface Manifest {
  model: ModelProvenance;
  adapter: AdapterProvenance | null;
  layers: string[];
}

/** The parts of a manifest that are carried on; null where it is none of ours. */
function manifestOf(bytes: Uint8Array | null): Manifest | null {
  if (bytes === null) return null;
  const manifest = parsed(new TextDecoder().decode(bytes));
  if (!isObject(manifest) || typeof manifest.isogloss !== 'string') return null;
  const { model, adapter, layers } = manifest;
  if (!isModel(model)) return null;
  const names = Array.isArray(layers) ? layers.filter((name) => typeof name === 'string') : [];
  return { model, adapter: isAdapterProvenance(adapter) ? adapter : null, layers: names };
}

const WORDS = ['id', 'revision', 'licence', 'dtype', 'pooling', 'prefix', 'backend', 'device'];

function isModel(model: unknown): model is ModelProvenance {
  if (!isObject(model) || !isObject(model.files)) return false;
  return (
    [...WORDS, 'parityAgainst'].every((name) => typeof model[name] === 'string') &&
    ['dimensions', 'maxTokens'].every((name) => typeof model[name] === 'number') &&
    (model.parity === null || typeof model.parity === 'number')
  );
}

function isAdapterProvenance(value: unknown): value is AdapterProvenance {
  if (!isObject(value) || !Array.isArray(value.meansFromTexts)) return false;
  return (
    ['file', 'sha256'].every((name) => typeof value[name] === 'string') &&
    ADAPTER_METHODS.some((method) => method === value.method)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function mismatch(sentence: string, hint: string): AnalyzerError {
  return new AnalyzerError('embeddings/mismatch', sentence, { hint });
}
