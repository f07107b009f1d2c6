import { AnalyzerError, cancelled } from '../core/errors.ts';
import type { EncoderChoice, ModelFolder } from '../core/encoder.ts';
import type { CallContext } from '../protocol/server.ts';
import { onnxFile, sha256, wrongHash, type ModelFiles, type ModelSource } from './model-source.ts';

/** The commit and the hashes that were seen at the first download; later loads must equal them. */
interface Pin {
  commit: string;
  hashes: Record<string, string>;
}

interface Listing {
  sha: string;
  siblings: { rfilename: string }[];
}

const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const WELCOME = ['special_tokens_map.json', '1_Pooling/config.json'];

/**
 * Downloads a hub model at one commit: `main` is resolved at the first download, and its commit and the hashes of its
 * files are pinned from then on. Files already kept are not downloaded again.
 */
export async function fetchFromHub(
  { model, dtype }: EncoderChoice,
  source: ModelSource,
  context: CallContext,
): Promise<ModelFiles> {
  const kept = await readPin(model, source);
  const pin: Pin = kept ?? { commit: '', hashes: {} };
  const graph = onnxFile(dtype);
  const paths = Object.keys(pin.hashes).filter(
    (path) => !path.startsWith('onnx/') || isGraphFile(path, graph),
  );
  const listed =
    pin.hashes[graph] === undefined
      ? await listFiles({ model, graph, pin, source, context })
      : paths;
  const files: ModelFolder = {};
  for (const path of listed) {
    const bytes = await fileOf({ model, path, commit: pin.commit, source, context });
    const hash = await sha256(bytes);
    const expected = (pin.hashes[path] ??= hash);
    if (hash !== expected) throw wrongHash(model, path, { expected, hash });
    files[path] = bytes;
  }
  await source.write(`pins/${model}`, new TextEncoder().encode(JSON.stringify(pin)));
  const hashes = Object.fromEntries(listed.map((path) => [path, pin.hashes[path]]));
  const how =
    kept === undefined
      ? 'was resolved from main now and is pinned from here on'
      : 'is pinned since its first download';
  return {
    files,
    hashes,
    revision: pin.commit,
    notices: [`${model}: commit ${pin.commit} ${how}.`],
  };
}

/** The graph itself or its weights beside it (`model.onnx_data`, `model.onnx_data_1`); nothing that leaves the folder. */
function isGraphFile(path: string, graph: string): boolean {
  return path.startsWith(graph) && /^(_data(_\d+)?)?$/.test(path.slice(graph.length));
}

async function readPin(model: string, source: ModelSource): Promise<Pin | undefined> {
  const bytes = await source.read(`pins/${model}`);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Pin);
}

interface HubFile {
  model: string;
  path: string;
  commit: string;
  source: ModelSource;
  context: CallContext;
}

async function listFiles(request: {
  model: string;
  graph: string;
  pin: Pin;
  source: ModelSource;
  context: CallContext;
}): Promise<string[]> {
  const { model, graph, pin, source, context } = request;
  const revision = pin.commit === '' ? 'main' : pin.commit;
  const url = `${source.hub}/api/models/${model}/revision/${revision}`;
  const response = await get(url, model, context.signal);
  // A portal or a mirror may answer with a page.
  const listing = (await response.json().catch(() => ({}))) as Partial<Listing>;
  const { sha = '', siblings = [] } = listing;
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    throw unavailable(model, `the hub named no commit for ${revision}`);
  }
  if (revision !== 'main' && sha !== revision) throw wrongCommit(model, pin.commit, sha);
  pin.commit = sha;
  const present = siblings.map(({ rfilename }) => rfilename);
  const missing = [...NEEDED, graph].filter((path) => !present.includes(path));
  if (missing.length > 0) {
    throw new AnalyzerError(
      'model/unusable',
      `The model ${model} has no ${missing.join(' and no ')}.`,
      {
        hint: 'Choose another precision, or an export made for transformers.js.',
      },
    );
  }
  return present.filter(
    (path) => [...NEEDED, ...WELCOME].includes(path) || isGraphFile(path, graph),
  );
}

async function fileOf({ model, path, commit, source, context }: HubFile): Promise<Uint8Array> {
  const key = `${model}/${commit}/${path}`;
  const kept = await source.read(key);
  if (kept !== undefined) return kept;
  const response = await get(
    `${source.hub}/${model}/resolve/${commit}/${path}`,
    model,
    context.signal,
  );
  const bytes = await readBody(response, path, context).catch((cause: unknown) => {
    if (context.signal.aborted) throw cancelled('The download');
    throw unavailable(model, `the download of ${path} broke off`, cause);
  });
  await source.write(key, bytes);
  return bytes;
}

async function get(url: string, model: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    if (signal.aborted) throw cancelled('The download');
    throw unavailable(model, 'the hub could not be reached', cause);
  }
  if (!response.ok)
    throw unavailable(model, `HTTP ${response.status} for ${new URL(url).pathname}`);
  return response;
}

async function readBody(
  response: Response,
  path: string,
  { report }: CallContext,
): Promise<Uint8Array> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let done = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { value, done: ended } = (await reader?.read()) ?? { value: undefined, done: true };
    if (ended || value === undefined) break;
    chunks.push(value);
    done += value.length;
    report({ stage: `Downloading ${path} (bytes)`, done, total });
  }
  const bytes = new Uint8Array(done);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function wrongCommit(model: string, pinned: string, given: string): AnalyzerError {
  return new AnalyzerError(
    'model/changed',
    `The hub answers with commit ${given} of ${model}, not with the pinned ${pinned}.`,
    { hint: 'Try again later, or choose another model.', detail: { pinned, given } },
  );
}

function unavailable(model: string, why: string, cause?: unknown): AnalyzerError {
  return new AnalyzerError('model/unavailable', `The model ${model} could not be loaded: ${why}.`, {
    hint: 'Check the connection and the id, or choose the bundled encoder, which needs no network.',
    cause,
  });
}
