import type { GroupComparison, Grouping, OffTarget } from '../../core/coverage.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { ForestPlotProps, ForestRow } from '../../plots/props.ts';
import { countOf } from '../words/answer-words.ts';
import { endsOf, endsSentence } from '../words/standing.ts';
import { formatValue } from './figure-input.ts';
import { languageItem, PLAIN_COLOR, type ColoredLanguages } from './lint-figures.ts';

const GROUP_NAMES: Record<Grouping, string> = { tier: 'Tier', script: 'Script', family: 'Family' };

/** Mean of a metric over the languages of each group, highest first. */
export function groupsFigure(
  { grouping, groups, languages, f, p }: GroupComparison,
  { name, quantity, direction }: MetricCard,
): ForestPlotProps {
  const rows = groups
    .map((group): ForestRow => ({
      name: grouping === 'tier' ? `Tier ${group.group}` : group.group,
      label: group.group,
      color: PLAIN_COLOR,
      value: group.mean,
      interval: group.interval,
      n: group.languages.length,
      reason: group.interval === null ? 'it has one language' : undefined,
      remark: `Languages: ${group.languages.join(', ')}.`,
    }))
    .sort((a, b) => b.value - a.value);
  const kinds = countOf(groups.length, grouping, grouping === 'family' ? 'families' : undefined);
  const test = Number.isNaN(p)
    ? `no test: ${groups.length < 2 ? 'there is one group' : 'every group has one language, or all are equal'}`
    : `F = ${f.toFixed(2)}, permutation test ${p < 0.001 ? 'p < 0.001' : `p = ${formatValue(p)}`}`;
  const found = Number.isNaN(p)
    ? `${name} by ${grouping}`
    : `${name} ${p <= 0.05 ? 'differs' : 'is not told apart'} between ${kinds}`;
  return {
    name: `groups-${grouping}`,
    title: found,
    subtitle: `${direction}; ${test}; ${countOf(languages, 'language')} in ${kinds}; 95 % intervals from the bootstrap over languages, which are few`,
    rows,
    itemName: GROUP_NAMES[grouping],
    axis: {
      quantity: `Mean of ${quantity} over the languages of the group`,
      direction,
      n: `n = ${countOf(languages, 'language')}`,
      format: formatValue,
    },
  };
}

/** Share of the answers of one model that are in another language, by the language asked for. */
export function offTargetFigure(
  offTarget: OffTarget[],
  model: string,
  look: ColoredLanguages,
): ForestPlotProps {
  const rows = offTarget
    .filter((row) => row.model === model)
    .map(({ language, share, interval, judged, mostly }): ForestRow => ({
      ...languageItem(look, language),
      value: share,
      interval,
      n: judged,
      reason: judged === 0 ? 'no answer could be judged' : undefined,
      ...(mostly === '' ? {} : { remark: `Most of them are in ${mostly}.` }),
    }));
  const ends = endsOf(rows, 'lower is closer', 'languages');
  const subject = `Share of ${model || 'the model'}’s answers in another language`;
  const judged = rows.reduce((sum, { n }) => sum + n, 0);
  return {
    name: 'off-target',
    title: ends === null ? subject : endsSentence(subject, ends, ['is lowest', 'is highest']),
    subtitle:
      'Lower is better; told by script and trigrams; answers too short to judge are left out; 95 % Wilson intervals',
    rows,
    axis: {
      quantity: 'Share in another language',
      direction: 'lower is better',
      n: `n = ${countOf(judged, 'judged answer')}`,
      domain: [0, 1],
      format: formatValue,
    },
  };
}
