import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { cka, ckaSide } from '../../src/metrics/cka.ts';
import { languageBias } from '../../src/metrics/language-bias.ts';
import { dissimilarities, rsa } from '../../src/metrics/rsa.ts';
import { separability } from '../../src/metrics/separability.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses } from '../helpers/golden.ts';
import { goldenPairs, products, scanOf } from '../helpers/pairs.ts';

type Name = keyof typeof lenses.linearized;

/** Languages 0 and 3, all 40 facts. */
const { pair, golden } = goldenPairs[2];

async function partsOf({ x, y }: typeof pair): Promise<Record<Name, Float64Array>> {
  const { contrast, calibrated, auc, dPrime } = separability(await scanOf({ x, y }));
  const { linear, debiased } = await cka(
    await ckaSide(x, products),
    await ckaSide(y, products),
    products,
  );
  const unscaled = {
    mean: new Float64Array(x.columns),
    deviation: new Float64Array(x.columns).fill(1),
  };
  return {
    contrast,
    calibrated,
    auc,
    d_prime: dPrime,
    cka: linear,
    cka_debiased: debiased,
    rsa: rsa(await dissimilarities(x, products), await dissimilarities(y, products)),
    bias_centroid: languageBias(x, y, unscaled).centroid,
  };
}

describe('the parts of a linearized metric', () => {
  it.each(Object.keys(lenses.linearized) as Name[])(
    'are its value and its derivative along the weight of each fact, as NumPy has them: %s',
    async (name) => {
      expectClose((await partsOf(pair))[name], lenses.linearized[name], 1e-4);
    },
  );

  it('have the metric for their mean', async () => {
    const parts = await partsOf(pair);
    expectClose(
      [parts.contrast, parts.auc, parts.d_prime, parts.cka, parts.cka_debiased, parts.rsa].map(
        mean,
      ),
      [
        golden.contrast,
        golden.auc,
        golden.dPrime,
        golden.cka.linear,
        golden.cka.debiased ?? NaN,
        golden.rsa.spearman ?? NaN,
      ],
      1e-6,
    );
    expect([golden.a, golden.b]).toEqual([0, 3]);
  });
});
