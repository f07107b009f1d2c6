import { seededRandom } from '../core/random.ts';
import { bootstrapReplicates } from '../core/statistics.ts';

/**
 * Means of the lists in each bootstrap round over the facts, one list after the other; the same facts are drawn for the
 * same set of facts, whatever the lists are. Lists are of one value per fact and hold no NaN. Sums are in double precision
 * and not centred: a round that draws none of the facts in which two runs differ finds no difference, and not a small one.
 *
 * @returns [BOOTSTRAP_ROUNDS] for each list
 */
export type FactDraws = (facts: Int32Array, lists: readonly Float64Array[]) => Float64Array[];

/** Draws for a run. */
export function factDraws(seed: number): FactDraws {
  return (facts, lists) =>
    lists.length === 0 ? [] : bootstrapReplicates(lists, seededRandom(seedOf(seed, facts)));
}

/** One seed for each set of facts (FNV-1a). */
function seedOf(seed: number, facts: Int32Array): number {
  return facts.reduce((hash, fact) => Math.imul(hash ^ fact, 0x01000193), seed ^ 0x811c9dc5);
}
