import { expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { seededRandom } from '../../src/core/random.ts';
import { layoutUmap } from '../../src/projection/umap.ts';
import { unwatched } from '../helpers/contexts.ts';
import { gaussians, rowsOf } from '../helpers/corpora.ts';

/** Of the picture below. Whoever changes what the engine computes counts up its version and stores the new one. */
const SHA256 = 'f3ee6907eed73d6e285e4df96488b49512bc17392019b02eb52fbf51cf0cf928';

export function bytesSuite(): void {
  it('gives the same bytes in Node and in Chromium', async () => {
    const random = seededRandom(1);
    const vectors = rowsOf(gaussians(random, 700, 12));
    const start = rowsOf(gaussians(random, 700, 2));
    const neighbors = await createReference().nearest(vectors, 15);
    const { picture } = await layoutUmap({ neighbors, start, seed: 1 }, unwatched);
    const hash = await crypto.subtle.digest('SHA-256', picture.data.slice());
    const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0'));
    expect(hex.join('')).toBe(SHA256);
  });
}
