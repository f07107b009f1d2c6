import type { AnswerTable } from '../../core/answers.ts';
import type { LengthBias } from '../../core/lint.ts';
import type { Random } from '../../core/random.ts';
import { bootstrapMean, firstNotBelow, mean, type Interval } from '../../core/statistics.ts';

/** Lengths of both sides of a pair, in characters; both above 0. */
interface Lengths {
  language: number;
  chosen: number;
  rejected: number;
}

/** Whether chosen answers are the longer ones: of all pairs, then by language. Pairs with an empty side are left out. */
export function lengthBias({ training, languages }: AnswerTable, random: Random): LengthBias[] {
  const pairs = training.flatMap(({ language, chosen, rejected }): Lengths[] => {
    const sides = { chosen: lengthOf(chosen), rejected: lengthOf(rejected ?? '') };
    return sides.chosen > 0 && sides.rejected > 0 ? [{ language, ...sides }] : [];
  });
  if (pairs.length === 0) return [];
  const byLanguage = languages.flatMap(({ label }, l) => {
    const own = pairs.filter(({ language }) => language === l);
    return own.length === 0 ? [] : [biasOf(label, own, random)];
  });
  return [biasOf('', pairs, random), ...byLanguage];
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.trim()) length++;
  return length;
}

/** Below this many pairs, and where all pairs say the same, draws of them know too little of what else there could be. */
const FEWEST = 20;

function biasOf(language: string, pairs: Lengths[], random: Random): LengthBias {
  const logRatios = pairs.map(({ chosen, rejected }) => Math.log(chosen / rejected));
  const influences = aucInfluences(
    pairs.map(({ chosen }) => chosen),
    pairs.map(({ rejected }) => rejected),
  );
  return {
    language,
    pairs: pairs.length,
    logRatio: mean(logRatios),
    logRatioInterval: bootstrapMean(logRatios, random),
    auc: mean(influences),
    aucInterval: withinUnit(
      pairs.length < FEWEST || new Set(influences).size === 1
        ? null
        : bootstrapMean(influences, random),
    ),
  };
}

/** Means of influences may lie a little beyond what an area can be. */
function withinUnit(interval: Interval | null): Interval | null {
  return interval && [Math.max(0, interval[0]), Math.min(1, interval[1])];
}

/**
 * Numbers whose mean is the area under the ROC curve of "the longer is the chosen one": the area plus what each pair
 * adds to it, by its chosen answer among all rejected ones and by its rejected answer among all chosen ones.
 *
 * @see DeLong, DeLong and Clarke-Pearson 1988; Obuchowski 1997 for values that come in pairs
 */
export function aucInfluences(chosen: number[], rejected: number[]): Float64Array {
  const [up, down] = [Float64Array.from(chosen).sort(), Float64Array.from(rejected).sort()];
  const above = chosen.map((length) => shareBelow(down, length));
  const below = rejected.map((length) => 1 - shareBelow(up, length));
  const auc = mean(above);
  return Float64Array.from(above, (share, i) => share + below[i] - auc);
}

/** Share of sorted values below a value, equal ones by half. */
function shareBelow(sorted: Float64Array, value: number): number {
  const start = firstNotBelow(sorted, value);
  // Lengths are whole numbers: what is not below the next one is above this one.
  const end = firstNotBelow(sorted, value + 1);
  return (start + end) / 2 / sorted.length;
}
