import type { EmbeddedCorpus, ParallelCorpus } from '../core/corpus.ts';
import type { FactSplit } from '../core/lab.ts';
import { takeRows } from '../core/matrix.ts';
import { seededRandom, shuffle } from '../core/random.ts';

/** Training, validation, test. */
const SHARES = [0.6, 0.2, 0.2] as const;

/** Topics below which facts are split one by one. */
const FEWEST_TOPICS = 10;

/**
 * Facts with at least two renderings in three parts, 60 / 20 / 20, at random. Where there are ten topics or more, a
 * topic's facts stay together, so that no text of an article is trained on that another one is judged by; facts without
 * a topic are topics of their own.
 */
export async function splitFacts(corpus: ParallelCorpus, seed: number): Promise<FactSplit> {
  const facts = translatedFacts(corpus);
  const byTopic = groupsOf(facts, corpus);
  const topics = new Set([...facts].map((fact) => corpus.facts[fact].topic));
  topics.delete('');
  const by = topics.size >= FEWEST_TOPICS ? 'topic' : 'fact';
  const groups = by === 'topic' ? byTopic : Array.from(facts, (fact) => [fact]);
  const [train, validation, test] = dealOut(groups, facts.length, seed);
  const ids = [train, validation, test].map((part) =>
    Array.from(part, (fact) => corpus.facts[fact].id),
  );
  return { train, validation, test, by, hash: await sha256(JSON.stringify(ids)) };
}

/** Facts that can be compared. */
function translatedFacts({ facts, renderings }: ParallelCorpus): Int32Array {
  const counts = new Int32Array(facts.length);
  for (const fact of renderings.fact) counts[fact]++;
  return Int32Array.from(counts.keys()).filter((fact) => counts[fact] >= 2);
}

function groupsOf(facts: Int32Array, corpus: ParallelCorpus): number[][] {
  const groups = new Map<string, number[]>();
  for (const fact of facts) {
    const { id, topic } = corpus.facts[fact];
    const name = topic === '' ? `fact ${id}` : `topic ${topic}`;
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [fact]);
    else known.push(fact);
  }
  return [...groups.values()];
}

/** Each group, the largest first and equal ones in random order, goes to the part that lacks most of its share. */
function dealOut(groups: number[][], count: number, seed: number): Int32Array[] {
  const order = shuffle(seededRandom(seed), Int32Array.from(groups.keys()));
  const sorted = Array.from(order, (g) => groups[g]).sort((a, b) => b.length - a.length);
  const parts: number[][] = SHARES.map(() => []);
  for (const group of sorted) {
    const lacking = parts.map((part, p) => SHARES[p] * count - part.length);
    parts[lacking.indexOf(Math.max(...lacking))].push(...group);
  }
  return parts.map((part) => Int32Array.from(part).sort());
}

/** Hexadecimal; '' where the page is not in a secure context and the browser offers none. */
async function sha256(text: string): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return '';
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Some renderings alone; facts and languages keep their places, unlike in `takeRenderings`. */
export function ofRows({ corpus, vectors }: EmbeddedCorpus, rows: Int32Array): EmbeddedCorpus {
  const { text, fact, language, file, line } = corpus.renderings;
  const renderings = {
    text: Array.from(rows, (r) => text[r]),
    fact: rows.map((r) => fact[r]),
    language: rows.map((r) => language[r]),
    file: rows.map((r) => file[r]),
    line: rows.map((r) => line[r]),
  };
  return { corpus: { ...corpus, renderings }, vectors: takeRows(vectors, rows) };
}
