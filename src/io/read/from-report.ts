import type { AdapterProvenance } from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { Language } from '../../core/language.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { PairMeasures, PlanSource } from '../../core/plan.ts';
import type { MatrixId } from '../../core/report.ts';
import { isObject } from './records.ts';

/** A run as a plan needs it. */
export interface ReportedRun {
  measures: PairMeasures;
  /** Index of the run's pivot among the languages. */
  pivot: number;
  source: PlanSource;
}

/**
 * Reads report.json and manifest.json of an Isogloss export.
 *
 * @param languages of the export's texts; the report's are told by label
 * @throws AnalyzerError `format/damaged` where they are none of ours, of other languages, or without a measure that plans
 *   need
 */
export function fromReport(
  report: Uint8Array,
  manifest: Uint8Array,
  languages: readonly Language[],
): ReportedRun {
  const { pairs } = objectOf(report, 'report.json');
  const source = objectOf(manifest, 'manifest.json');
  if (!Array.isArray(pairs) || !isSource(source))
    throw damaged('report.json and manifest.json are no report of Isogloss.');
  const labels = languages.map(({ label }) => label);
  const indexOf = (label: unknown): number => {
    const index = labels.findIndex((own) => own === label);
    if (index >= 0) return index;
    throw damaged(
      `report.json names the language ${String(label)}, but the texts are in ${labels.join(', ')}.`,
    );
  };
  const places = pairs.filter(isObject).map(({ a, b, scores }) => ({
    a: indexOf(a),
    b: indexOf(b),
    scores: isObject(scores) ? scores : {},
  }));
  const matrixOf = (id: MatrixId): LanguageMatrix => {
    if (places.some(({ scores }) => id in scores)) return symmetric(places, id, labels.length);
    throw damaged(`report.json has no ${id} of any two languages, which a plan needs.`);
  };
  const { model, adapter = null, files, seed, facts, languages: named, pivot } = source;
  return {
    measures: {
      bias: matrixOf('bias'),
      centroid: matrixOf('bias_centroid'),
      ckaDebiased: matrixOf('cka_debiased'),
    },
    pivot: indexOf(pivot),
    source: { model, adapter, files, seed, facts, languages: named, pivot },
  };
}

/** NaN where a pair is missing or not defined, and on the diagonal. */
function symmetric(
  pairs: readonly { a: number; b: number; scores: Record<string, unknown> }[],
  id: MatrixId,
  L: number,
): LanguageMatrix {
  const values = new Float64Array(L * L).fill(NaN);
  for (const { a, b, scores } of pairs) {
    const score = scores[id];
    const value = isObject(score) && typeof score.value === 'number' ? score.value : NaN;
    values[a * L + b] = values[b * L + a] = value;
  }
  return values;
}

function objectOf(bytes: Uint8Array, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isObject(value)) return value;
  } catch (cause) {
    throw damaged(`${name} cannot be read: ${cause instanceof Error ? cause.message : 'no JSON'}.`);
  }
  throw damaged(`${name} is no JSON object.`);
}

function isSource(
  manifest: Record<string, unknown>,
): manifest is Record<string, unknown> & PlanSource {
  const { model, adapter, files, seed, facts, languages, pivot } = manifest;
  return (
    isObject(model) &&
    (adapter === undefined || adapter === null || isAdapter(adapter)) &&
    Array.isArray(files) &&
    typeof seed === 'number' &&
    typeof facts === 'number' &&
    Array.isArray(languages) &&
    typeof pivot === 'string'
  );
}

function isAdapter(value: unknown): value is AdapterProvenance {
  return isObject(value) && typeof value.method === 'string' && typeof value.file === 'string';
}

function damaged(sentence: string): AnalyzerError {
  return new AnalyzerError('format/damaged', sentence, {
    hint: 'Give a folder, or a .zip, as analyze or the page wrote it.',
  });
}
