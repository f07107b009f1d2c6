import { AnalyzerError, cancelled } from '../core/errors.ts';
import type { EncoderChoice, ModelFolder } from '../core/encoder.ts';
import type { CallContext } from '../protocol/server.ts';
import { fetchFromHub } from './hub.ts';
import {
  hashAll,
  onnxFile,
  sha256,
  wrongHash,
  type ModelFiles,
  type ModelSource,
} from './model-source.ts';
import { cardOf, isHubId, type ModelCard } from '../core/models.ts';

/**
 * Collects every file of the chosen model and hashes it.
 *
 * @throws AnalyzerError `model/unknown`, `model/unavailable`, or `model/changed` when a file is not the one that was
 *   shipped or pinned
 */
export async function collectModel(
  choice: EncoderChoice,
  source: ModelSource,
  context: CallContext,
): Promise<ModelFiles> {
  if (choice.folder !== undefined) return fromFolder(choice, choice.folder);
  const card = cardOf(choice.model);
  if (card?.source === 'bundled') {
    assertShipped(card, choice.dtype);
    return fromPage(card, source, context);
  }
  if (isHubId(choice.model)) return fetchFromHub(choice, source, context);
  throw new AnalyzerError('model/unknown', `The model ${choice.model} is unknown.`, {
    hint: 'Choose one of the list, give a hub id such as Xenova/LaBSE, or a folder with onnx/model.onnx.',
  });
}

function assertShipped({ id, dtypes }: ModelCard, dtype: string): void {
  if (dtypes.includes(dtype)) return;
  throw new AnalyzerError('model/unknown', `The model ${id} has no precision ${dtype}.`, {
    hint: `It comes in ${dtypes.join(' and ')}.`,
  });
}

async function fromPage(
  card: ModelCard,
  source: ModelSource,
  { signal, report }: CallContext,
): Promise<ModelFiles> {
  const files: ModelFolder = {};
  const paths = Object.keys(card.files);
  for (const [done, path] of paths.entries()) {
    if (signal.aborted) throw cancelled('Loading the model');
    report({ stage: 'Loading the model', done, total: paths.length });
    files[path] = await source.readBundled(`${card.id}/${path}`);
    const hash = await sha256(files[path]);
    if (hash !== card.files[path])
      throw wrongHash(card.id, path, { expected: card.files[path], hash });
  }
  return { files, hashes: card.files, revision: 'bundled', notices: [] };
}

async function fromFolder(
  { model, dtype }: EncoderChoice,
  folder: ModelFolder,
): Promise<ModelFiles> {
  const files = { ...folder };
  // A graph beside the tokenizer is in full precision; its outside data moves along with it.
  if (dtype === 'fp32' && files[onnxFile(dtype)] === undefined) {
    for (const path of Object.keys(files).filter((name) => name.startsWith('model.onnx'))) {
      files[`onnx/${path}`] = files[path];
      delete files[path];
    }
  }
  const missing = ['config.json', 'tokenizer.json', onnxFile(dtype)].filter(
    (path) => files[path] === undefined,
  );
  if (missing.length > 0) {
    throw new AnalyzerError(
      'model/unusable',
      `The model folder ${model} has no ${missing.join(' and no ')}.`,
      {
        hint: 'A folder as the hub lays it out has config.json, tokenizer.json and onnx/model.onnx.',
      },
    );
  }
  // Files that a folder may lack but every loader asks for.
  files['tokenizer_config.json'] ??= new TextEncoder().encode('{}');
  return { files, hashes: await hashAll(files), revision: 'folder', notices: [] };
}
