import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { alignPicture } from '../../src/projection/procrustes.ts';
import { gaussians, matrixOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { statistics } from '../helpers/golden.ts';

const onto = matrixOf(statistics.procrustes.onto);

describe('alignPicture', () => {
  it.each(statistics.procrustes.cases.map((golden, i) => ({ golden, mirrored: i === 1 })))(
    'agrees with SciPy on a turned and blurred picture, mirrored: $mirrored',
    ({ golden }) => {
      const { fitted, misfit } = alignPicture(matrixOf(golden.picture), onto);
      expectClose(fitted.data, golden.fitted.flat());
      expect(misfit).toBeCloseTo(golden.misfit, 6);
    },
  );

  it('lays a picture onto itself without misfit', () => {
    const { fitted, misfit } = alignPicture(onto, onto);
    expectClose(fitted.data, onto.data);
    expect(misfit).toBeLessThan(1e-12);
  });

  it('says of unrelated pictures that almost everything is missed', () => {
    const [a, b] = [1, 2].map((seed) => matrixOf(gaussians(seededRandom(seed), 2000, 2)));
    expect(alignPicture(a, b).misfit).toBeGreaterThan(0.99);
  });

  it('puts a picture of one place on the middle of the other', () => {
    const place: Matrix = matrix(onto.rows, 2, new Float32Array(onto.rows * 2).fill(4));
    const { fitted, misfit } = alignPicture(place, onto);
    expect(misfit).toBe(1);
    expect(new Set(fitted.data).size).toBe(2);
  });
});
