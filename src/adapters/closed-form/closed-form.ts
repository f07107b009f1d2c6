import type { LanguageMap, LinearMap } from '../../core/adapter.ts';
import type { Products } from '../../core/matrix.ts';
import { sidesOf, type LanguageRows } from './language-rows.ts';
import { lir } from './lir.ts';
import { CENTERING_ALONE, type MapAt } from './maps-at.ts';
import { procrustes } from './procrustes.ts';
import { ridge } from './ridge.ts';

/** T0 to T3: what is solved for, not trained. */
export type ClosedFormMethod = 'centering' | 'lir' | 'procrustes' | 'ridge';

export interface ClosedForm {
  method: ClosedFormMethod;
  /** Index of the language that the others are mapped onto. */
  target: 'centroid' | number;
}

/** Maps of all languages, in their order, at a strength. */
export type MapsAt = (strength: number) => Promise<LanguageMap[]>;

/**
 * Maps of the languages, fitted on their rows. T2 and T3 leave a target language as it is once it is centred.
 *
 * @param pause awaited between languages; what it throws ends the call
 */
export async function mapsOf(
  { method, target }: ClosedForm,
  languages: readonly LanguageRows[],
  products: Products,
  pause: () => Promise<void>,
): Promise<MapsAt> {
  const sides = sidesOf(languages, target);
  const fits: MapAt[] = [];
  for (const [l, language] of languages.entries()) {
    const isCentredAlone = method === 'centering' || l === target || language.facts.length === 0;
    if (isCentredAlone) fits.push(async () => CENTERING_ALONE);
    else if (method === 'lir') fits.push(await lir(language, products));
    else fits.push(await { procrustes, ridge }[method](sides(l), products));
    await pause();
  }
  return async (strength) => {
    const maps: LanguageMap[] = [];
    for (const [l, { tag, mean }] of languages.entries()) {
      const linear: LinearMap = await fits[l](strength);
      maps.push({ tag, mean: method === 'lir' ? null : mean, linear });
      await pause();
    }
    return maps;
  };
}
