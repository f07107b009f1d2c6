import { dot, row, transpose, type Matrix } from '../../core/matrix.ts';
import { seededRandom } from '../../core/random.ts';

const MOST_ROUNDS = 1000;

/**
 * Largest singular value, by power iteration on MᵀM, to about 1e-9 of itself; never above the true one but for rounding.
 *
 * @see Golub and Van Loan, section 8.2
 */
export function spectralNorm(m: Matrix): number {
  const turned = transpose(m);
  const random = seededRandom(1);
  let direction: Float64Array = Float64Array.from({ length: m.columns }, () => random() - 0.5);
  let norm = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const length = Math.sqrt(dot(direction, direction));
    if (length === 0) return 0;
    const image = times(
      m,
      direction.map((value) => value / length),
    );
    const before = norm;
    norm = Math.sqrt(dot(image, image));
    if (norm - before <= 1e-12 * norm) break;
    direction = times(turned, image);
  }
  return norm;
}

function times(m: Matrix, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: m.rows }, (_, i) => dot(row(m, i), direction));
}
