import { describe, expect, it } from 'vitest';
import { METRIC_FAMILIES, METRICS, metricCard } from '../../src/core/metric-catalog.ts';
import { BUNDLED_MODEL, cardOf, isHubId, MODELS } from '../../src/core/models.ts';
import { matricesOf } from '../../src/metrics/matrices.ts';

describe('the list of encoders', () => {
  it('names each once; all but the bundled one by a hub id', () => {
    const ids = MODELS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !isHubId(id))).toEqual([BUNDLED_MODEL]);
    expect(MODELS.filter(({ source }) => source === 'bundled').map(({ id }) => id)).toEqual([
      BUNDLED_MODEL,
    ]);
  });

  it('has a SHA-256 for every file of the bundled encoder', () => {
    const files = cardOf(BUNDLED_MODEL)?.files ?? {};
    expect(Object.keys(files)).toContain('reference.json');
    for (const hash of Object.values(files)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('asks for the prefix of E5 and of no other', () => {
    expect(
      MODELS.filter(({ prefix }) => prefix !== '').map(({ id, prefix }) => `${id} ${prefix}`),
    ).toEqual(['Xenova/multilingual-e5-small query: ', 'Xenova/multilingual-e5-base query: ']);
  });
});

describe('isHubId', () => {
  it.each(['Xenova/LaBSE', 'a.b/c-d_e.f'])('accepts %s', (id) => {
    expect(isHubId(id)).toBe(true);
  });
  it.each(['LaBSE', '/LaBSE', 'a/', 'a/b/c', '../b', 'a/..', 'a b/c', 'a/b?c', 'https://a/b', ''])(
    'refuses "%s"',
    (id) => {
      expect(isHubId(id)).toBe(false);
    },
  );
});

describe('the catalog of metrics', () => {
  it('has one card for every matrix of a report', () => {
    expect(METRICS.map(({ id }) => id).sort()).toEqual(Object.keys(matricesOf([], 2)).sort());
    for (const { id } of METRICS) expect(metricCard(id).id).toBe(id);
  });

  it('puts every metric into one family', () => {
    expect(METRIC_FAMILIES.flatMap(({ cards }) => cards)).toEqual(METRICS);
  });

  it('says the direction that a language’s value with itself shows', () => {
    for (const { id, direction, self } of METRICS) {
      if (self === null) continue;
      expect(`${id} ${direction}`).toBe(`${id} ${self === 1 ? 'higher' : 'lower'} is closer`);
    }
  });
});
