import type { Language } from '../../core/language.ts';
import type { LengthBias, NegativesResult, PerturbationError } from '../../core/lint.ts';
import type { ForestPlotProps, ForestRow, PlotItem } from '../../plots/props.ts';
import { countOf } from '../words/answer-words.ts';
import { endsOf, endsSentence } from '../words/standing.ts';
import { formatValue } from './figure-input.ts';

/** Languages of the files with their colours, `#rrggbb`. */
export interface ColoredLanguages {
  languages: readonly Language[];
  colors: readonly string[];
}

/** Of what is no language: all pairs together, a group. */
export const PLAIN_COLOR = '#6b727a';

/** A language by its label in the files. */
export function languageItem({ languages, colors }: ColoredLanguages, label: string): PlotItem {
  const l = languages.findIndex((language) => language.label === label);
  return l < 0
    ? { name: label, label, color: PLAIN_COLOR }
    : { name: languages[l].name, label, color: colors[l] };
}

const LENGTHS = {
  auc: {
    quantity: 'Area under the curve of “the longer answer is the chosen one”',
    reference: { value: 0.5, name: 'chance' },
    domain: [0, 1],
  },
  logRatio: {
    quantity: 'Mean of ln(length of chosen / length of rejected)',
    reference: { value: 0, name: 'equal lengths' },
    domain: [-0.1, 0.1],
  },
} as const;
export type LengthMeasure = keyof typeof LENGTHS;

/** Whether chosen answers are longer than rejected ones: all pairs, then by language. */
export function lengthFigure(
  biases: LengthBias[],
  measure: LengthMeasure,
  look: ColoredLanguages,
): ForestPlotProps {
  const { quantity, reference, domain } = LENGTHS[measure];
  const rows = biases.map((bias): ForestRow => {
    const item =
      bias.language === ''
        ? { name: 'All pairs', label: 'all', color: PLAIN_COLOR }
        : languageItem(look, bias.language);
    const interval = bias[`${measure}Interval`];
    const reason = interval === null ? 'there is one pair' : undefined;
    return { ...item, value: bias[measure], interval, n: bias.pairs, reason };
  });
  const own = rows.slice(1);
  const longer = own.filter(({ interval }) => interval && interval[0] > reference.value).length;
  const shorter = own.filter(({ interval }) => interval && interval[1] < reference.value).length;
  const many = countOf(own.length, 'language');
  return {
    name: `length-bias-${measure}`,
    title:
      own.length === 0
        ? 'Length of chosen and rejected answers'
        : `Chosen answers are longer than rejected ones in ${longer} of ${many} and shorter in ${shorter}`,
    subtitle:
      'Characters; counted are intervals that leave out chance; 95 % intervals from the bootstrap over pairs',
    rows,
    axis: {
      quantity,
      direction: `above ${reference.value}, the chosen ones are longer`,
      n: `n = ${countOf(biases[0]?.pairs ?? 0, 'pair')}`,
      domain: [...domain],
      format: formatValue,
    },
    reference,
  };
}

export const PERTURBATIONS: [PerturbationError['type'], string][] = [
  ['any', 'any change'],
  ['number', 'another number'],
  ['entity', 'another name'],
  ['negation', 'a negation'],
];

/** Share of facts by language of which a false statement is taken for the true one, highest first. */
export function negativesFigure(
  { errors, language }: NegativesResult,
  type: PerturbationError['type'],
  look: ColoredLanguages,
): ForestPlotProps {
  const source = languageItem(look, language).name;
  const [, change] = PERTURBATIONS.find(([id]) => id === type)!;
  const rows = errors
    .filter((error) => error.type === type)
    .map((error): ForestRow => ({
      ...languageItem(look, error.language),
      value: error.rate,
      interval: error.interval,
      n: error.facts,
      reason: error.facts === 0 ? 'no fact with such a statement' : undefined,
    }))
    .sort((a, b) => (b.value || 0) - (a.value || 0));
  const subject = `Share of facts of which a statement with ${change} is taken for the true one`;
  const ends = endsOf(rows, 'lower is closer', 'languages');
  const counts = rows.map(({ n }) => n);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return {
    name: `false-statements-${type}`,
    title: ends === null ? subject : endsSentence(subject, ends, ['is lowest', 'is highest']),
    subtitle: `Lower is better; the ${source} statements, true and false, as the other languages’ renderings see them; 95 % Wilson intervals`,
    rows,
    axis: {
      quantity: 'Share taken for true',
      direction: 'lower is better',
      n: `n = ${fewest === most ? countOf(most, 'fact') : `${fewest.toLocaleString('en')} to ${countOf(most, 'fact')}`}`,
      domain: [0, 1],
      format: formatValue,
    },
  };
}
