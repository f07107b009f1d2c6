/** What is printed of a number that belongs to one language, or to all texts together; see `MetricCard` for pairs. */
export interface LanguageCard {
  name: string;
  /** Which way it is read: 'higher is closer'. */
  direction: string;
  /** The formula in words and symbols, with range and chance. */
  definition: string;
  source: string;
}

const LAREQA = 'Roy et al. 2020, LAReQA, arXiv 2004.05484';

const HUANG = 'Huang et al. 2023, arXiv 2305.07004';

export const LANGUAGE_CARDS = {
  averagePrecision: {
    name: 'mAP in the pool',
    direction: 'higher is closer',
    definition:
      'Each text ranks all other texts, of every language, its own too, by cosine. Its average precision is the mean, over its translations, of the share of translations among what stands up to there; a text of another fact that ties stands first. mAP is the mean over texts, in (0, 1]. Falls as facts and languages grow in number.',
    source: LAREQA,
  },
  sameLanguageShare: {
    name: 'Same-language share',
    direction: 'lower is closer',
    definition:
      'Share of a language’s texts whose nearest text in the pool, in any language, is in the same language. In [0, 1]; chance is (n - 1) / (N - 1) for n of N texts. 95 % Wilson interval.',
    source: LAREQA,
  },
  isoScore: {
    name: 'IsoScore',
    direction: 'higher is more isotropic',
    definition:
      'How evenly the variance along the principal axes fills all d of them: 1 for equal variance along each, 0 for one axis. Its largest possible value shrinks where there are fewer texts than dimensions: compare equal numbers of texts only.',
    source: 'Rudman et al. 2022, IsoScore, arXiv 2108.07344',
  },
  effectiveRank: {
    name: 'Effective rank',
    direction: 'higher is more isotropic',
    definition:
      'exp(-Σ pᵢ ln pᵢ), pᵢ being the share of variance along principal axis i: as many axes as would have this entropy with equal variance. In [1, rank], the rank being at most d and the number of texts less one.',
    source: 'Roy and Vetterli 2007',
  },
  meanRandomCosine: {
    name: 'Mean random cosine',
    direction: 'nearer to 0 is more isotropic',
    definition:
      'Mean cosine of two different texts: the anisotropy baseline that every cosine is read against. In [-1, 1]; 0 for directions drawn at random.',
    source: 'Ethayarajh 2019, arXiv 1909.00512',
  },
  hubSkewness: {
    name: 'Skewness of N₁₀',
    direction: 'lower is more even',
    definition:
      'Every text seeks its 10 nearest; N₁₀ counts in how many lists a text is. Third standardized moment of N₁₀: 0 for a symmetric spread, above 0 where a few texts are near to many.',
    source: 'Radovanović, Nanopoulos and Ivanović 2010',
  },
  robinHood: {
    name: 'Robin Hood index',
    direction: 'lower is more even',
    definition:
      '½ Σ |N₁₀ - mean| / Σ N₁₀: the share of places in lists that would have to change hands for all texts to have as many. In [0, 1).',
    source: 'Feldbauer, Rattei and Flexer 2020, scikit-hubness',
  },
  antihubs: {
    name: 'Antihubs',
    direction: 'lower is more even',
    definition: 'Share of texts that are among the 10 nearest of no other. In [0, 1).',
    source: 'Feldbauer, Rattei and Flexer 2020, scikit-hubness',
  },
  hubOccurrence: {
    name: 'Hub occurrence',
    direction: 'lower is more even',
    definition:
      'Share of the places in lists that hubs hold, a hub being a text with N₁₀ of twice the mean or more. In [0, 1].',
    source: 'Feldbauer, Rattei and Flexer 2020, scikit-hubness',
  },
  tokensPerText: {
    name: 'Tokens per text',
    direction: 'lower is shorter',
    definition: 'Mean number of tokens that the encoder’s tokenizer cuts a text into.',
    source: 'counted by the encoder’s tokenizer',
  },
  premium: {
    name: 'Token premium',
    direction: 'lower is shorter',
    definition:
      'Tokens of the language over those of the pivot language, on the facts that both have: above 1, its texts are cut into more pieces.',
    source: 'Petrov et al. 2023, arXiv 2305.15425',
  },
  unknownRate: {
    name: 'Unknown tokens',
    direction: 'lower is better',
    definition: 'Share of tokens that the encoder’s tokenizer does not know. In [0, 1].',
    source: 'counted by the encoder’s tokenizer',
  },
  truncationRate: {
    name: 'Truncated texts',
    direction: 'lower is better',
    definition:
      'Share of texts that are longer than the encoder reads: their ends are not read, which can look like drift. In [0, 1].',
    source: 'counted by the encoder’s tokenizer',
  },
  probe: {
    name: 'Language probe',
    direction: 'lower is more neutral',
    definition:
      'Share of texts whose language a linear probe (ridge regression on standardized vectors, five folds by fact) names right; 95 % bootstrap interval over facts. Beside it stands what the method finds with labels shuffled within each fact, and the chance of always naming the most frequent language. Not defined below five facts.',
    source:
      'Alain and Bengio 2016, arXiv 1610.01644; control after Hewitt and Liang 2019, arXiv 1909.03368',
  },
  unscaledVariance: {
    name: 'Unscaled variance',
    direction: 'shares of the total, 100 % together',
    definition:
      'Two-way analysis of variance of facts × languages as for the bar above, but with the dimensions’ own proportions instead of z-scores: dimensions with much variance weigh more.',
    source: 'two-way analysis of variance',
  },
  democratization: {
    name: 'Democratization degree',
    direction: 'higher is more even',
    definition:
      'Mean score over the best score, in (0, 1]. A model that is bad in every language has it too: read it beside best and worst. Not defined below three languages, where lower is closer, where a score is negative, and where all are 0.',
    source: HUANG,
  },
  worstOverBest: {
    name: 'Worst / best',
    direction: 'higher is more even',
    definition:
      'Worst score over the best, in [0, 1]. Not defined below three languages, where lower is closer, where a score is negative, and where all are 0.',
    source: 'ratio of the extremes',
  },
  gini: {
    name: 'Gini index',
    direction: 'lower is more even',
    definition:
      'Σ |sᵢ - sⱼ| / (2 L² mean) over all L² pairs of scores, in [0, 1). Not defined below three languages, where lower is closer, where a score is negative, and where all are 0.',
    source: 'Gini 1912',
  },
  deviation: {
    name: 'Standard deviation',
    direction: 'lower is more even',
    definition: 'Population standard deviation of the scores, in the unit of the metric.',
    source: 'standard deviation',
  },
} as const satisfies Record<string, LanguageCard>;
