import { CLOSENESS, DISTANCE, SHARE, type FamilyCard } from './metric-card.ts';

/** In the order they are shown in. */
export const RETRIEVAL_CARDS: FamilyCard[] = [
  {
    ...SHARE,
    id: 'mexa',
    name: 'MEXA',
    quantity: 'MEXA (share of facts)',
    definition:
      'Share of facts whose match is strictly nearer than every other fact, in both directions; a tie is a miss. Falls as the number of facts grows: compare equal n only.',
    source: 'Kargaran et al. 2024, MEXA, arXiv 2410.05873',
    symmetric: true,
    interval: 'Wilson',
    chance: null,
  },
  {
    ...SHARE,
    dependsOnFacts: false,
    id: 'mexa_100',
    name: 'MEXA at 100 facts',
    quantity: 'Expected MEXA at 100 facts (share of facts)',
    definition:
      'Mean of MEXA over all subsets of 100 of the shared facts, in closed form: a fact with r others that reach its match hits with the chance C(n - 1 - r, 99) / C(n - 1, 99). The number of facts does not change it. Not defined below 100 facts.',
    source: 'Kargaran et al. 2024, MEXA, arXiv 2410.05873; hypergeometric expectation',
    symmetric: true,
    interval: 'bootstrap over facts',
    chance: null,
  },
  precisionCard(1),
  precisionCard(5),
  precisionCard(10),
  {
    ...SHARE,
    id: 'mrr',
    name: 'MRR',
    quantity: 'Mean reciprocal rank from row to column',
    definition:
      'Mean of 1 / rank of the match among the texts of the column’s language, where the rank is 1 + the number of texts above the match; a tie does not lower it. In (0, 1]. Falls as the number of facts grows.',
    source: 'Voorhees 1999, TREC-8 question answering',
    symmetric: false,
    interval: 'bootstrap over facts',
    chance: null,
  },
  {
    ...SHARE,
    id: 'bitext_f1',
    name: 'Bitext F1',
    quantity: 'Bitext mining F1 from row to column',
    definition:
      'Every text of the row’s language finds its nearest in the column’s. With c texts finding text i, a right one counts 2 / (1 + c), a wrong one 0; the mean is MTEB’s weighted F1. At most P@1; the gap grows where few texts attract many. Falls as the number of facts grows.',
    source: 'Muennighoff et al. 2022, MTEB, arXiv 2210.07316',
    symmetric: false,
    interval: 'bootstrap over facts',
    chance: null,
  },
];

export const MARGIN_CARDS: FamilyCard[] = [
  {
    ...DISTANCE,
    dependsOnFacts: true,
    id: 'xsim_error',
    name: 'xSIM error (%)',
    quantity: 'xSIM error from row to column (% of facts)',
    definition:
      'Percent of facts whose best candidate by ratio margin (k = 4) is not their match, the candidates being the 4 nearest texts by cosine, as in LASER; among them a tie is no error, but of texts equally near the first in the files are taken. In [0, 100]; not defined for 4 facts or fewer, and where a neighbourhood’s mean cosine is not positive. Grows with the number of facts.',
    source: 'LASER, source/xsim.py; margin of Artetxe and Schwenk 2019, arXiv 1811.01136',
    symmetric: false,
    interval: 'Wilson',
    chance: null,
  },
  {
    ...CLOSENESS,
    self: null,
    dependsOnFacts: true,
    id: 'margin_ratio',
    name: 'Ratio margin',
    quantity: 'Mean ratio margin of matched pairs',
    definition:
      'Mean over facts of S[i,i] / ((r + r′) / 2), where r and r′ are the mean cosines of the two texts to their 4 nearest in the other language: above 1, the match stands out from its neighbourhood. Falls as the number of facts grows. Not defined for 4 facts or fewer, and where a neighbourhood’s mean cosine is not positive.',
    source: 'Artetxe and Schwenk 2019, arXiv 1811.01136',
    symmetric: true,
    interval: 'bootstrap over facts',
    chance: null,
  },
  {
    ...CLOSENESS,
    self: null,
    dependsOnFacts: true,
    id: 'csls',
    name: 'CSLS',
    quantity: 'Mean CSLS of matched pairs',
    definition:
      'Mean over facts of 2 S[i,i] - r - r′, where r and r′ are the mean cosines of the two texts to their 10 nearest in the other language. In [-4, 4]; above 0, the match stands out from its neighbourhood. Falls as the number of facts grows. Not defined for 10 facts or fewer.',
    source: 'Conneau et al. 2018, arXiv 1710.04087',
    symmetric: true,
    interval: 'bootstrap over facts',
    chance: null,
  },
];

function precisionCard(k: 1 | 5 | 10): FamilyCard {
  const found = k === 1 ? 'is the nearest text' : `is among the ${k} nearest texts`;
  return {
    ...SHARE,
    id: `p_at_${k}`,
    name: `P@${k}`,
    quantity: `P@${k} from row to column (share of facts)`,
    definition: `Share of facts in the row’s language whose match ${found} in the column’s language; a tie is a hit; chance is ${k} / n. Not defined for n ≤ ${k}. Falls as the number of facts grows: compare equal n only.`,
    source: 'retrieval accuracy, as in Tatoeba',
    symmetric: false,
    interval: 'Wilson',
    chance: k === 1 ? 'one in n' : null,
  };
}
