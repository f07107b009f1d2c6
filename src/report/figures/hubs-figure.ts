import type { HistogramProps } from '../../plots/props.ts';
import { HUB_NEAREST } from '../../metrics/hubness.ts';
import { mean } from '../../core/statistics.ts';
import { percent } from '../words/answer.ts';
import { formatValue, type FigureInput } from './figure-input.ts';

/** The facts of a language that a search looked among, in the order of the histogram's occurrences. */
export function soughtFacts({ report }: Pick<FigureInput, 'report'>, language: number): number[] {
  const { kOccurrence } = report.byLanguage[language].hubness;
  return Array.from(kOccurrence.keys()).filter((fact) => kOccurrence[fact] >= 0);
}

/** How often each text of a language is among the nearest of the other languages' texts. */
export function hubsFigure(input: FigureInput, language: number): HistogramProps {
  const { report, languages, note } = input;
  const { kOccurrence, skewness, antihubs, hubOccurrence } = report.byLanguage[language].hubness;
  const occurrences = soughtFacts(input, language).map((fact) => kOccurrence[fact]);
  const { name, remark } = languages[language];
  return {
    name: `hubs-${languages[language].tag}`,
    title: Number.isNaN(skewness)
      ? `Hubs in ${name} are not defined: no other language shares more than ${HUB_NEAREST} of its facts`
      : `${name}: N₁₀ has skewness ${formatValue(skewness)}; ${percent(antihubs)} of its texts are antihubs, hubs hold ${percent(hubOccurrence)} of all places`,
    subtitle: `Each text of the other languages names its ${HUB_NEAREST} nearest in ${name}; N₁₀ counts, over all those languages, how often a text is named; n = ${occurrences.length.toLocaleString('en')} facts; lower skewness is more even; no interval`,
    // The name alone may be marked here.
    note: remark === undefined ? '' : note,
    occurrences,
    k: HUB_NEAREST,
    mean: occurrences.length === 0 ? HUB_NEAREST : mean(occurrences),
    quantity: `texts in ${name} among the nearest of texts in the other languages`,
  };
}
