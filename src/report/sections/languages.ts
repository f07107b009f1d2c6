import { METRIC_FAMILIES, METRICS, metricCard } from '../../core/metric-catalog.ts';
import type { Disparity } from '../../core/report.ts';
import type { ReportFigure, ReportSection, ReportTable, SectionInput } from '../document.ts';
import { languagesFigure } from '../figures/languages-figure.ts';
import { layersFigure } from '../figures/layers-figure.ts';
import { structureFigure } from '../figures/structure-figure.ts';
import { premiumFigure, truncationFigure } from '../figures/tokens-figure.ts';
import { estimated, languageNumbers, poolNumbers } from '../numbers.ts';
import { MAIN_METRICS } from './pairs.ts';

/** Each language with all others: its scores, their spread, structure, space, tokens, layers. */
export function languageSections(input: SectionInput): ReportSection[] {
  return [
    scoresSection(input),
    structureSection(input),
    poolSection(input),
    tokensSection(input),
    layersSection(input),
  ];
}

function scoresSection(input: SectionInput): ReportSection {
  return {
    title: 'Languages',
    paragraphs: [
      'Each metric by language is the mean over its pairs, both ways; in brackets 95 % intervals.',
    ],
    figures: MAIN_METRICS.map((id) => ({
      plot: 'forest',
      props: languagesFigure(input.figures, metricCard(id)),
    })),
    tables: [...scoresTables(input), disparityTable(input)],
  };
}

function scoresTables({ report, figures }: SectionInput): ReportTable[] {
  return METRIC_FAMILIES.map(({ family, cards }) => ({
    caption: `${family}, by language`,
    columns: [
      { label: 'Language', heading: true },
      ...cards.map(({ name }) => ({ label: name, numeric: true })),
    ],
    rows: figures.languages.map(({ name }, l) => [
      name,
      ...cards.map(({ id }) => estimated(report.languageScores[l][id])),
    ]),
  }));
}

const SPREAD: [string, keyof Disparity][] = [
  ['Best', 'best'],
  ['Worst', 'worst'],
  ['Mean / best (DD)', 'democratization'],
  ['Worst / best', 'worstOverBest'],
  ['Gini', 'gini'],
  ['Standard deviation', 'deviation'],
];

function disparityTable({ report }: SectionInput): ReportTable {
  const text = (value: number): string => estimated({ value, interval: null });
  return {
    caption: 'Disparity: the spread of each metric over the languages',
    columns: [
      { label: 'Metric', heading: true },
      { label: 'Languages', numeric: true },
      ...SPREAD.map(([label]) => ({ label, numeric: true })),
    ],
    rows: METRICS.map(({ id, name }) => {
      const spread = report.disparity[id];
      return [name, String(spread.languages), ...SPREAD.map(([, key]) => text(spread[key]))];
    }),
  };
}

function structureSection({ figures }: SectionInput): ReportSection {
  return {
    title: 'Structure and alignment',
    paragraphs: [
      'Debiased CKA says whether a language places facts as the others do among themselves; MEXA whether each fact lies nearest to its own match. One without the other is possible.',
    ],
    figures: [{ plot: 'scatter', props: structureFigure(figures) }],
    tables: [],
  };
}

function poolSection({ report, figures }: SectionInput): ReportSection {
  const numbers = figures.languages.map((_, l) => languageNumbers(report, l));
  return {
    title: 'All texts together',
    paragraphs: ['In brackets: 95 % intervals; the definitions below say of which kind.'],
    figures: [],
    tables: [
      {
        caption: 'The pool of all texts',
        columns: [{ label: 'Number', heading: true }, { label: 'Value' }],
        rows: poolNumbers(report.pool).map(({ card, value }) => [card.name, value]),
      },
      {
        caption: 'Each language',
        columns: [
          { label: 'Language', heading: true },
          ...numbers[0].map(({ card }) => ({ label: card.name, numeric: true })),
        ],
        rows: figures.languages.map(({ name }, l) => [
          name,
          ...numbers[l].map(({ value }) => value),
        ]),
      },
    ],
  };
}

function tokensSection({ figures }: SectionInput): ReportSection {
  const plots = [premiumFigure(figures), truncationFigure(figures)];
  const shown = plots.flatMap((props): ReportFigure[] =>
    props === null ? [] : [{ plot: 'scatter', props }],
  );
  return {
    title: 'Tokens',
    paragraphs:
      shown.length === 0 ? ['No tokens were counted: the vectors were given, not made here.'] : [],
    figures: shown,
    tables: [],
  };
}

function layersSection({ figures, layers }: SectionInput): ReportSection {
  return {
    title: 'Layers',
    paragraphs: layers === null ? ['Layers were not compared in this run.'] : [],
    figures: MAIN_METRICS.flatMap((id): ReportFigure[] =>
      layers === null
        ? []
        : [{ plot: 'layers', props: layersFigure(figures, layers, metricCard(id)) }],
    ),
    tables: [],
  };
}
