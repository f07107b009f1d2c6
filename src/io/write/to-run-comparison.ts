import type { ParallelCorpus } from '../../core/corpus.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import { metricNotes } from '../../core/metric-notes.ts';
import type {
  Change,
  ComparisonExport,
  PicturePair,
  RunComparison,
} from '../../core/run-comparison.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/** All files of a comparison by path. */
export function toComparisonFiles(input: ComparisonExport): Map<string, string> {
  const files = new Map([
    ['comparison.json', comparisonJson(input)],
    ['pair-changes.csv', pairChangesCsv(input.comparison)],
    ['language-changes.csv', languageChangesCsv(input.comparison)],
  ]);
  const { corpus, pictures } = input.comparison;
  if (pictures !== null) files.set('pictures.csv', picturesCsv(corpus, pictures));
  return files;
}

const SCALERS: Record<RunComparison['scaler'], string> = {
  before: 'the bias of both runs is z-scored with the first run’s deviations',
  own: 'each run’s bias is z-scored with its own deviations',
  given:
    'bias and variance of both runs are z-scored with deviations of other texts, of the first run',
};

function comparisonJson({ isogloss, seed, comparison, before, after }: ComparisonExport): string {
  const { corpus, pictures, scaler, notices, variance, overall, byLanguage } = comparison;
  const { facts, languages, renderings } = corpus;
  const labels = languages.map(({ label }) => label);
  return toJson({
    isogloss,
    seed,
    before,
    after,
    facts: facts.length,
    languages: labels,
    tags: languages.map(({ tag }) => tag),
    renderings: renderings.text.length,
    differences: 'after - before, with 95 % intervals of a paired bootstrap over facts',
    adjusted:
      'p values after Benjamini and Hochberg, over all pairs of a metric, or over all languages',
    scaler: SCALERS[scaler],
    picture: pictures && {
      file: 'pictures.csv',
      aligned:
        'the second picture is moved, turned, mirrored and scaled onto the first (Procrustes)',
      misfit: pictures.misfit,
    },
    notices,
    variance,
    metrics: metricNotes(),
    overall,
    byLanguage: Object.fromEntries(byLanguage.map((changes, l) => [labels[l], changes])),
  });
}

const CHANGE = [
  'before',
  'before_low',
  'before_high',
  'after',
  'after_low',
  'after_high',
  'difference',
  'difference_low',
  'difference_high',
  'p',
  'p_adjusted',
];

function changeCells({ before, after, difference, interval, p, adjusted }: Change): number[] {
  const ends = [NaN, NaN];
  return [
    before.value,
    ...(before.interval ?? ends),
    after.value,
    ...(after.interval ?? ends),
    difference,
    ...(interval ?? ends),
    p,
    adjusted,
  ];
}

/** One row for each metric from one language to another; symmetric metrics once for each pair. */
function pairChangesCsv({ pairs, corpus: { languages } }: RunComparison): string {
  const rows = pairs.flatMap(({ a, b, n, changes }) =>
    METRICS.flatMap(({ id, symmetric }): CsvCell[][] => {
      const [from, to] = [languages[a].label, languages[b].label];
      const { forth, back } = changes[id];
      const there: CsvCell[] = [from, to, id, n, ...changeCells(forth)];
      return symmetric ? [there] : [there, [to, from, id, n, ...changeCells(back)]];
    }),
  );
  return toCsv([['from', 'to', 'metric', 'n', ...CHANGE], ...rows]);
}

/** One row for each metric of each language, its mean over the others; an empty language is the mean over languages. */
function languageChangesCsv({ byLanguage, overall, corpus: { languages } }: RunComparison): string {
  const rows = [overall, ...byLanguage].flatMap((changes, i) =>
    METRICS.map(({ id }): CsvCell[] => [
      i === 0 ? '' : languages[i - 1].label,
      id,
      ...changeCells(changes[id]),
    ]),
  );
  return toCsv([['language', 'metric', ...CHANGE], ...rows]);
}

function picturesCsv(
  { facts, languages, renderings }: ParallelCorpus,
  { before, after }: PicturePair,
): string {
  const rows = Array.from(renderings.fact, (fact, i): CsvCell[] => [
    facts[fact].id,
    languages[renderings.language[i]].label,
    before.data[2 * i],
    before.data[2 * i + 1],
    after.data[2 * i],
    after.data[2 * i + 1],
  ]);
  return toCsv([['fact', 'language', 'before_x', 'before_y', 'after_x', 'after_y'], ...rows]);
}
