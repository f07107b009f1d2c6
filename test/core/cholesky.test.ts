import { describe, it } from 'vitest';
import { solveSymmetric } from '../../src/core/cholesky.ts';
import { dot } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { gaussians } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';

describe('solveSymmetric', () => {
  it('finds x = (1, 2) for [[4, 2], [2, 3]] x = (8, 8), and keeps the matrix', () => {
    const a = Float64Array.of(4, 2, 2, 3);
    const x = Float64Array.of(8, 8);
    solveSymmetric(a, [x]);
    expectClose(x, [1, 2], 1e-12);
    expectClose(a, [4, 2, 2, 3], 0);
  });

  it('finds several solutions of a system of twenty', () => {
    const rows = gaussians(seededRandom(1), 20, 20);
    const a = Float64Array.from({ length: 400 }, (_, e) => {
      const [i, j] = [Math.floor(e / 20), e % 20];
      return dot(rows[i], rows[j]) + (i === j ? 1 : 0);
    });
    const wanted = gaussians(seededRandom(2), 3, 20);
    const found = wanted.map((x) =>
      Float64Array.from({ length: 20 }, (_, i) => dot(a.subarray(i * 20, (i + 1) * 20), x)),
    );
    solveSymmetric(a, found);
    found.forEach((x, i) => expectClose(x, wanted[i], 1e-10));
  });
});
