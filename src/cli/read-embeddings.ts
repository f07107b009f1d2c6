import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cellRows, type ParallelCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import { matrix, normalizeRows, row, type Matrix } from '../core/matrix.ts';
import type { ModelProvenance } from '../core/report.ts';
import { sha256 } from '../encoder/model-source.ts';
import { fromNpy } from '../io/read/from-npy.ts';
import { readRowIndex, type RowKey } from '../io/read/from-rows.ts';

/**
 * Vectors made elsewhere, in place of encoding. `rows.csv` beside the file (fact,language) says which text each row
 * belongs to; without it the rows are the texts in reading order. Rows are scaled to unit length.
 */
export async function readEmbeddings(
  corpus: ParallelCorpus,
  path: string,
): Promise<{
  vectors: Matrix;
  tokens: null;
  model: ModelProvenance;
  trust: null;
  notices: string[];
}> {
  if (!existsSync(path))
    throw mismatch(`The file ${path} does not exist.`, 'Check the path after --embeddings.');
  const bytes = new Uint8Array(await readFile(path));
  const { shape, data } = fromNpy(bytes, path);
  if (shape.length !== 2) {
    throw mismatch(
      `${path} has the shape [${shape.join(', ')}]; [rows, d] is needed.`,
      'Give one vector per text.',
    );
  }
  const given = matrix(shape[0], shape[1], Float32Array.from(data));
  const index = join(dirname(path), 'rows.csv');
  const keys = existsSync(index) ? readRowIndex(await readFile(index, 'utf8'), index) : null;
  const vectors = normalizeRows(
    keys === null ? inReadingOrder(corpus, given, path) : byKey(corpus, given, keys),
    path,
  );
  const ignored = given.rows - vectors.rows;
  const how = keys === null ? 'in reading order' : 'by rows.csv';
  return {
    vectors,
    tokens: null,
    model: givenModel(path, await sha256(bytes), shape[1]),
    trust: null,
    notices: [
      `The vectors were read from ${path} (rows matched ${how}) and scaled to unit length.`,
      ...(ignored > 0
        ? [`${ignored} rows of rows.csv name no text of the files and were left out.`]
        : []),
    ],
  };
}

function inReadingOrder(corpus: ParallelCorpus, given: Matrix, path: string): Matrix {
  const texts = corpus.renderings.text.length;
  if (given.rows === texts) return given;
  throw mismatch(
    `${path} has ${given.rows} rows but the files hold ${texts} texts.`,
    'Put a rows.csv with the columns fact,language beside it.',
  );
}

function byKey(corpus: ParallelCorpus, given: Matrix, keys: RowKey[]): Matrix {
  if (keys.length !== given.rows) {
    throw mismatch(
      `rows.csv names ${keys.length} rows but the vectors are ${given.rows}.`,
      'Write both anew.',
    );
  }
  const facts = new Map(corpus.facts.map(({ id }, i) => [id, i]));
  const languages = new Map(
    corpus.languages.flatMap(({ label, tag }, i) => [
      [tag, i],
      [label, i],
    ]),
  );
  const cells = cellRows(corpus);
  const vectors = matrix(corpus.renderings.text.length, given.columns);
  const seen = new Uint8Array(vectors.rows);
  keys.forEach(({ fact, language }, r) => {
    const f = facts.get(fact);
    const l = languages.get(language);
    const rendering =
      f === undefined || l === undefined ? -1 : cells[f * corpus.languages.length + l];
    if (rendering < 0) return;
    if (seen[rendering] === 1) {
      throw mismatch(`rows.csv names fact ${fact} in ${language} twice.`, 'Keep one row of each.');
    }
    vectors.data.set(row(given, r), rendering * given.columns);
    seen[rendering] = 1;
  });
  const missing = seen.indexOf(0);
  if (missing < 0) return vectors;
  const { fact, language } = corpus.renderings;
  throw mismatch(
    `rows.csv has no row for fact ${corpus.facts[fact[missing]].id} in ${corpus.languages[language[missing]].label}.`,
    'Give vectors for every text, or leave the text out of the files.',
  );
}

function givenModel(path: string, hash: string, dimensions: number): ModelProvenance {
  return {
    id: 'vectors given',
    revision: '',
    licence: '',
    dtype: '',
    pooling: '',
    prefix: '',
    dimensions,
    maxTokens: 0,
    backend: 'none',
    device: 'none',
    parity: null,
    parityAgainst: 'vectors were given, not made',
    files: { [path]: hash },
  };
}

function mismatch(sentence: string, hint: string): AnalyzerError {
  return new AnalyzerError('embeddings/mismatch', sentence, { hint });
}
