import { AnalyzerError, assert } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { PairScan } from '../../core/pair-scan.ts';
import type { LanguagePair, OnDone } from '../kernels.ts';
import { startBatch, type Batch } from './batch.ts';
import { pairsThatFit } from './batch-layout.ts';
import { FACT_CELLS } from './collect-program.ts';
import { collectedScan } from './collected-scan.ts';
import { createPace } from './pace.ts';
import type { Session } from './session.ts';
import { shelve, type Place } from './shelves.ts';

/** Facts up to which the counts of a pair fit into 32 bits: the levels below a line's cosines are 2n² at most. */
const MOST_FACTS = 46_340;

/** While one batch is awaited and taken apart, the next is already on the GPU. */
export async function comparePairs(
  session: Session,
  pairs: readonly LanguagePair[],
  onPairs?: OnDone,
): Promise<PairScan[]> {
  for (const { x } of pairs) refuseTooMany(x);
  const places = shelve(session, new Set(pairs.flatMap(({ x, y }) => [x, y])));
  const pace = createPace(session.gpu);
  const scans: PairScan[] = [];
  let before: (() => Promise<void>) | undefined;
  for (let first = 0; first < pairs.length;) {
    const batch = nextBatch(session, pairs.slice(first), { places, operations: pace.operations() });
    const facts = startBatch(session, batch);
    first += batch.pairs.length;
    await before?.();
    before = async () => {
      scans.push(...scansOf(await facts, batch));
      pace.finished();
      await onPairs?.(scans.length);
    };
  }
  await before?.();
  return scans;
}

function refuseTooMany({ rows }: Matrix): void {
  if (rows <= MOST_FACTS) return;
  throw new AnalyzerError(
    'memory/exceeded',
    `The languages have ${rows} facts in common, but the GPU counts up to ${MOST_FACTS}.`,
    { hint: 'Choose fewer facts, or the CPU.' },
  );
}

/** The first pairs that one dispatch can take: of one size, on the same two shelves, one at least. */
function nextBatch(
  { gpu }: Session,
  pairs: readonly LanguagePair[],
  { places, operations }: { places: Map<Matrix, Place>; operations: number },
): Batch {
  const placed = pairs.map(({ x, y }) => ({ x: placeOf(places, x), y: placeOf(places, y) }));
  const n = pairs[0].x.rows;
  const { x, y } = placed[0];
  const affordable = Math.floor(operations / (8 * n * n * x.quads));
  const most = Math.max(1, Math.min(affordable, pairsThatFit(n, gpu.bindingBytes)));
  const belongs = (p: number): boolean =>
    pairs[p].x.rows === n && placed[p].x.shelf === x.shelf && placed[p].y.shelf === y.shelf;
  let count = 1;
  while (count < Math.min(most, pairs.length) && belongs(count)) count++;
  return { n, pairs: placed.slice(0, count) };
}

function placeOf(places: Map<Matrix, Place>, language: Matrix): Place {
  const place = places.get(language);
  assert(place !== undefined, 'comparePairs: a language has no place');
  return place;
}

/** @param facts [pairs, FACT_CELLS * n], and what the buffer is longer */
function scansOf(facts: Int32Array, { n, pairs }: Batch): PairScan[] {
  const size = n * FACT_CELLS;
  return pairs.map((_, p) => collectedScan(facts.subarray(p * size, (p + 1) * size)));
}
