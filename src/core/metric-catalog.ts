import {
  CLOSENESS,
  DISTANCE,
  SHARE,
  type FamilyCard,
  type MetricCard,
  type MetricFamily,
} from './metric-card.ts';
import type { MatrixId } from './report.ts';
import { MARGIN_CARDS, RETRIEVAL_CARDS } from './retrieval-cards.ts';

const FAMSS = 'Liu et al. 2025, FaMSS, arXiv 2406.14434';

const HUBS = 'Feldbauer, Rattei and Flexer 2020, scikit-hubness';

const EVEN = {
  ...DISTANCE,
  dependsOnFacts: true,
  self: null,
  symmetric: false,
  interval: null,
  chance: null,
} as const;

/** In the order they are shown in. */
const CARDS: Record<MetricFamily, FamilyCard[]> = {
  Cosines: [
    {
      ...CLOSENESS,
      id: 'calibrated',
      name: 'Calibrated alignment',
      quantity: 'Calibrated alignment (matched cosine, floor at 0)',
      definition:
        '(m - f) / (1 - f), where m is the mean cosine of matched pairs and f, the floor, that of mismatched pairs: 0 means no nearer than chance, 1 means identical. Not defined below two facts.',
      source: 'permutation floor of matched cosines',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0,
    },
    {
      ...CLOSENESS,
      id: 'mean_cosine',
      name: 'Mean cosine',
      quantity: 'Mean cosine of matched pairs',
      definition:
        'Mean cosine of the two renderings of each shared fact. Read it beside its floor: some encoders give every pair of texts a high cosine.',
      source: 'cross-lingual alignment',
      symmetric: true,
      interval: 'bootstrap over facts',
      chance: null,
    },
    {
      ...CLOSENESS,
      self: null,
      id: 'contrast',
      name: 'Contrast',
      quantity: 'Contrast (matched minus mismatched mean cosine)',
      definition:
        'm - f, in [-2, 2]: mean cosine of matched pairs less the floor, that of mismatched pairs; 0 is chance. Not divided by the room above the floor, as calibrated alignment is.',
      source: 'mean difference of matched and mismatched cosines',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0,
    },
    {
      ...CLOSENESS,
      id: 'auc',
      name: 'AUC',
      quantity: 'AUC (chance that a match beats a mismatched pair)',
      definition:
        'P(S[i,i] > S[j,k]), j ≠ k, ties half: the chance that a matched pair has a higher cosine than a mismatched pair of any two facts. In [0, 1]; 0.5 is chance.',
      source: 'Mann and Whitney 1947',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0.5,
    },
    {
      ...CLOSENESS,
      id: 'row_auc',
      name: 'Row-wise AUC',
      quantity: 'Row-wise AUC, row to column (share of rivals below the match)',
      definition:
        'Mean over facts in the row’s language of the share of other facts in the column’s language that lie below the match, ties half: 1 - (rank - 1) / (n - 1). In [0, 1]; 0.5 is chance. Unlike AUC it compares each fact with its own floor.',
      source: 'Mann and Whitney 1947, by fact',
      symmetric: false,
      interval: 'bootstrap over facts',
      chance: 0.5,
    },
    {
      ...CLOSENESS,
      self: null,
      id: 'd_prime',
      name: 'Effect size d′',
      quantity: 'Effect size d′ (standard deviations)',
      definition:
        '(m - f) / √((s² + t²) / 2), where s² and t² are the sample variances of the matched and of the mismatched cosines: contrast in units of the spread; 0 is chance, without upper bound.',
      source: 'Green and Swets 1966',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0,
    },
  ],
  Retrieval: RETRIEVAL_CARDS,
  Margins: MARGIN_CARDS,
  'Within the language': [
    {
      ...SHARE,
      id: 'strong',
      name: 'Strong alignment',
      quantity: 'Strong alignment of row to column (share of facts)',
      definition:
        'Share of facts in the row’s language whose match in the column’s language is nearer than every other fact in the row’s own language; a tie is a miss. Falls as the number of facts grows.',
      source: 'Roy et al. 2020, LAReQA, arXiv 2004.05484',
      symmetric: false,
      interval: 'Wilson',
      chance: null,
    },
    {
      ...DISTANCE,
      dependsOnFacts: true,
      id: 'same_language_bias',
      name: 'Same-language bias',
      quantity: 'Same-language bias of row against column (cosine)',
      definition:
        'Mean over facts of max(0, q - S[i,i]), where q is the best cosine with another fact in the row’s own language: by how much the own language is nearer than the match. In [0, 2]; 0 where strong alignment is 1. Grows with the number of facts.',
      source: 'Roy et al. 2020, LAReQA, arXiv 2004.05484',
      symmetric: false,
      interval: 'bootstrap over facts',
      chance: null,
    },
  ],
  Structure: [
    {
      ...CLOSENESS,
      dependsOnFacts: true,
      id: 'cka',
      name: 'Linear CKA',
      quantity: 'Linear CKA',
      definition:
        '⟨HKH, HMH⟩ / (‖HKH‖ ‖HMH‖), K and M being the cosines between the facts within each language, H taking away means: how alike two languages place the facts, whatever the rotation, offset and scale. In [0, 1]. Not 0 for unrelated vectors: nears 1 where there are far more dimensions than facts. Not defined below 3 facts: two always stand alike.',
      source: 'Kornblith et al. 2019, arXiv 1905.00414',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: null,
    },
    {
      ...CLOSENESS,
      id: 'cka_debiased',
      name: 'Debiased CKA',
      quantity: 'Debiased CKA',
      definition:
        'HSIC₁(K, M) / √(HSIC₁(K, K) HSIC₁(M, M)), with Song et al.’s unbiased HSIC₁: 0 for unrelated vectors, 1 for the same structure; may be below 0. The one to read with few facts. Not defined below 4 facts.',
      source: 'Song et al. 2012; Nguyen et al. 2021, arXiv 2010.15327',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0,
    },
    {
      ...CLOSENESS,
      id: 'rsa',
      name: 'RSA',
      quantity: 'RSA (Spearman correlation)',
      definition:
        'Rank correlation, over all pairs of facts, of their cosines within the one language and within the other. In [-1, 1]; 0 for unrelated vectors. Not defined below 3 facts, and above 2,000, whose pairs are too many to hold.',
      source: 'Kriegeskorte, Mur and Bandettini 2008',
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: 0,
    },
    {
      ...CLOSENESS,
      dependsOnFacts: true,
      id: 'rank_consistency',
      name: 'Neighbour-rank consistency',
      quantity: 'Neighbour-rank consistency (RankC)',
      definition:
        'RankC of each fact’s 10 nearest facts within the one language and within the other: Σ wⱼ |topⱼ ∩ top′ⱼ| / j, w = softmax(10, …, 1), so that the nearest one counts 63 %; mean over facts. In [0, 1]. Says that neighbours agree, not that they are right. Falls as the number of facts grows. Not defined below 3 facts.',
      source: 'Qi, Fernández and Bisazza 2023, RankC, arXiv 2310.10378, on neighbours',
      symmetric: true,
      interval: 'bootstrap over facts',
      chance: null,
    },
  ],
  Hubness: [
    {
      ...EVEN,
      id: 'hub_skewness',
      name: 'Hub skewness',
      quantity: 'Skewness of the 10-occurrence of the column’s texts',
      definition:
        'Every text of the row’s language names its 10 nearest in the column’s, the match among the candidates; N₁₀ counts how often a text is named. This is the third standardized moment of N₁₀: 0 for a symmetric spread, above 0 where a few texts are near to many. Depends on the number of facts. Not defined for 10 facts or fewer.',
      source: 'Radovanović, Nanopoulos and Ivanović 2010',
    },
    {
      ...EVEN,
      id: 'robin_hood',
      name: 'Robin Hood index',
      quantity: 'Robin Hood index of the 10-occurrence of the column’s texts',
      definition:
        '½ Σ |N₁₀ - mean| / Σ N₁₀: the share of places among nearest texts that would have to change hands for all texts of the column’s language to have as many. In [0, 1). Depends on the number of facts. Not defined for 10 facts or fewer.',
      source: HUBS,
    },
    {
      ...EVEN,
      id: 'antihubs',
      name: 'Antihubs',
      quantity: 'Antihubs (share of the column’s texts)',
      definition:
        'Share of the texts of the column’s language that are among the 10 nearest of no text of the row’s. In [0, 1). Depends on the number of facts. Not defined for 10 facts or fewer.',
      source: HUBS,
    },
  ],
  'Language bias (FaMSS)': [
    {
      ...DISTANCE,
      id: 'bias',
      name: 'Language bias B',
      quantity: 'Language bias B (mean squared z-score distance)',
      definition:
        'Mean squared distance of the two renderings of each fact, per dimension, after z-scoring over all texts: 0 is identical, 2 means that one language tells nothing about the other. Adding a language changes every B.',
      source: FAMSS,
      symmetric: true,
      interval: 'bootstrap over facts',
      chance: null,
    },
    {
      ...DISTANCE,
      id: 'bias_centroid',
      name: 'B, centroid part',
      quantity: 'Centroid part of B (mean squared z-score distance)',
      definition:
        'The part of B that the distance of the two languages’ means explains; centering each language removes it.',
      source: `${FAMSS}; law of total variance`,
      symmetric: true,
      interval: 'bootstrap over facts, linearized',
      chance: null,
    },
    {
      ...DISTANCE,
      id: 'bias_residual',
      name: 'B, residual part',
      quantity: 'Residual part of B (mean squared z-score distance)',
      definition:
        'The part of B that is left after each language’s mean is taken away: misalignment fact by fact.',
      source: `${FAMSS}; law of total variance`,
      symmetric: true,
      interval: 'bootstrap over facts',
      chance: null,
    },
  ],
};

/** The metrics under their families' names. */
export const METRIC_FAMILIES = Object.entries(CARDS).map(([name, cards]) => {
  const family = name as MetricFamily;
  return { family, cards: cards.map((card): MetricCard => ({ ...card, family })) };
});

export const METRICS: readonly MetricCard[] = METRIC_FAMILIES.flatMap(({ cards }) => cards);

export function metricCard(id: MatrixId): MetricCard {
  return METRICS.find((card) => card.id === id)!;
}
