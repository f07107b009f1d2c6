import { matrix, type Products } from '../../core/matrix.ts';
import { MOST_DIRECTIONS } from '../../core/treatment.ts';
import { leadingDirections } from '../../metrics/centering.ts';
import type { LanguageRows } from './language-rows.ts';
import type { MapAt } from './maps-at.ts';

/**
 * T1: rows, not centred, without their parts along the first c right singular vectors of the language's training rows.
 * Strength: c, 1 to 8.
 *
 * @see Yang et al. 2021, arXiv 2109.04727
 */
export async function lir({ x }: LanguageRows, products: Products): Promise<MapAt> {
  const { columns, data } = await leadingDirections(x, MOST_DIRECTIONS, products);
  return async (c) => ({
    kind: 'remove',
    directions: matrix(c, columns, data.slice(0, c * columns)),
  });
}
