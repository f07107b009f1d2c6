import type { Snippet } from 'svelte';
import type { Fact } from '../core/corpus.ts';
import type { Language } from '../core/language.ts';
import type { DriftSummary, VarianceShares } from '../core/report.ts';
import type { Interval } from '../core/statistics.ts';

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
  /** On a page without scripts: no buttons and no readout, the table folded under the picture. */
  still?: boolean | undefined;
  content: Snippet;
  legend?: Snippet | undefined;
  /** Where what is under the pointer or the cursor is described; keeps its height. */
  readout?: Snippet | undefined;
  hint?: Snippet | undefined;
}

/** A plot that can be drawn where nothing is measured and nothing runs: in a static report. */
export interface StillProps {
  /** Fixed width in pixels: the plot is a still picture. When absent it fills its place and can be read by pointer and keys. */
  width?: number | undefined;
}

/** What a plot names: a language, a pair of languages, an encoder. */
export interface PlotItem {
  name: string;
  /** Short label for narrow or crowded plots, best the code. */
  label: string;
  /** `#rrggbb`, for languages from `languageColors`. */
  color: string;
  /** What a mark before the name means, as a sentence. */
  remark?: string | undefined;
}

/** What an axis says about itself. Values are in its unit: a share for an axis in percent is multiplied by 100. */
export interface PlotAxis {
  /** For example 'Drift from English' or 'CKA'. */
  quantity: string;
  /** '' or absent for a pure number. */
  unit?: string | undefined;
  /** For example 'lower is closer'; '' where neither end is better. */
  direction: string;
  /** For example 'n = 997 facts'; absent where another axis of the plot says it. */
  n?: string | undefined;
  /** Ends that the axis reaches at least; it always reaches every value, interval and line. */
  domain?: Interval | undefined;
  /** A value as readouts and tables write it. */
  format: (value: number) => string;
}

/** A value with its 95 % interval. */
export interface Estimate {
  /** NaN where it is not defined. */
  value: number;
  /** null where there is none; `reason` of the row says why. */
  interval: Interval | null;
}

export interface ForestRow extends PlotItem, Estimate {
  /** Facts behind the value. */
  n: number;
  /** Why there is no value or no interval, as part of a sentence: 'fewer than two facts'. */
  reason?: string | undefined;
  /** The same before a treatment: a hollow dot, joined to the value's filled one. */
  before?: Estimate | undefined;
}

export interface ForestPlotProps extends FigureProps, StillProps {
  /** From top to bottom. */
  rows: ForestRow[];
  axis: PlotAxis;
  /** Head of the names in the table, for example 'Language' (the default) or 'Pair'. */
  itemName?: string | undefined;
  /** A line to compare with: chance, the mean of the languages. */
  reference?: { value: number; name: string } | undefined;
  /** What hollow and filled dots are, for example ['as encoded', 'centred']; needed when rows have a `before`. */
  series?: [before: string, after: string] | undefined;
  /** Index into `rows`. */
  selected?: number | null | undefined;
  onselect?: ((row: number | null) => void) | undefined;
}

export interface RidgelineProps extends FigureProps, StillProps {
  languages: PlotLanguage[];
  /** One colour per language, from `languageColors`. */
  colors: string[];
  /** 1 - cosine to the reference, row-major [facts, languages]; NaN marks a hole. */
  values: Float32Array;
  /** One per language. */
  summaries: DriftSummary[];
  /** Rows from top to bottom as language indices; languages left out are not drawn. */
  order: ArrayLike<number>;
  /** What drift is measured from: 'English' or 'the mean of the other languages'. */
  referenceLabel: string;
  selectedLanguage?: number | null | undefined;
  onlanguage?: ((language: number | null) => void) | undefined;
}

export interface ScatterPoint extends PlotItem {
  /** NaN where a value is not defined: such a point is named under the plot and not drawn. */
  x: number;
  y: number;
  xInterval?: Interval | null | undefined;
  yInterval?: Interval | null | undefined;
}

/** Two thresholds and the names of the four fields that they make; names may be ''. */
export interface Quadrants {
  x: number;
  y: number;
  names: { topLeft: string; topRight: string; bottomLeft: string; bottomRight: string };
}

export interface ScatterPlotProps extends FigureProps, StillProps {
  /** Those named first get their labels first where not all fit. */
  points: ScatterPoint[];
  x: PlotAxis;
  y: PlotAxis;
  /** Head of the names in the table, for example 'Language' (the default) or 'Pair'. */
  itemName?: string | undefined;
  quadrants?: Quadrants | undefined;
  /** A sentence under the plot that pictures keep, for example 'Spearman ρ = 0.61, p = 0.004, n = 24 languages'. */
  caption?: string | undefined;
  /** Index into `points`. */
  selected?: number | null | undefined;
  onselect?: ((point: number | null) => void) | undefined;
}

export interface LayerCurve extends PlotItem {
  /** One per layer; NaN leaves a gap. */
  values: ArrayLike<number>;
  /** 95 % intervals, one per layer; none where absent or null. */
  intervals?: (Interval | null)[] | undefined;
}

export interface LayerCurvesProps extends FigureProps, StillProps {
  /** Names of the layers from input to output: 'embeddings', '1', '2', ... */
  layers: string[];
  /** One per language or pair. */
  curves: LayerCurve[];
  axis: PlotAxis;
  /** The emphasised line, usually the mean over languages. */
  mean?: LayerCurve | undefined;
  /** Which value is best: dots mark the best layer of each line. */
  best: 'highest' | 'lowest';
  /** Head of the names in the table, for example 'Language' (the default) or 'Pair'. */
  itemName?: string | undefined;
  /** Index into `curves`: the line that stands out. */
  selected?: number | null | undefined;
  onselect?: ((curve: number | null) => void) | undefined;
}

export interface PlotCurve extends PlotItem {
  /** One per place; NaN leaves it out. */
  values: ArrayLike<number>;
}

export interface CurvePlotProps extends FigureProps, StillProps {
  /** Places of the values along the horizontal axis. */
  at: number[];
  /** Where places have names instead of numbers, one each: they stand side by side. */
  names?: string[] | undefined;
  curves: PlotCurve[];
  x: PlotAxis;
  y: PlotAxis;
  /** A place that stands out, and why. */
  mark?: { place: number; text: string } | null | undefined;
}

export interface HistogramProps extends FigureProps, StillProps {
  /** k-occurrence of each fact: in how many lists of nearest neighbours it stands. Integers from 0 on. */
  occurrences: ArrayLike<number>;
  /** Length of those lists. */
  k: number;
  /** Mean occurrence where the lists of several searches are added up; k when absent. From twice of it on a fact is a hub. */
  mean?: number | undefined;
  /** Where the lists come from, for example 'German among the 10 nearest neighbours of English facts'. */
  quantity: string;
  /** Index of a bin, from the facts that never occur to those that occur most. */
  selected?: number | null | undefined;
  /** With the indices of the bin's facts; (null, []) clears. */
  onselect?: ((bin: number | null, facts: number[]) => void) | undefined;
}

/** A cell of a language matrix: indices into the languages, not display positions. */
export interface Cell {
  row: number;
  column: number;
}

/** One clustering step: leaves are 0 to L - 1, step i makes cluster L + i. As `metrics/order.ts` gives them. */
export interface TreeMerge {
  a: number;
  b: number;
  height: number;
}

/** A property of the languages with few values, for example their script or family. */
export interface LanguageGroups {
  /** 'Script', 'Family'. */
  name: string;
  /** One per language; '' is unknown. */
  values: string[];
}

export interface HeatMapProps extends FigureProps, StillProps {
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
  /** The tree over the columns, drawn above them: given only where `order` is the order of that tree. */
  tree?: { merges: TreeMerge[]; quantity: string } | undefined;
  /** Coloured strips between the names and the cells, with a legend under the map. */
  groups?: LanguageGroups[] | undefined;
  /** What is printed behind a cell's value, '' for nothing; `note` says what it means. */
  sign?: ((row: number, column: number) => string) | undefined;
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

export interface VarianceBarProps extends FigureProps, StillProps {
  shares: VarianceShares;
  /** How many languages the shares are computed over. */
  languages: number;
}

export interface BarRow extends PlotItem {
  /** One per part, from 0 on. */
  values: number[];
}

export interface StackedBarsProps extends FigureProps, StillProps {
  /** From top to bottom. */
  rows: BarRow[];
  /** Names of the parts of every bar from the left, three at most. */
  parts: string[];
  axis: PlotAxis;
  /** Index into `rows`. */
  selected?: number | null | undefined;
  onselect?: ((row: number | null) => void) | undefined;
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
  /** Places that the map reaches over, as those of `positions`, which are taken when absent. */
  reach?: Float32Array | undefined;
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

/** The map where nothing runs: every point and the names of the languages. */
export interface StillMapProps extends FigureProps {
  /** Row-major [renderings, 2]; NaN for a rendering without a place. */
  positions: Float32Array;
  /** Language index of each rendering. */
  language: Int32Array;
  languages: PlotLanguage[];
  colors: string[];
  width: number;
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
