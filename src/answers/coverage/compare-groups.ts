import type { GroupComparison, GroupMean } from '../../core/coverage.ts';
import { shuffle, type Random } from '../../core/random.ts';
import { bootstrapMean, mean } from '../../core/statistics.ts';

const PERMUTATIONS = 9999;

/** A language's group and its score, neither missing. */
export interface GroupedScore {
  language: string;
  group: string;
  score: number;
}

/**
 * Means of groups with their bootstrap intervals over languages, and the permutation test of whether groups differ: the F
 * of the one-way analysis of variance against that of random groupings of the same sizes.
 *
 * @see Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses
 */
export function compareGroups(
  scores: readonly GroupedScore[],
  random: Random,
): Pick<GroupComparison, 'languages' | 'groups' | 'f' | 'p'> {
  const names = [...new Set(scores.map(({ group }) => group))].sort();
  const groups = names.map((name) => groupMean(name, scores, random));
  const membership = scores.map(({ group }) => names.indexOf(group));
  const values = Float64Array.from(scores, ({ score }) => score);
  return { languages: scores.length, groups, ...permutationTest(values, membership, random) };
}

function groupMean(name: string, scores: readonly GroupedScore[], random: Random): GroupMean {
  const own = scores.filter(({ group }) => group === name);
  const values = own.map(({ score }) => score);
  return {
    group: name,
    languages: own.map(({ language }) => language),
    mean: mean(values),
    interval: bootstrapMean(values, random),
  };
}

/** Two groupings whose F differ by no more than rounding are as strong. */
const ROUNDING = 1e-12;

function permutationTest(
  values: Float64Array,
  membership: readonly number[],
  random: Random,
): { f: number; p: number } {
  const groups = new Set(membership).size;
  const within = values.length - groups;
  const centre = mean(values);
  const total = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  if (groups < 2 || within < 1 || total === 0) return { f: NaN, p: NaN };
  // With the same total, F grows with what lies between the groups: that is compared.
  const between = betweenGroups(values, membership, centre);
  let strong = 1;
  const shuffled = values.slice();
  for (let round = 0; round < PERMUTATIONS; round++) {
    const other = betweenGroups(shuffle(random, shuffled), membership, centre);
    if (other >= between - ROUNDING * total) strong++;
  }
  return {
    f: between / (groups - 1) / ((total - between) / within),
    p: strong / (PERMUTATIONS + 1),
  };
}

function betweenGroups(
  values: Float64Array,
  membership: readonly number[],
  centre: number,
): number {
  const sums: number[] = [];
  const counts: number[] = [];
  membership.forEach((group, i) => {
    sums[group] = (sums[group] ?? 0) + values[i] - centre;
    counts[group] = (counts[group] ?? 0) + 1;
  });
  return sums.reduce((total, sum, group) => total + (sum * sum) / counts[group], 0);
}
