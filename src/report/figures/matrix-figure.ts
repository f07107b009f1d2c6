import { languageFamily } from '../../core/language-families.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { AnalysisReport } from '../../core/report.ts';
import { averageLinkage, type LanguageTree } from '../../metrics/order.ts';
import type { HeatMapProps, LanguageGroups, PlotLanguage } from '../../plots/props.ts';
import { sentences } from '../../plots/sentences.ts';
import { matrixDomain, pairSentence, pairStandings } from '../words/matrix-words.ts';
import { endsOf, endsSentence } from '../words/standing.ts';
import { factsText, sharedFacts, whyUnranked, type FigureInput } from './figure-input.ts';

/** Pairs that are finished, and, once all are, which differ from chance. */
export interface MatrixInput extends Pick<FigureInput, 'languages' | 'note'> {
  report: Pick<AnalysisReport, 'pairs' | 'matrices'> &
    Partial<Pick<AnalysisReport, 'shared' | 'significant'>>;
}

export interface MatrixView {
  /** Display position -> language. */
  order: number[];
  /** Drawn where `order` is its order. */
  tree: LanguageTree | null;
  groups: LanguageGroups[];
}

/** Behind a value that is not told apart from chance. */
const NOT_SIGNIFICANT = 'ⁿˢ';

/** A metric of every two languages. */
export function matrixFigure(input: MatrixInput, card: MetricCard, view: MatrixView): HeatMapProps {
  const { languages, note, report } = input;
  const L = languages.length;
  const values = report.matrices[card.id];
  const differ = report.significant?.[card.id];
  const isChance = (row: number, column: number): boolean =>
    differ !== undefined && row !== column && differ[row * L + column] === 0;
  const n = sharedFacts(report.pairs);
  const tree = view.tree && { merges: view.tree.merges, quantity: 'mean of 1 − mean cosine' };
  const signed = values.some(
    (value, i) => !Number.isNaN(value) && isChance(Math.floor(i / L), i % L),
  );
  return {
    name: card.id,
    title: matrixTitle(input, card),
    subtitle: [
      report.pairs.length === 0 ? 'No pair is finished yet' : factsText(n),
      card.direction,
      ...(card.symmetric ? [] : ['from row to column']),
    ].join(', '),
    note: signed ? sentences(note, chanceNote(card)) : note,
    labels: languages,
    values,
    domain: matrixDomain(values, L, card),
    scale: 'sequential',
    quantity: card.quantity,
    direction: card.direction,
    format: (value) => value.toFixed(2),
    sign: (row, column) => (isChance(row, column) ? NOT_SIGNIFICANT : ''),
    order: view.order,
    tree: tree ?? undefined,
    groups: view.groups,
    counts: report.shared,
    symmetric: card.symmetric,
    describe: (row, column) =>
      pairSentence(report.pairs, languages, card, {
        row,
        column,
        isChance: isChance(row, column),
      }),
  };
}

function chanceNote({ chance }: MetricCard): string {
  const level = chance === 'one in n' ? '1 / n' : String(chance);
  return `${NOT_SIGNIFICANT} Not told apart from chance (${level}), at 5 % false discoveries among the pairs (Benjamini and Hochberg)`;
}

function matrixTitle({ report, languages }: MatrixInput, card: MetricCard): string {
  const subject = `${card.name} of every two languages`;
  const unranked = whyUnranked(card, sharedFacts(report.pairs));
  if (unranked !== null) return `${subject}: ${unranked}`;
  const verb = card.symmetric ? 'are' : 'is';
  const ends = endsOf(pairStandings(report.pairs, languages, card), card.direction, 'pairs');
  return ends === null
    ? subject
    : endsSentence(card.name, ends, [`${verb} nearest`, `${verb} farthest apart`]);
}

/** Languages by how near they are, whatever metric is shown: by 1 − mean cosine. */
export function nearnessTree(
  { mean_cosine: cosines }: Pick<AnalysisReport['matrices'], 'mean_cosine'>,
  L: number,
): LanguageTree {
  return averageLinkage(
    cosines.map((cosine) => 1 - cosine),
    L,
  );
}

/** Script and family of the languages, for strips beside a matrix. */
export function languageGroups(
  languages: PlotLanguage[],
): Record<'script' | 'family', LanguageGroups> {
  return {
    script: { name: 'Script', values: languages.map(({ script }) => script) },
    family: { name: 'Family', values: languages.map(({ tag }) => languageFamily(tag)) },
  };
}
