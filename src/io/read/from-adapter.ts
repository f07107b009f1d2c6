import {
  ADAPTER_FORMAT,
  ADAPTER_METHODS,
  ADAPTER_VERSION,
  PREFERENCE_LOSSES,
  PREFERENCE_SOURCES,
  type AdapterRecord,
  type PreferenceSettings,
  type TrainingSettings,
} from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { ModelProvenance } from '../../core/report.ts';
import { adapterOf } from './adapter-maps.ts';
import { misshapen, oneOf, readShape, within, type Shape, type Where } from './read-shape.ts';
import { isObject } from './records.ts';

/** Bytes at the beginning of a file in which its format is named. */
export const ADAPTER_HEAD = 4096;

/** Whether a file says of itself that it is an adapter; whether it is one is found out when it is read. */
export function isAdapter(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, ADAPTER_HEAD));
  return new RegExp(`^\\s*\\{[^]*"format"\\s*:\\s*"${ADAPTER_FORMAT}"`).test(start);
}

/**
 * The record that `toAdapter` wrote.
 *
 * @throws AnalyzerError `format/unknown` where it is no adapter or one of a later version, `format/damaged` where anything in
 *   it is missing, has another shape or is no number
 */
export function readAdapter(bytes: Uint8Array, name: string): AdapterRecord {
  const where = { file: name, path: '' };
  const file = parsed(bytes, where);
  const record = readShape(file, RECORD, where) as Omit<AdapterRecord, 'adapter'>;
  oneOf(record.settings.method, ADAPTER_METHODS, within(where, 'settings.method'));
  const { source, loss } = record.settings.preference;
  oneOf(source, PREFERENCE_SOURCES, within(where, 'settings.preference.source'));
  oneOf(loss, PREFERENCE_LOSSES, within(where, 'settings.preference.loss'));
  oneOf(record.split.by, ['fact', 'topic'], within(where, 'split.by'));
  const heldOut = record.heldOut.map((entry, i) => ({
    ...entry,
    interval: intervalOf((file.heldOut as { interval: unknown }[])[i].interval, {
      ...where,
      path: `heldOut[${i}].interval`,
    }),
  }));
  return { ...record, heldOut, adapter: adapterOf(file, where) };
}

const MODEL: Record<keyof ModelProvenance, Shape> = {
  id: 'text',
  revision: 'text',
  licence: 'text',
  dtype: 'text',
  pooling: 'text',
  prefix: 'text',
  dimensions: 'number',
  maxTokens: 'number',
  backend: 'text',
  device: 'text',
  parity: 'number or null',
  parityAgainst: 'text',
  files: 'texts by name',
};

const TRAINING: Record<keyof TrainingSettings, Shape> = {
  rank: 'number',
  steps: 'number',
  batch: 'number',
  learningRate: 'number',
  weightDecay: 'number',
  temperature: 'number',
  sameLanguageNegatives: 'flag',
  keep: 'number',
  geometry: 'number',
  patience: 'number',
};

const PREFERENCE: Record<keyof PreferenceSettings, Shape> = {
  source: 'text',
  loss: 'text',
  beta: 'number',
};

const SETTINGS: Record<keyof AdapterRecord['settings'], Shape> = {
  method: 'text',
  seed: 'number',
  target: 'text',
  strength: 'number or null',
  training: TRAINING,
  preference: PREFERENCE,
};

const RECORD: Record<Exclude<keyof AdapterRecord, 'adapter'>, Shape> = {
  isogloss: 'text',
  encoder: MODEL,
  settings: SETTINGS,
  strength: 'number or null',
  files: [{ name: 'text', sha256: 'text' }],
  split: { train: 'number', validation: 'number', test: 'number', by: 'text', hash: 'text' },
  heldOut: [{ id: 'text', name: 'text', before: 'number', after: 'number' }],
  verdict: 'text',
};

function parsed(bytes: Uint8Array, where: Where): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, ''));
  } catch {
    throw unknown(`${where.file} is no JSON, and so no adapter.`);
  }
  if (!isObject(value) || value.format !== ADAPTER_FORMAT)
    throw unknown(`${where.file} is no adapter: its format is not ${ADAPTER_FORMAT}.`);
  if (typeof value.version !== 'number')
    throw misshapen(value.version, 'a number', within(where, 'version'));
  if (value.version === ADAPTER_VERSION) return value;
  throw unknown(
    `${where.file} is an adapter of version ${value.version}; this Isogloss reads version ${ADAPTER_VERSION}.`,
    'Take the Isogloss that wrote it.',
  );
}

function unknown(
  sentence: string,
  hint = 'Give a file that the lab of Isogloss wrote.',
): AnalyzerError {
  return new AnalyzerError('format/unknown', sentence, { hint });
}

function intervalOf(value: unknown, where: Where): [number, number] | null {
  if (value === null) return null;
  const ends = readShape(value, ['number'], where) as number[];
  if (ends.length !== 2) throw misshapen(value, 'two numbers', where);
  return [ends[0], ends[1]];
}
