import { FALSE_NEGATIVE_COSINE, type PreferencePairs } from '../../core/adapter.ts';
import { cellRows, type EmbeddedCorpus } from '../../core/corpus.ts';
import {
  dot,
  productBlocks,
  row,
  takeRows,
  type Matrix,
  type Products,
} from '../../core/matrix.ts';
import type { FactSplit } from '../../core/lab.ts';
import { randomBelow, type Random } from '../../core/random.ts';
import type { PreferenceParts } from './split-preferences.ts';

/** A text and its translation. */
interface Query {
  fact: number;
  /** Rows. */
  query: number;
  chosen: number;
}

interface Sides {
  /** As they were. */
  vectors: Matrix;
  centred: Matrix;
  /** Fact of each row. */
  fact: Int32Array;
}

/** How preferences are drawn and cosines computed. */
interface Making {
  random: Random;
  products: Products;
}

/** `factPreferences` of each part of the facts; test pairs choose among all test facts in the language asked. */
export async function factPreferenceParts(
  {
    corpus,
    vectors,
    split,
  }: EmbeddedCorpus & { split: Pick<FactSplit, 'train' | 'validation' | 'test'> },
  centred: Matrix,
  making: Making,
): Promise<PreferenceParts> {
  const embedded = { corpus, vectors };
  const of = (facts: Int32Array): Promise<PreferencePairs> =>
    factPreferences(embedded, facts, centred, making);
  const [train, validation] = [await of(split.train), await of(split.validation)];
  const test = await of(split.test);
  const rows = rowsByLanguage(cellsOf(embedded, centred), corpus.languages.length, split.test);
  const candidates = Array.from(test.chosen, (r) => rows[corpus.renderings.language[r]]);
  return { train, validation, test, candidates, centred, leftOut: [] };
}

/**
 * Preferences that follow from facts: each rendering asks, in another language at random, for its own fact, which it shall
 * prefer to the hardest wrong fact there, and to the hardest other fact in its own language. Hardest: nearest among the
 * given facts once languages are centred; vectors nearer than FALSE_NEGATIVE_COSINE before that are no wrong facts. Noise
 * is 0; the group is the fact.
 *
 * @param facts queries and candidates
 * @param centred unit rows, NaN where there is none. [renderings, d]
 */
export async function factPreferences(
  { corpus, vectors }: EmbeddedCorpus,
  facts: Int32Array,
  centred: Matrix,
  { random, products }: Making,
): Promise<PreferencePairs> {
  const rows = rowsByLanguage(
    cellsOf({ corpus, vectors }, centred),
    corpus.languages.length,
    facts,
  );
  const sides = { vectors, centred, fact: corpus.renderings.fact };
  const found: (Query & { rejected: number })[] = [];
  for (const [a, own] of rows.entries()) {
    for (const [b, queries] of targetsOf(a, rows, sides.fact, random)) {
      for (const candidates of [rows[b], own]) {
        const rejected = await hardest(sides, queries, candidates, products);
        queries.forEach((query, i) => {
          if (rejected[i] >= 0) found.push({ ...query, rejected: rejected[i] });
        });
      }
    }
  }
  return {
    source: 'facts',
    vectors,
    language: corpus.renderings.language,
    query: Int32Array.from(found, ({ query }) => query),
    chosen: Int32Array.from(found, ({ chosen }) => chosen),
    rejected: Int32Array.from(found, ({ rejected }) => rejected),
    group: Int32Array.from(found, ({ fact }) => fact),
    noise: new Float32Array(found.length),
  };
}

/** As `cellRows`, without rows of which centering leaves nothing. */
function cellsOf({ corpus }: EmbeddedCorpus, { data, columns }: Matrix): Int32Array {
  return cellRows(corpus).map((r) => (r >= 0 && Number.isNaN(data[r * columns]) ? -1 : r));
}

/** Rows of the facts in each language, in the facts' order. */
function rowsByLanguage(cells: Int32Array, languages: number, facts: Int32Array): Int32Array[] {
  return Array.from({ length: languages }, (_, l) =>
    facts.map((fact) => cells[fact * languages + l]).filter((r) => r >= 0),
  );
}

/** The renderings of language a, by the language in which each asks for its fact. */
function targetsOf(
  a: number,
  rows: readonly Int32Array[],
  fact: Int32Array,
  random: Random,
): Map<number, Query[]> {
  const rowOf = rows.map((own) => new Map(Array.from(own, (r) => [fact[r], r])));
  const targets = new Map<number, Query[]>();
  for (const query of rows[a]) {
    const others = [...rows.keys()].filter((b) => b !== a && rowOf[b].has(fact[query]));
    if (others.length === 0) continue;
    const b = others[randomBelow(random, others.length)];
    const chosen = rowOf[b].get(fact[query])!;
    targets.set(b, [...(targets.get(b) ?? []), { fact: fact[query], query, chosen }]);
  }
  return targets;
}

/** The candidate nearest to each query that is a wrong fact; -1 where there is none. */
async function hardest(
  { vectors, centred, fact }: Sides,
  queries: readonly Query[],
  candidates: Int32Array,
  products: Products,
): Promise<Int32Array> {
  const nearest = new Int32Array(queries.length).fill(-1);
  const asked = takeRows(
    centred,
    queries.map(({ query }) => query),
  );
  for await (const { start, block } of productBlocks(
    asked,
    takeRows(centred, candidates),
    products,
  )) {
    for (let i = 0; i < block.rows; i++) {
      const { query, chosen, fact: own } = queries[start + i];
      const isWrong = (r: number): boolean =>
        fact[r] !== own &&
        // One of both is in the candidate's language.
        [query, chosen].every(
          (right) => dot(row(vectors, r), row(vectors, right)) <= FALSE_NEGATIVE_COSINE,
        );
      nearest[start + i] = bestOf(row(block, i), candidates, isWrong);
    }
  }
  return nearest;
}

function bestOf(
  cosines: Float32Array,
  candidates: Int32Array,
  isWrong: (r: number) => boolean,
): number {
  let [best, most] = [-1, -Infinity];
  cosines.forEach((cosine, c) => {
    if (cosine > most && isWrong(candidates[c])) [best, most] = [candidates[c], cosine];
  });
  return best;
}
