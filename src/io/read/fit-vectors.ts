import { adapterLabel } from '../../core/adapter.ts';
import { cellRows, type ParallelCorpus } from '../../core/corpus.ts';
import { VECTORS_GIVEN, type FittedVectors } from '../../core/layers.ts';
import { normalizeNonzeroRows, normalizeRows, takeRows, type Matrix } from '../../core/matrix.ts';
import type { ModelProvenance } from '../../core/report.ts';
import { mismatch, type GivenVectors } from './given-vectors.ts';
import type { RowKey } from './from-rows.ts';
import type { Tensor } from './from-safetensors.ts';
import { counted } from './sheet.ts';

/** Row of the given vectors that belongs to each rendering, and how it was found. */
interface Places {
  rows: Int32Array;
  how: string;
}

/**
 * Gives every text of a corpus its vector: by name where rows have names, by place in [facts, languages], else in reading
 * order. Rows are scaled to unit length.
 *
 * @throws AnalyzerError `embeddings/mismatch` when a text has no vector or sizes differ, `numeric/not-finite` naming a
 * row that is not finite or, in the last layer, of length 0
 */
export function fitVectors(given: GivenVectors, corpus: ParallelCorpus): FittedVectors {
  const { name, vectors, layers } = given;
  const places = placesOf(given, corpus);
  const rowsOf = (tensor: Tensor): Matrix => takeRows(asRows(tensor), places.rows);
  return {
    vectors: normalizeRows(rowsOf(vectors), name, places.rows),
    layers:
      layers.length === 0
        ? null
        : {
            names: layers.map((layer) => layer.name),
            vectors: layers.map((layer) =>
              normalizeNonzeroRows(rowsOf(layer), `${name}, ${layer.name},`, places.rows),
            ),
          },
    model: modelOf(given),
    adapter: given.adapter,
    notices: noticesOf(given, places),
  };
}

function asRows({ shape, data }: Tensor): Matrix {
  const d = shape[shape.length - 1];
  return { rows: data.length / d, columns: d, data };
}

function placesOf(given: GivenVectors, corpus: ParallelCorpus): Places {
  if (given.rows !== null) return { rows: byKey(given.rows, corpus), how: 'by name' };
  return given.vectors.shape.length === 3
    ? { rows: byPlace(given, corpus), how: 'by the order of facts and languages' }
    : { rows: inReadingOrder(given, corpus), how: 'in reading order' };
}

function inReadingOrder({ name, vectors }: GivenVectors, corpus: ParallelCorpus): Int32Array {
  const texts = corpus.renderings.text.length;
  const [rows] = vectors.shape;
  if (rows === texts) return Int32Array.from({ length: texts }, (_, r) => r);
  throw mismatch(
    `${name} has ${rows} rows but the files hold ${texts} texts.`,
    'Put a rows.csv with the columns fact,language beside it.',
  );
}

function byPlace({ name, vectors }: GivenVectors, corpus: ParallelCorpus): Int32Array {
  const [facts, languages] = vectors.shape;
  const { fact, language } = corpus.renderings;
  if (facts === corpus.facts.length && languages === corpus.languages.length)
    return fact.map((f, r) => f * languages + language[r]);
  throw mismatch(
    `${name} has vectors of ${counted(facts, 'fact')} in ${counted(languages, 'language')} but the files hold ${counted(corpus.facts.length, 'fact')} in ${counted(corpus.languages.length, 'language')}.`,
    'Give the same facts and languages, in the order of the files.',
  );
}

/**
 * Row of each rendering among rows that name fact and language.
 *
 * @throws AnalyzerError `embeddings/mismatch` when a text has no row, or two
 */
export function byKey(keys: RowKey[], corpus: ParallelCorpus): Int32Array {
  const L = corpus.languages.length;
  const facts = new Map(corpus.facts.map(({ id }, i) => [id, i]));
  const languages = new Map(
    corpus.languages.flatMap(({ label, tag }, i) => [
      [tag, i],
      [label, i],
    ]),
  );
  const cells = cellRows(corpus);
  const rows = new Int32Array(corpus.renderings.text.length).fill(-1);
  keys.forEach(({ fact, language }, r) => {
    const f = facts.get(fact);
    const l = languages.get(language);
    const rendering = f === undefined || l === undefined ? -1 : cells[f * L + l];
    if (rendering < 0) return;
    if (rows[rendering] >= 0)
      throw mismatch(`Two rows name fact ${fact} in ${language}.`, 'Keep one row of each.');
    rows[rendering] = r;
  });
  assertComplete(rows, corpus);
  return rows;
}

function assertComplete(rows: Int32Array, { facts, languages, renderings }: ParallelCorpus): void {
  const missing = rows.indexOf(-1);
  if (missing < 0) return;
  const fact = facts[renderings.fact[missing]].id;
  throw mismatch(
    `No row names fact ${fact} in ${languages[renderings.language[missing]].label}.`,
    'Give vectors for every text, or leave the text out of the files.',
  );
}

function noticesOf(
  { name, vectors, model, adapter }: GivenVectors,
  { rows, how }: Places,
): string[] {
  const unused = asRows(vectors).rows - rows.length;
  const by = model === null ? '' : ` Its manifest says that ${model.id} made them.`;
  const notices = [
    `The vectors were read from ${name} (rows matched ${how}) and scaled to unit length.${by}`,
  ];
  if (adapter !== null)
    notices.push(`They are not as they were made: ${adapterLabel(adapter)} followed.`);
  if (unused > 0)
    notices.push(
      `${counted(unused, 'row')} of ${name} belong to no text of the files and were left out.`,
    );
  return notices;
}

function modelOf({ vectors, files, model }: GivenVectors): ModelProvenance {
  if (model !== null) return { ...model, files: { ...model.files, ...files } };
  return {
    id: VECTORS_GIVEN,
    revision: '',
    licence: '',
    dtype: '',
    pooling: '',
    prefix: '',
    dimensions: vectors.shape[vectors.shape.length - 1],
    maxTokens: 0,
    backend: 'none',
    device: 'none',
    parity: null,
    parityAgainst: 'vectors were given, not made',
    files,
  };
}
