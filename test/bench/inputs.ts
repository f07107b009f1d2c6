import Papa from 'papaparse';
import { randomRows } from '../../src/compute/self-check.ts';
import { matrix, normalizeRows, type Matrix } from '../../src/core/matrix.ts';
import { randomBelow, seededRandom } from '../../src/core/random.ts';

/** Dimensions of the encoders that are used most. */
export const DIMENSIONS = 384;

/** Points that share a centre, as the renderings of one fact do. */
const CLUSTER = 20;

/** Unit rows around unit centres: a mixture with about twenty points for each. [n, d] */
export function clusteredRows(seed: number, n: number, d = DIMENSIONS): Matrix {
  const random = seededRandom(seed);
  const centres = randomRows(random, Math.max(1, Math.round(n / CLUSTER)), d);
  const result = randomRows(random, n, d);
  for (let i = 0; i < n; i++) {
    const centre = randomBelow(random, centres.rows) * d;
    for (let k = 0; k < d; k++) result.data[i * d + k] += centres.data[centre + k];
  }
  return normalizeRows(result);
}

/** A language and its translation: row i of Y lies near row i of X. [n, d] each */
export function languagePair(seed: number, n: number, d = DIMENSIONS): { x: Matrix; y: Matrix } {
  const random = seededRandom(seed);
  const x = clusteredRows(seed, n, d);
  const noise = randomRows(random, n, d);
  const y = matrix(
    n,
    d,
    x.data.map((value, e) => value + noise.data[e]),
  );
  return { x, y: normalizeRows(y) };
}

/** Columns of the example before those of the languages: id, topic, hard. */
const FIRST_LANGUAGE = 3;

/**
 * Texts of like spread as real ones: one to four sentences of one language of the example, all different.
 *
 * @param table the example, one column for each language
 */
export function mixedTexts(table: string, count: number, seed: number): string[] {
  const [head, ...facts] = Papa.parse<string[]>(table.trim()).data;
  const languages = head.flatMap((_, column) => (column < FIRST_LANGUAGE ? [] : [column]));
  const random = seededRandom(seed);
  const texts = new Set<string>();
  while (texts.size < count) {
    const column = languages[randomBelow(random, languages.length)];
    // Short texts are frequent, long ones rare.
    const sentences = 1 + Math.floor(4 * random() ** 3);
    const picked = Array.from(
      { length: sentences },
      () => facts[randomBelow(random, facts.length)][column],
    );
    texts.add(picked.join(' '));
  }
  return [...texts];
}

/** First twelve digits of the SHA-256 of the bytes, one after the other. */
export async function hashOf(...parts: (ArrayBufferView | string)[]): Promise<string> {
  const bytes = new Blob(parts as BlobPart[]);
  const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return digits.join('').slice(0, 12);
}
