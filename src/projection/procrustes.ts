import { assertSameShape, matrix, meanRow, type Matrix } from '../core/matrix.ts';

/**
 * A picture moved, turned, mirrored where that fits better, and scaled onto another one of the same points, by least
 * squares. Distances within it keep their proportions.
 *
 * @param picture, onto [n, 2], row by row the same rendering
 * @returns the fitted picture in the frame of `onto`, and the share of `onto`'s variance that it misses, in [0, 1]
 * @see Gower 1975, generalized Procrustes analysis
 */
export function alignPicture(picture: Matrix, onto: Matrix): { fitted: Matrix; misfit: number } {
  assertSameShape(picture, onto, 'alignPicture');
  const [from, to] = [meanRow(picture), meanRow(onto)];
  // As complex numbers a turn with a scale is one factor; mirrored, it acts on the conjugate.
  let [re, im, mirroredRe, mirroredIm, own, theirs] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < picture.rows; i++) {
    const [x, y] = [picture.data[2 * i] - from[0], picture.data[2 * i + 1] - from[1]];
    const [u, v] = [onto.data[2 * i] - to[0], onto.data[2 * i + 1] - to[1]];
    re += u * x + v * y;
    im += v * x - u * y;
    mirroredRe += u * x - v * y;
    mirroredIm += v * x + u * y;
    own += x * x + y * y;
    theirs += u * u + v * v;
  }
  const isMirrored = Math.hypot(mirroredRe, mirroredIm) > Math.hypot(re, im);
  const [p, q] = isMirrored ? [mirroredRe, mirroredIm] : [re, im];
  const scale = own === 0 ? 0 : 1 / own;
  const fitted = matrix(picture.rows, 2);
  for (let i = 0; i < picture.rows; i++) {
    const x = picture.data[2 * i] - from[0];
    const y = (picture.data[2 * i + 1] - from[1]) * (isMirrored ? -1 : 1);
    fitted.data[2 * i] = to[0] + scale * (p * x - q * y);
    fitted.data[2 * i + 1] = to[1] + scale * (p * y + q * x);
  }
  const misfit = own === 0 || theirs === 0 ? 1 : 1 - (p * p + q * q) / (own * theirs);
  return { fitted, misfit: Math.max(0, misfit) };
}
