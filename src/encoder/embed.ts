import type { EncodedRequest, EncodedTexts } from '../core/encoder.ts';
import { cancelled } from '../core/errors.ts';
import { breathe, type CallContext } from '../protocol/server.ts';
import { planBatches, type Batch } from './batches.ts';
import { concatenate, pickRows } from './encoded-rows.ts';
import { runBatch, tokenizeAll, type BatchVectors, type Engine } from './engine.ts';
import type { VectorCache } from './vector-cache.ts';

/** Texts that are sorted by length together: enough to waste little on padding, few enough to begin soon. */
const WINDOW = 2048;

/** Texts cut into tokens before a stop is looked for. */
const CUT = 64;

/** Kept rows that are reported together: so few that the page answers between two reports. */
const HANDFUL = 256;

/** See `Encoder.embed`. Texts that the cache holds are not encoded. */
export async function embedAll(
  engine: Engine,
  cache: VectorCache | null,
  texts: readonly string[],
  context: CallContext,
): Promise<EncodedRequest> {
  const { unique, positions } = distinct(texts);
  const finished: EncodedTexts[] = [];
  const finish = (part: EncodedTexts, stage: string, done: number, total: number): number => {
    const partial = spread(part, positions);
    finished.push(partial);
    const count = partial.index.length;
    context.report({ stage, done: done + count, total, partial });
    return count;
  };
  const found = await cache?.find(unique);
  let kept = 0;
  for (let start = 0; found !== undefined && start < found.index.length; start += HANDFUL) {
    if (context.signal.aborted) throw cancelled('Encoding');
    kept += finish(handfulOf(found, start), 'Reading kept vectors', kept, texts.length);
    await breathe();
  }
  let done = 0;
  try {
    for await (const part of encodeInBatches(
      engine,
      missingFrom(unique, found?.index ?? []),
      context,
    )) {
      done += finish(part, 'Encoding', done, texts.length - kept);
      await cache?.keep(part);
      await breathe();
    }
  } finally {
    // What was encoded before a stop is kept too.
    await cache?.close();
  }
  return { ...concatenate(finished), notices: cache?.notices() ?? [] };
}

function handfulOf(found: EncodedTexts, start: number): EncodedTexts {
  const rows = Array.from(found.index.keys()).slice(start, start + HANDFUL);
  return pickRows(
    found,
    rows,
    rows.map((r) => found.index[r]),
  );
}

/** Some texts, and where they stand among the unique ones. */
interface Places {
  texts: string[];
  places: number[];
}

function missingFrom(unique: string[], found: Iterable<number>): Places {
  const known = new Set(found);
  const places = [...unique.keys()].filter((u) => !known.has(u));
  return { texts: places.map((u) => unique[u]), places };
}

/** Window by window, in each the shortest first. `index` holds places among the unique texts. */
async function* encodeInBatches(
  engine: Engine,
  { texts, places }: Places,
  { signal, report }: CallContext,
): AsyncGenerator<EncodedTexts> {
  const tokens = { ids: [] as number[][], unknown: [] as number[], truncated: [] as number[] };
  const cutTo = (end: number): void => {
    const part = tokenizeAll(engine, texts.slice(tokens.ids.length, end));
    tokens.ids.push(...part.ids);
    tokens.unknown.push(...part.unknown);
    tokens.truncated.push(...part.truncated);
  };
  for (let start = 0; start < texts.length; start += WINDOW) {
    const end = Math.min(start + WINDOW, texts.length);
    for (let cut = tokens.ids.length; cut < end; cut = tokens.ids.length) {
      if (signal.aborted) throw cancelled('Encoding');
      report({ stage: 'Cutting texts into tokens', done: cut, total: texts.length });
      cutTo(Math.min(end, cut + CUT));
      await breathe();
    }
    const lengths = tokens.ids.slice(start, end).map((ids) => ids.length);
    const batches = planBatches(lengths, engine.limits);
    for (const { texts: rows, length } of batches) {
      if (signal.aborted) throw cancelled('Encoding');
      const batch = { texts: rows.map((r) => start + r), length };
      const running = runBatch(engine, tokens.ids, batch);
      // Where the model runs beside this thread, the texts of the next window are cut meanwhile.
      cutTo(Math.min(end + WINDOW, tokens.ids.length + Math.ceil(WINDOW / batches.length)));
      yield encodedTexts(batch, await running, { ...tokens, places });
    }
  }
}

function encodedTexts(
  { texts }: Batch,
  { vectors, layers }: BatchVectors,
  of: { ids: number[][]; unknown: number[]; truncated: number[]; places: number[] },
): EncodedTexts {
  return {
    index: Int32Array.from(texts, (t) => of.places[t]),
    vectors,
    layers,
    tokens: Int32Array.from(texts, (t) => of.ids[t].length),
    unknown: Int32Array.from(texts, (t) => of.unknown[t]),
    truncated: Uint8Array.from(texts, (t) => of.truncated[t]),
    kept: new Uint8Array(texts.length),
  };
}

/** Equal texts get one run; `positions[u]` lists where unique text u stands. */
function distinct(texts: readonly string[]): { unique: string[]; positions: number[][] } {
  const seen = new Map<string, number[]>();
  texts.forEach((text, i) => {
    const places = seen.get(text);
    if (places === undefined) seen.set(text, [i]);
    else places.push(i);
  });
  return { unique: [...seen.keys()], positions: [...seen.values()] };
}

/** Every text of the request its row, from rows of unique texts. */
function spread(part: EncodedTexts, positions: number[][]): EncodedTexts {
  const rows: number[] = [];
  const index: number[] = [];
  part.index.forEach((u, r) => {
    for (const place of positions[u]) {
      rows.push(r);
      index.push(place);
    }
  });
  return pickRows(part, rows, index);
}
