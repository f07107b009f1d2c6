import type { AdapterMethod } from './adapter.ts';

/** What a method is called, and what it does to the vectors of a language. */
export interface MethodCard {
  method: AdapterMethod;
  /** 'T3' */
  id: string;
  name: string;
  /** Of a vector x; the result has length 1. mean: of the language's training facts. */
  formula: string;
  /** What the letters in it are; '' where there are none. */
  where: string;
  /** In a sentence without formulas. */
  does: string;
  source: string;
}

/** Simplest first. */
export const METHOD_CARDS: readonly MethodCard[] = [
  {
    method: 'centering',
    id: 'T0',
    name: 'Centering',
    formula: 'x − mean',
    where: '',
    does: 'Takes away from each text the mean of its language.',
    source: 'Libovický, Rosa and Fraser 2020, arXiv 2004.05160',
  },
  {
    method: 'lir',
    id: 'T1',
    name: 'LIR',
    formula: 'x − x Vᵀ V',
    where: 'V: leading directions of the language',
    does: 'Takes away the few directions along which texts of a language are most alike.',
    source: 'Yang et al. 2021, arXiv 2109.04727',
  },
  {
    method: 'procrustes',
    id: 'T2',
    name: 'Ridge Procrustes',
    formula: '(x − mean) W',
    where: 'W: a rotation of the language',
    does: 'Turns the texts of a language so that facts come to lie where the target has them.',
    source: 'Schönemann 1966; Smith et al. 2017, arXiv 1702.03859',
  },
  {
    method: 'ridge',
    id: 'T3',
    name: 'Ridge to identity',
    formula: '(x − mean) W',
    where: 'W: a linear map of the language, drawn to the identity',
    does: 'Maps the texts of a language onto the target by least squares, as little as needed.',
    source: 'Hoerl and Kennard 1970, with the identity as prior',
  },
  {
    method: 'low-rank',
    id: 'T4',
    name: 'Low-rank residual',
    formula: '(x − mean) (I + B A)',
    where: 'B: of the language, A: of all',
    does: 'Adds a correction of low rank to each language, learned by contrast of facts.',
    source:
      'InfoNCE: van den Oord et al. 2018, arXiv 1807.03748; B A: Hu et al. 2021, arXiv 2106.09685',
  },
  {
    method: 'shared-low-rank',
    id: 'T5',
    name: 'Shared low-rank residual',
    formula: '(x − mean) (I + B A)',
    where: 'B, A: of all languages',
    does: 'Adds one correction of low rank to all languages, which also serves languages it never saw.',
    source:
      'InfoNCE: van den Oord et al. 2018, arXiv 1807.03748; B A: Hu et al. 2021, arXiv 2106.09685',
  },
  {
    method: 'preference',
    id: 'T6',
    name: 'Preference-tuned',
    formula: '(x − mean) (I + B A)',
    where: 'B, A: of all languages',
    does: 'The same form as T5, learned so that the chosen of two texts is the nearer one.',
    source: 'DPO: Rafailov et al. 2023, arXiv 2305.18290; IPO: Azar et al. 2023, arXiv 2310.12036',
  },
];

export function methodCard(method: AdapterMethod): MethodCard {
  return METHOD_CARDS.find((card) => card.method === method)!;
}
