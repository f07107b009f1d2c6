import type { LabCard } from './lab.ts';
import { LANGUAGE_CARDS } from './language-cards.ts';
import { metricCard } from './metric-catalog.ts';

const FAMSS = 'Liu et al. 2025, FaMSS, arXiv 2406.14434; analysis of variance of Scheffé 1959';

const SHARE_OF =
  'Of the facts with a text in every language, z-scored as the vectors of the training facts were before any adapter.';

/** What adapters are judged by, in the order it is shown in. */
export const LAB_CARDS: readonly LabCard[] = [
  {
    id: 'disparity',
    name: 'Disparity W',
    direction: 'lower is closer',
    definition: `Share of the variance that the language and its interaction with the fact explain; mean language bias is 2L / (L − 1) times it. In [0, 1]. ${SHARE_OF}`,
    source: FAMSS,
  },
  {
    id: 'fact_share',
    name: 'Fact share',
    direction: 'higher is closer',
    definition: `Share of the variance that the fact explains, whatever the language: 1 − W. In [0, 1]. ${SHARE_OF}`,
    source: FAMSS,
  },
  {
    id: 'language_share',
    name: 'Language share',
    direction: 'lower is closer',
    definition: `Share of the variance that the language explains, whatever the fact: what centering takes away. In [0, 1]. ${SHARE_OF}`,
    source: FAMSS,
  },
  {
    id: 'interaction_share',
    name: 'Interaction share',
    direction: 'lower is closer',
    definition: `The rest of the variance: misalignment fact by fact. In [0, 1]. ${SHARE_OF}`,
    source: FAMSS,
  },
  {
    id: 'mexa',
    name: 'MEXA at equal facts',
    direction: 'higher is closer',
    definition:
      'Share of facts whose match is nearer than every other fact in both directions, as it is to be expected among 100 facts (fewer where two languages share fewer); mean over pairs of languages. In [0, 1].',
    source: metricCard('mexa_100').source,
  },
  {
    id: 'strong',
    name: 'Strong alignment',
    direction: 'higher is closer',
    definition:
      'Share of facts whose match in another language is nearer than every other fact in the own one; mean over pairs, both ways. In [0, 1]; falls as the number of facts grows.',
    source: metricCard('strong').source,
  },
  {
    id: 'map',
    name: 'mAP in the pool',
    direction: 'higher is closer',
    definition: LANGUAGE_CARDS.averagePrecision.definition,
    source: LANGUAGE_CARDS.averagePrecision.source,
  },
  {
    id: 'cka_debiased',
    name: 'Debiased CKA',
    direction: 'higher is closer',
    definition:
      'How alike two languages place the facts, whatever the rotation and offset; mean over pairs. 0 for unrelated vectors, 1 for the same structure.',
    source: metricCard('cka_debiased').source,
  },
  {
    id: 'hub_skewness',
    name: 'Hub skewness in the pool',
    direction: 'lower is closer',
    definition:
      'Third standardized moment of N₁₀, in how many lists of the 10 nearest a text of the pool is: above 0 where a few texts are near to many. Without interval.',
    source: metricCard('hub_skewness').source,
  },
  {
    id: 'democratization',
    name: 'Democratization of MEXA',
    direction: 'higher is closer',
    definition:
      'Mean over best of the languages’ MEXA, each language’s being the mean with the others: 1 is even, also where all are equally bad. In (0, 1]; not defined below three languages.',
    source: 'Huang et al. 2023, arXiv 2305.07004',
  },
  {
    id: 'worst_language',
    name: 'MEXA of the worst language',
    direction: 'higher is closer',
    definition: 'The least of the languages’ MEXA, each being the mean with the others. In [0, 1].',
    source: metricCard('mexa_100').source,
  },
  {
    id: 'language_probe',
    name: 'Language told by a probe',
    direction: 'lower is closer',
    definition:
      'Accuracy of a linear probe that tells the language from the vector, in five folds by fact: how much language identity is left. Chance is 1 / L. Without interval.',
    source: 'Alain and Bengio 2016, arXiv 1610.01644',
  },
  {
    id: 'neighbor_consistency',
    name: 'Neighbour-rank consistency',
    direction: 'higher is closer',
    definition: metricCard('rank_consistency').definition,
    source: metricCard('rank_consistency').source,
  },
];

export function labCard(id: LabCard['id']): LabCard {
  return LAB_CARDS.find((card) => card.id === id)!;
}
