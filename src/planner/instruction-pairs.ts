import { cellRows, type ParallelCorpus } from '../core/corpus.ts';
import type { InstructionPair, LanguageAllocation } from '../core/plan.ts';
import { randomSubset, seededRandom, shuffle } from '../core/random.ts';

/**
 * Translation instructions for each selected language: of the facts with texts in it and in the pivot as many as fact
 * translations are planned, drawn by the seed where there are more. A seeded coin says which of the two texts is given. All
 * are in random order, so that any part of them is a sample.
 *
 * @see Liu et al. 2025 (FaMSS, arXiv 2406.14434) for the pattern
 */
export function instructionPairs(
  corpus: ParallelCorpus,
  pivot: number,
  { allocation, seed }: { allocation: readonly LanguageAllocation[]; seed: number },
): InstructionPair[] {
  const { languages, renderings } = corpus;
  const cells = cellRows(corpus);
  const random = seededRandom(seed);
  const side = (fact: number, l: number): Side => ({
    tag: languages[l].tag,
    text: renderings.text[cells[fact * languages.length + l]],
  });
  const pairs = allocation.flatMap(({ language, types }) => {
    const shared = sharedFacts(cells, languages.length, [language, pivot]);
    const chosen = randomSubset(random, types.fact, shared.length);
    return Array.from(chosen, (i) => {
      const [own, anchor] = [side(shared[i], language), side(shared[i], pivot)];
      return random() < 0.5 ? instruction(own, anchor) : instruction(anchor, own);
    });
  });
  return Array.from(shuffle(random, Int32Array.from(pairs.keys())), (i) => pairs[i]);
}

interface Side {
  tag: string;
  text: string;
}

/** Facts with both languages; none where they are the same. */
export function sharedFacts(
  cells: Int32Array,
  L: number,
  [a, b]: readonly [number, number],
): number[] {
  const shared: number[] = [];
  for (let start = 0; a !== b && start < cells.length; start += L) {
    if (cells[start + a] >= 0 && cells[start + b] >= 0) shared.push(start / L);
  }
  return shared;
}

function instruction(from: Side, to: Side): InstructionPair {
  return {
    from: from.tag,
    to: to.tag,
    prompt: `Two texts, the first in ${from.tag} and the second in ${to.tag}, have the same meaning. Write the second one.\n${from.tag}: ${from.text} => ${to.tag}:`,
    output: to.text,
  };
}
