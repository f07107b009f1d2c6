import type { TrainingSettings } from '../../core/adapter.ts';
import { cellRows, type ParallelCorpus } from '../../core/corpus.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  randomBelow,
  randomSubset,
  seededRandom,
  shuffle,
  type Random,
} from '../../core/random.ts';
import type { Batch, Objective } from './batch.ts';
import { contrastLoss } from './contrast-loss.ts';
import type { TrainMaterial } from './material.ts';

/** Two languages that share fewer training facts give no batch: there would be hardly a negative. */
const FEWEST_SHARED = 8;

/** Two validation facts are the fewest that have a negative. */
const FEWEST_TO_VALIDATE = 2;

/** Languages, by index, with a < b. */
type Pair = [a: number, b: number];

export interface ContrastObjective extends Objective {
  /** Whether any batch holds the language. [languages] */
  isTrained: boolean[];
}

/**
 * InfoNCE over batches of facts in two languages, drawn among the pairs that share enough facts; only facts that both
 * have. Validation pairs hold every language that shares a validation fact, and stay the same.
 *
 * @param slotOf index of the `down` matrix of a language
 * @throws AnalyzerError `corpus/no-shared-facts`
 */
export function contrastObjective(
  { corpus, vectors, split }: Pick<TrainMaterial, 'corpus' | 'vectors' | 'split'>,
  centred: Matrix,
  { training, seed }: { training: TrainingSettings; seed: number },
  slotOf: (language: number) => number,
): ContrastObjective {
  const shared = sharedRows(corpus, centred);
  const pairs = pairsWith(corpus, (pair) => shared(split.train, pair).length >= FEWEST_SHARED);
  const judged = pairsWith(
    corpus,
    (pair) => shared(split.validation, pair).length >= FEWEST_TO_VALIDATE,
  );
  if (pairs.length === 0) throw tooFewShared('training', FEWEST_SHARED);
  if (judged.length === 0) throw tooFewShared('validation', FEWEST_TO_VALIDATE);
  const batch = (facts: Int32Array, pair: Pair, random: Random): Batch => {
    const rows = shared(facts, pair);
    const chosen = randomSubset(random, training.batch, rows.length);
    const block = (side: 0 | 1): number[] => Array.from(chosen, (i) => rows[i][side]);
    return {
      rows: Int32Array.from([...block(0), ...block(1)]),
      slots: pair.map(slotOf),
      noise: new Float32Array(0),
    };
  };
  const fixed = seededRandom(seed);
  return {
    loss: contrastLoss(training),
    raw: vectors,
    centred,
    draw: (random) => batch(split.train, pairs[randomBelow(random, pairs.length)], random),
    validation: covering(judged, fixed).map((pair) => batch(split.validation, pair, fixed)),
    isTrained: corpus.languages.map((_, l) => pairs.some((pair) => pair.includes(l))),
  };
}

/** Rows of the facts that two languages both have, where something is left of both after centering. */
function sharedRows(
  corpus: ParallelCorpus,
  centred: Matrix,
): (facts: Int32Array, pair: Pair) => [number, number][] {
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const usable = (r: number): boolean => r >= 0 && !Number.isNaN(centred.data[r * centred.columns]);
  return (facts, [a, b]) =>
    Array.from(facts, (fact): [number, number] => [
      cells[fact * L + a],
      cells[fact * L + b],
    ]).filter((rows) => rows.every(usable));
}

function pairsWith({ languages }: ParallelCorpus, fits: (pair: Pair) => boolean): Pair[] {
  return languages.flatMap((_, a) =>
    languages
      .map((__, b): Pair => [a, b])
      .slice(a + 1)
      .filter(fits),
  );
}

/** Pairs in random order, without those whose languages are both in one before. */
function covering(pairs: readonly Pair[], random: Random): Pair[] {
  const seen = new Set<number>();
  const order = shuffle(random, Int32Array.from(pairs.keys()));
  return Array.from(order, (i) => pairs[i]).filter((pair) => {
    const isNew = pair.some((language) => !seen.has(language));
    if (isNew) pair.forEach((language) => seen.add(language));
    return isNew;
  });
}

function tooFewShared(part: string, fewest: number): AnalyzerError {
  return new AnalyzerError(
    'corpus/no-shared-facts',
    `No two languages share ${fewest} ${part} facts with vectors that centering leaves something of.`,
    { hint: 'Give more facts that languages share, or choose an adapter that is not trained.' },
  );
}
