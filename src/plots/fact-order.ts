import type { Fact } from '../core/corpus.ts';
import type { Language } from '../core/language.ts';

export type SortKey = 'id' | 'topic' | 'drift' | 'language' | 'worst';

interface FactDrift {
  /** Mean drift over the languages that have one, by fact; NaN for none. */
  mean: Float32Array;
  /** Language with the largest drift, by fact; -1 for none. */
  worst: Int32Array;
  /** Largest mean, 0 for none. */
  max: number;
}

/** Summary over languages of each fact's drift. drift: [facts, languages] */
export function factDrift(drift: Float32Array, facts: number, languages: number): FactDrift {
  const mean = new Float32Array(facts);
  const worst = new Int32Array(facts).fill(-1);
  let max = 0;
  for (let f = 0; f < facts; f++) {
    let [sum, n, highest] = [0, 0, -Infinity];
    for (let l = 0; l < languages; l++) {
      const value = drift[f * languages + l];
      if (Number.isNaN(value)) continue;
      sum += value;
      n++;
      if (value > highest) [highest, worst[f]] = [value, l];
    }
    mean[f] = sum / n;
    if (mean[f] > max) max = mean[f];
  }
  return { mean, worst, max };
}

export interface SortChoice {
  key: SortKey;
  descending: boolean;
}

interface SortInput {
  facts: Fact[];
  languages: Language[];
  /** [facts, languages] */
  drift: Float32Array;
  summary: FactDrift;
  /** The language whose own drift key 'language' sorts by. */
  language: number | null;
}

/** Indices of all facts in the chosen order; facts without a value come last either way, ties keep the file's order. */
export function sortFacts(input: SortInput, { key, descending }: SortChoice): Int32Array {
  const ranks = sortValues(input, key);
  const order = Int32Array.from(input.facts.keys());
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [ranks[a], ranks[b]];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return sign * (x - y) || a - b;
  });
}

function sortValues(
  { facts, languages, drift, summary, language }: SortInput,
  key: SortKey,
): ArrayLike<number> {
  if (key === 'id') return ranksOf(facts.map(({ id }) => id));
  if (key === 'topic') return ranksOf(facts.map(({ topic }) => topic));
  if (key === 'worst')
    return ranksOf(Array.from(summary.worst, (l) => (l === -1 ? '' : languages[l].name)));
  if (key === 'language' && language !== null) {
    return Float32Array.from(facts, (_, f) => drift[f * languages.length + language]);
  }
  return summary.mean;
}

/** Rank of each text among the different ones, digits compared as numbers (`q9` before `q10`); NaN for ''. */
function ranksOf(texts: string[]): Float64Array {
  const padded = (text: string): string =>
    text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(16, '0'));
  const different = [...new Set(texts)].map((text) => ({ text, key: padded(text) }));
  different.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const rank = new Map(different.map(({ text }, i) => [text, i]));
  return Float64Array.from(texts, (text) => (text === '' ? NaN : (rank.get(text) ?? NaN)));
}
