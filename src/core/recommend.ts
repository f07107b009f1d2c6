import { ADAPTER_METHODS, type AdapterMethod } from './adapter.ts';
import { AnalyzerError } from './errors.ts';
import type { LabReport } from './lab.ts';
import { seededRandom } from './random.ts';
import { bootstrapMean, mean, type Interval } from './statistics.ts';

/** One that may be recommended. */
export interface Candidate {
  /** 'none': the vectors as they are. */
  method: AdapterMethod | 'none';
  /** Index into the reports; null for 'none'. */
  report: number | null;
  /** Mean MEXA of the validation facts. */
  score: number;
  /** score - the best one's score, at most 0, paired by fact. */
  behind: number;
  /** 95 % interval of it, by a paired bootstrap over validation facts; null for the best one, and below two facts. */
  interval: Interval | null;
}

/** Candidates, simplest first. */
export interface Recommendation {
  candidates: Candidate[];
  /** Indices into the candidates. */
  chosen: number;
  best: number;
  /** Validation facts that all of them were measured on. */
  facts: number;
}

/**
 * The simplest adapter whose validation score is not beyond chance below the best one's; simplest of all is none. Test
 * facts take no part in it.
 *
 * @throws AnalyzerError `usage` where the reports were made on other splits
 */
export function recommend(reports: readonly LabReport[]): Recommendation | null {
  if (reports.length === 0) return null;
  const [{ split, settings, validationBefore }] = reports;
  if (reports.some((report) => report.split.hash !== split.hash)) throw otherSplits();
  const listed = reports
    .map(({ settings: { method }, validationScores }, report) => ({
      method,
      report,
      scores: validationScores,
    }))
    .sort((a, b) => ADAPTER_METHODS.indexOf(a.method) - ADAPTER_METHODS.indexOf(b.method));
  const all = [{ method: 'none' as const, report: null, scores: validationBefore }, ...listed];
  const facts = Array.from(validationBefore.keys()).filter((i) =>
    all.every(({ scores }) => !Number.isNaN(scores[i])),
  );
  if (facts.length === 0) return null;
  const lists = all.map(({ scores }) => Float64Array.from(facts, (i) => scores[i]));
  const means = lists.map((list) => mean(list));
  const best = means.indexOf(Math.max(...means));
  const candidates = all.map(({ method, report }, c): Candidate => {
    const apart = lists[c].map((value, i) => value - lists[best][i]);
    const interval = c === best ? null : bootstrapMean(apart, seededRandom(settings.seed));
    return { method, report, score: means[c], behind: mean(apart), interval };
  });
  const chosen = candidates.findIndex(
    ({ interval }, c) => c === best || (interval !== null && interval[1] >= 0),
  );
  return { candidates, chosen, best, facts: facts.length };
}

function otherSplits(): AnalyzerError {
  return new AnalyzerError(
    'usage',
    'The adapters were judged on other splits of the facts, so that their scores cannot be compared.',
    { hint: 'Fit them again with one seed on the same texts.' },
  );
}
