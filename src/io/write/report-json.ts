import type { AnalysisReport, PairReport } from '../../core/report.ts';
import type { LanguageTrust } from '../../core/trust.ts';
import { toJson } from './to-json.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import { metricNotes } from '../../core/metric-notes.ts';
import type { PivotedInput } from './pivoted-input.ts';
import { poolSections, varianceOf } from './pool-json.ts';

/** What each file of an export holds. */
const CONTENTS: Record<string, string> = {
  'report.html': 'the run as a page to read, with pictures; it needs nothing beside it',
  'report.md': 'the same without pictures, as Markdown',
  'report.json': 'the numbers of the report, with intervals and n',
  'manifest.json': 'where the numbers come from: files, encoder, device, seed',
  'embeddings.npy': 'float32 [rows, d], unit rows; rows.csv names them',
  'rows.csv': 'fact and language of each row of embeddings.npy',
  'facts.csv':
    'drift and text of each fact in each language; drift is 1 - cosine to the pivot rendering',
  'drift.csv':
    'drift of each language: against the pivot, and against the mean of the other languages; encoder_p_at_1 is how well the encoder reads the language: trustMeasure says how that was measured',
  'pairs.csv':
    'all metrics of each two languages a and b, on the n facts that both have: value, and low and high of its 95 % interval where it has one; _back is from b to a; floor is the mean cosine of mismatched pairs, ties counts matches that tie with a rival; xsim_error is in percent',
  'languages.csv':
    'each language: the mean of every metric over its pairs, both ways, with low and high of its 95 % interval where all its pairs are on the same facts; average precision and same-language share in the pool of all texts; how unevenly texts of other languages are near to its own (occurrence_*, hubs); isotropy; tokens, their premium against the pivot',
  'hubs.csv':
    'texts that are among the 10 nearest of at least twice as many texts in other languages as the mean of their language, most frequent first',
  'projection.csv': 'the picture: never an input to any number',
  'probe.json':
    'language bias B of each ordered pair by layer (layer_final: of the final vectors), in the layout of the FaMSS probe',
  'layers.npy': 'float32 [layers, rows, d], unit rows; rows.csv names them, layers the layers',
  'layers.csv':
    'all metrics of each two languages in each layer, on the n facts that both have; from a to b where the metric is directed',
  'layers.json':
    'split of variance by layer, and MEXA against the pivot pooled over layers: the largest and the mean; zeroRows counts vectors of zeros',
};

/** The report as JSON. Languages go by their own labels; an interval is [low, high] at 95 %; null is not defined. */
export function reportJson(input: PivotedInput): string {
  const { report, labels, pivotIndex, provenance } = input;
  return toJson({
    isogloss: provenance.isogloss,
    facts: report.facts.length,
    completeFacts: provenance.completeFacts,
    renderings: report.renderings,
    languages: labels,
    tags: report.languages.map(({ tag }) => tag),
    pivot: labels[pivotIndex],
    variance: varianceOf(report.variance),
    varianceReason: report.varianceReason,
    truncation: truncationOf(report, labels),
    trust: provenance.trust && trustOf(provenance.trust, labels),
    trustMeasure: provenance.trustMeasure,
    adapter: provenance.adapter,
    metrics: metricNotes(),
    drift:
      '1 - cosine to the same fact’s rendering in the pivot language, in [0, 2]; lower is closer',
    ...poolSections(input),
    pairs: report.pairs.map((pair) => pairOf(pair, labels)),
  });
}

/** Token counts by language; null where the vectors were given, not made. */
function truncationOf({ byLanguage }: AnalysisReport, labels: string[]): unknown {
  const entries = byLanguage.flatMap(({ tokens }, l) => {
    if (tokens === null) return [];
    const { renderings, tokens: count, unknown, truncated } = tokens;
    return [[labels[l], { renderings, tokens: count, unknown, truncated }]];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

function trustOf(trust: LanguageTrust[], labels: string[]): Record<string, LanguageTrust> {
  return Object.fromEntries(trust.map((own, l) => [labels[l], own]));
}

function pairOf({ a, b, facts, floor, ties, scores }: PairReport, labels: string[]): unknown {
  const entries = METRICS.map(({ id, symmetric }): [string, unknown] => {
    const { forth, back } = scores[id];
    return [id, symmetric ? forth : { a_to_b: forth, b_to_a: back }];
  });
  return {
    a: labels[a],
    b: labels[b],
    n: facts.length,
    floor,
    ties,
    scores: Object.fromEntries(entries),
  };
}

/** Everything needed to get the same numbers again, and what the files of the export are. */
export function manifestJson(
  { provenance, report, vectors, layers }: PivotedInput,
  paths: string[],
): string {
  const describe = (path: string): string => {
    const matrix = METRICS.find(({ id }) => path.startsWith(`matrices/${id}.`));
    return matrix === undefined ? CONTENTS[path] : matrix.quantity;
  };
  return toJson({
    ...provenance,
    embeddings: { rows: vectors.rows, dimensions: vectors.columns },
    layers: layers?.vectors.names ?? [],
    tags: report.languages.map(({ tag }) => tag),
    contents: Object.fromEntries([...paths].sort().map((path) => [path, describe(path)])),
  });
}
