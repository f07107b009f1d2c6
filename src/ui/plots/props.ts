import type { Snippet } from 'svelte';
import type { Fact } from '../../core/corpus.ts';
import type { Language } from '../../core/language.ts';
import type { DriftSummary, VarianceShares } from '../../core/report.ts';

export type { DriftSummary };

/** A language as plots name it: a mark may stand before its name and its label. */
export interface PlotLanguage extends Language {
  /** What the mark means, as a sentence. */
  remark?: string | undefined;
}

/** What every plot says about itself. */
export interface FigureProps {
  /** A sentence about what the plot shows, best with its finding. */
  title: string;
  /** Plain words: quantity, unit, direction, n. */
  subtitle?: string | undefined;
  /** More words under the subtitle, for example a link to the metric's formula and source. */
  about?: Snippet | undefined;
  /** What marks before names mean: under the plot and its table, and in exported pictures. */
  note?: string | undefined;
  /** Stem of the file names of exported pictures. */
  name: string;
  /** Controls of the panel, placed before the plot's own buttons. */
  controls?: Snippet | undefined;
}

export interface TableColumn {
  label: string;
  /** Right-aligned with tabular figures. */
  numeric?: boolean | undefined;
  /** Header cell of its row. */
  heading?: boolean | undefined;
  /** Language of the texts in this column, for `lang` and `dir`. */
  language?: Language | undefined;
}

/** The table twin of a plot: the same numbers as text, one array per row. */
export interface PlotTable {
  columns: TableColumn[];
  rows: string[][];
}

export interface PlotFrameProps extends FigureProps {
  /** Makes the table twin when it is asked for. */
  table?: (() => PlotTable) | undefined;
  /** Offer the picture as SVG and PNG; true when absent. */
  picture?: boolean | undefined;
  /** A standalone SVG of the figure; without it the first `<svg data-figure>` of the content is serialised. */
  toSvg?: (() => string) | undefined;
  content: Snippet;
  legend?: Snippet | undefined;
  /** Where what is under the pointer or the cursor is described; keeps its height. */
  readout?: Snippet | undefined;
  hint?: Snippet | undefined;
}

/** A cell of a language matrix: indices into the languages, not display positions. */
export interface Cell {
  row: number;
  column: number;
}

export interface HeatMapProps extends FigureProps {
  /** Row and column languages: a short label (code) and a full name. */
  labels: Pick<PlotLanguage, 'label' | 'name' | 'remark'>[];
  /** Row-major [L, L]; NaN is not defined and drawn hatched. */
  values: Float64Array;
  /** Values at the light and the dark end; what lies outside takes the end's colour and the legend says so. */
  domain: [low: number, high: number];
  scale: 'sequential' | 'diverging';
  /** Quantity with its unit, for example 'Calibrated alignment' or 'Language bias B (squared z-scores)'. */
  quantity: string;
  /** What the unit is, or '' for a pure number. */
  unit?: string | undefined;
  /** For example 'higher is closer'. */
  direction: string;
  format: (value: number) => string;
  /** Display order: position -> language index; identity when absent. */
  order?: ArrayLike<number> | undefined;
  /** Facts behind each cell, row-major [L, L]. */
  counts?: ArrayLike<number> | undefined;
  /** Cell (a, b) equals cell (b, a): pairs are read without a direction. */
  symmetric?: boolean | undefined;
  selected?: Cell | null | undefined;
  /** Sentence of the readout; made from names, value and n when absent. */
  describe?: ((row: number, column: number) => string) | undefined;
  onselect?: ((cell: Cell | null) => void) | undefined;
  /** Enter or click on the selected cell, or a double click. */
  onopen?: ((cell: Cell) => void) | undefined;
}

export interface VarianceBarProps extends FigureProps {
  shares: VarianceShares;
  /** How many languages the shares are computed over. */
  languages: number;
}

export interface DriftPlotProps extends FigureProps {
  languages: PlotLanguage[];
  /** One colour per language, from `languageColors`. */
  colors: string[];
  /** 1 - cosine to the reference, row-major [facts, languages]; NaN marks a hole. */
  values: Float32Array;
  /** One per language. */
  summaries: DriftSummary[];
  /** Rows from top to bottom as language indices; languages left out are not drawn. */
  order: ArrayLike<number>;
  /** Name of each fact, usually its id. */
  factLabels: string[];
  /** What drift is measured from: 'English' or 'the mean of the other languages'. */
  referenceLabel: string;
  selectedLanguage?: number | null | undefined;
  selectedFact?: number | null | undefined;
  onlanguage?: ((language: number | null) => void) | undefined;
  onfact?: ((fact: number | null) => void) | undefined;
}

export type ThreadMode = 'none' | 'selected' | 'all';

export interface ProjectionPlotProps extends FigureProps {
  /** Row-major [renderings, 2]; NaN for a rendering without a place. Replace the array to move the points. */
  positions: Float32Array;
  /** Language index of each rendering. */
  language: Int32Array;
  /** Fact index of each rendering. */
  fact: Int32Array;
  languages: PlotLanguage[];
  colors: string[];
  /** Name of each fact, usually its id. */
  factLabels: string[];
  /** Text of a rendering. */
  text: (rendering: number) => string;
  /** How the picture was made: 'PCA while UMAP runs' or 'UMAP, trustworthiness 0.93 at k = 10'. */
  caption: string;
  /** Threads at first; 'all' up to 4,000 renderings and 'selected' above when absent. */
  threads?: ThreadMode | undefined;
  selectedFact?: number | null | undefined;
  selectedLanguage?: number | null | undefined;
  onfact?: ((fact: number | null) => void) | undefined;
  onlanguage?: ((language: number | null) => void) | undefined;
}

export interface FactTableProps extends FigureProps {
  facts: Fact[];
  languages: Language[];
  /** The rendering's text, or null for a hole. */
  text: (fact: number, language: number) => string | null;
  /** 1 - cosine to the reference, row-major [facts, languages]; NaN marks a hole. */
  drift: Float32Array;
  /** What drift is measured from, as in the drift plot. */
  referenceLabel: string;
  /** Index of the language whose text is always visible. */
  pivot: number;
  /** One colour per language, as everywhere else. */
  colors?: string[] | undefined;
  /** Height of the scrolling part in pixels. */
  height?: number | undefined;
  selectedFact?: number | null | undefined;
  selectedLanguage?: number | null | undefined;
  onfact?: ((fact: number | null) => void) | undefined;
  onlanguage?: ((language: number | null) => void) | undefined;
}
