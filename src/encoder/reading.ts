import type { EncoderChoice, ReadingWish } from '../core/encoder.ts';
import { cardOf, type Pooling } from '../core/models.ts';
import type { Reading } from './engine.ts';
import type { ModelFiles } from './model-source.ts';
import { outputFor } from './pool.ts';
import type { LoadedModel } from './transformers.ts';

/** How a model is read: as its card says, else as its files let guess. */
export function readingOf(choice: EncoderChoice, model: ModelFiles, loaded: LoadedModel): Reading {
  const card = choice.folder === undefined ? cardOf(choice.model) : undefined;
  const wanted = card?.pooling ?? guessPooling(model, loaded.outputNames);
  const { pooling, notices: departures } = poolingFor(wanted, loaded.outputNames);
  const notices: string[] = [];
  if (card === undefined) {
    notices.push(
      `${choice.model} is not in the list of known encoders: ${pooling} pooling and no prefix are assumed.`,
    );
  }
  const positions = Number(loaded.config.max_position_embeddings ?? 512);
  return {
    pooling,
    prefix: card?.prefix ?? '',
    maxTokens: (card?.maxTokens ?? 0) || (loaded.maxTokens ?? positions),
    licence: card?.licence ?? 'see the model',
    notices: [...notices, ...departures],
  };
}

/** The model's own reading, but for what is wished of it. */
export function wishedReading(
  own: Reading,
  { pooling: wanted, prefix }: ReadingWish,
  outputs: string[],
): Reading {
  const { pooling, notices } =
    wanted === undefined ? { pooling: own.pooling, notices: [] } : poolingFor(wanted, outputs);
  const wished = { ...own, pooling, prefix: prefix ?? own.prefix };
  if (wished.pooling === own.pooling && wished.prefix === own.prefix)
    return { ...own, notices: [...own.notices, ...notices] };
  const words = ({ pooling: how, prefix: before }: Reading): string =>
    `${how} pooling and ${before === '' ? 'no prefix' : `the prefix "${before}"`}`;
  const departure = `Texts are read with ${words(wished)}, not with ${words(own)} as the model’s own card or files say; its checks and its figures by language are of its own reading.`;
  return { ...wished, notices: [...own.notices, ...notices, departure] };
}

/** The pooling that a graph with these outputs allows, and what departs from the wish. */
function poolingFor(wanted: Pooling, outputs: string[]): { pooling: Pooling; notices: string[] } {
  const output = outputFor(wanted, outputs);
  const pooling = poolingOf(wanted, output);
  if (pooling === wanted) return { pooling, notices: [] };
  const used = pooling === 'cls' ? `the first token of ${output}` : `its own ${output}`;
  return {
    pooling,
    notices: [`The graph has no output for ${wanted} pooling; ${used} is used.`],
  };
}

/** The pooling that takes place when `output` is all that the graph has for the one wanted. */
function poolingOf(wanted: Pooling, output: string): Pooling {
  if (output === 'sentence_embedding') return 'graph';
  return wanted === 'pooler' && output !== 'pooler_output' ? 'cls' : wanted;
}

function guessPooling(model: ModelFiles, outputs: string[]): Pooling {
  if (outputs.includes('sentence_embedding')) return 'graph';
  const bytes = model.files['1_Pooling/config.json'];
  if (bytes === undefined) return 'mean';
  const config = JSON.parse(new TextDecoder().decode(bytes)) as {
    pooling_mode_cls_token?: boolean;
  };
  return config.pooling_mode_cls_token === true ? 'cls' : 'mean';
}
