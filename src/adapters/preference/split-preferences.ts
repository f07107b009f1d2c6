import type { PreferencePairs } from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { seededRandom, shuffle } from '../../core/random.ts';

/** Preference pairs to learn from, to stop by and to judge by; pairs of one group are in one part. */
export interface PreferenceParts {
  train: PreferencePairs;
  validation: PreferencePairs;
  test: PreferencePairs;
  /** Rows that each test pair's query chooses among; one array for all that choose among the same. [test pairs] */
  candidates: Int32Array[];
  /** Unit rows of the pairs' texts after centering, which is the reference; NaN where there is none. [rows, d] */
  centred: Matrix;
  leftOut: { reason: string; pairs: number }[];
}

/** Shares of the groups to learn from, and up to the end of those to stop by; as facts are split. */
const [LEARN, STOP] = [0.6, 0.8];

/** With fewer groups a part would be empty. */
const FEWEST_GROUPS = 5;

/**
 * Pairs made of answers, by group at random into 60, 20 and 20 %; groups whose query is the text of a held-out fact are judged
 * by, too, and never learned from. Left out: pairs with a text in a language without a
 * mean, and those whose query has a single candidate (the texts of its group in the chosen text's language), between
 * which there is nothing to prefer.
 *
 * @param centred unit rows of the pairs' texts, NaN where there is none. [rows, d]
 * @param isHeldOut by row of the pairs' texts
 * @throws AnalyzerError `usage` where fewer than five groups are left to be split
 */
export function splitPreferences(
  pairs: PreferencePairs,
  centred: Matrix,
  seed: number,
  isHeldOut: (row: number) => boolean,
): PreferenceParts {
  const candidates = candidatesOf(pairs);
  const isKnown = (p: number): boolean =>
    [pairs.query[p], pairs.chosen[p], pairs.rejected[p]].every(
      (r) => !Number.isNaN(centred.data[r * centred.columns]),
    );
  const all = Int32Array.from(pairs.query.keys());
  const known = all.filter(isKnown);
  const good = known.filter((p) => candidates(p).length > 1);
  const groupOf = (p: number): number => pairs.group[p];
  const judged = new Set(good.filter((p) => isHeldOut(pairs.query[p])).map(groupOf));
  const free = [...new Set(good.map(groupOf))].filter((group) => !judged.has(group));
  const groups = shuffle(seededRandom(seed), Int32Array.from(free));
  if (groups.length < FEWEST_GROUPS) throw tooFew(groups.length, all.length - good.length);
  const [learn, stop] = [LEARN, STOP].map((share) => Math.round(share * groups.length));
  const part = (members: Iterable<number>): Int32Array => {
    const wanted = new Set(members);
    return good.filter((p) => wanted.has(pairs.group[p]));
  };
  const test = part([...groups.subarray(stop), ...judged]);
  return {
    train: takePairs(pairs, part(groups.subarray(0, learn))),
    validation: takePairs(pairs, part(groups.subarray(learn, stop))),
    test: takePairs(pairs, test),
    candidates: Array.from(test, candidates),
    centred,
    leftOut: [
      {
        reason: 'a text is in a language without training facts',
        pairs: all.length - known.length,
      },
      { reason: 'the query has a single candidate', pairs: known.length - good.length },
    ].filter((entry) => entry.pairs > 0),
  };
}

/** The candidates of a pair's query: rows of its group in the chosen text's language. */
function candidatesOf(pairs: PreferencePairs): (pair: number) => Int32Array {
  const { language, query, chosen, rejected, group } = pairs;
  const keyOf = (p: number, r: number): string => `${group[p]} ${language[r]}`;
  const sets = new Map<string, Set<number>>();
  for (const p of query.keys()) {
    for (const r of [chosen[p], rejected[p]]) {
      const known = sets.get(keyOf(p, r));
      if (known === undefined) sets.set(keyOf(p, r), new Set([r]));
      else known.add(r);
    }
  }
  const rows = new Map([...sets].map(([key, set]) => [key, Int32Array.from(set)]));
  return (p) => rows.get(keyOf(p, chosen[p]))!;
}

/** The pairs with the given indices, over the same texts. */
function takePairs(pairs: PreferencePairs, indices: Int32Array): PreferencePairs {
  const { query, chosen, rejected, group, noise } = pairs;
  const take = (column: Int32Array): Int32Array => indices.map((p) => column[p]);
  return {
    ...pairs,
    query: take(query),
    chosen: take(chosen),
    rejected: take(rejected),
    group: take(group),
    noise: Float32Array.from(indices, (p) => noise[p]),
  };
}

function tooFew(groups: number, leftOut: number): AnalyzerError {
  return new AnalyzerError(
    'usage',
    `The preference pairs are of ${groups} questions that are no held-out facts, once ${leftOut} pairs are left out; training, stopping and judging need ${FEWEST_GROUPS}.`,
    { hint: 'Give answers to more questions, or take the pairs from the facts.' },
  );
}
