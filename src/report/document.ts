import type { ExportInput } from '../core/export.ts';
import type { Language } from '../core/language.ts';
import type { LayerReport } from '../core/layers.ts';
import type { DriftSummary } from '../core/report.ts';
import { driftColumn, driftTable, summarizeDrift } from '../metrics/drift.ts';
import { languageColors } from '../plots/color.ts';
import type {
  ForestPlotProps,
  HeatMapProps,
  LayerCurvesProps,
  RidgelineProps,
  ScatterPlotProps,
  StillMapProps,
  TableColumn,
  VarianceBarProps,
} from '../plots/props.ts';
import type { FigureInput } from './figures/figure-input.ts';
import { definitionSections } from './sections/definitions.ts';
import { driftSections } from './sections/drift.ts';
import { languageSections } from './sections/languages.ts';
import { pairSections } from './sections/pairs.ts';
import { runSection } from './sections/run.ts';
import { answerOf, questionOf } from './words/answer.ts';
import { markedLanguage, markNote } from './words/trust-words.ts';

/** What a report is made from: a run without its vectors. */
export type DocumentInput = Pick<ExportInput, 'corpus' | 'report' | 'provenance' | 'picture'> & {
  /** null where layers were not compared. */
  layers: LayerReport[] | null;
};

/** The same with what all sections share. */
export interface SectionInput extends DocumentInput {
  figures: FigureInput;
  /** From the mean of the other languages. [facts, languages], and by language. */
  drift: { values: Float32Array; summaries: DriftSummary[] };
}

/** A cell of a table: a text of the corpus comes with its language. */
export type ReportCell = string | { text: string; language: Language };

export interface ReportTable {
  caption: string;
  columns: TableColumn[];
  rows: ReportCell[][];
}

/** A plot with all that it shows; drawn in one report, a table in the other. */
export type ReportFigure =
  | { plot: 'variance'; props: VarianceBarProps }
  | { plot: 'heat map'; props: HeatMapProps }
  | { plot: 'forest'; props: ForestPlotProps }
  | { plot: 'ridges'; props: RidgelineProps }
  | { plot: 'scatter'; props: ScatterPlotProps }
  | { plot: 'layers'; props: LayerCurvesProps }
  | { plot: 'map'; props: Omit<StillMapProps, 'width'> };

export interface ReportSection {
  title: string;
  paragraphs: string[];
  figures: ReportFigure[];
  tables: ReportTable[];
}

/** A run as something to read: the same in every format. */
export interface ReportDocument {
  question: string;
  answer: string;
  /** What marks before names mean, and everything that departed from the default. */
  notices: string[];
  sections: ReportSection[];
  /** JSON. */
  manifest: string;
}

export function documentOf(input: DocumentInput): ReportDocument {
  const { corpus, report, provenance } = input;
  const { trust } = provenance;
  const note = markNote(trust);
  const languages = corpus.languages.map((language, l) => markedLanguage(language, trust?.[l]));
  const figures = { report, languages, colors: languageColors(corpus.languages), note };
  const drift = centroidDrift(input);
  const whole: SectionInput = { ...input, figures, drift };
  return {
    question: questionOf(corpus),
    answer: answerOf(report.variance, report.varianceReason, languages, drift.summaries),
    notices: [...(note === '' ? [] : [note]), ...provenance.notices],
    sections: [
      runSection(whole),
      ...pairSections(whole),
      ...languageSections(whole),
      ...driftSections(whole),
      ...definitionSections(whole),
    ],
    manifest: JSON.stringify(provenance, null, 2),
  };
}

function centroidDrift({ report, provenance }: DocumentInput): SectionInput['drift'] {
  const L = report.languages.length;
  const values = driftTable(report, 'centroid');
  const summaries = report.languages.map((_, l) =>
    summarizeDrift(driftColumn(values, L, l), provenance.seed + l),
  );
  return { values, summaries };
}
