import type { Fact } from '../../core/corpus.ts';
import type {
  HardNegative,
  LengthBias,
  LintFinding,
  LintFix,
  LintReport,
  PerturbationError,
} from '../../core/lint.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/** All that lint writes, by path; with fixes also what they changed. */
export function toLintFiles(
  report: LintReport,
  {
    isogloss,
    seed,
    notices,
    fixes,
  }: { isogloss: string; seed: number; notices: string[]; fixes: LintFix[] | null },
): Map<string, string> {
  const files = new Map([
    ['lint.csv', rulesCsv(report.findings)],
    ['lint-examples.csv', examplesCsv(report.findings)],
    ['length-bias.csv', lengthBiasCsv(report.lengthBias)],
    ['lint.json', toJson({ isogloss, seed, notices, ...report })],
  ]);
  if (fixes !== null) files.set('fixes.csv', fixesCsv(fixes));
  return files;
}

/** One row for each rule. */
function rulesCsv(findings: LintFinding[]): string {
  return toCsv([
    ['rule', 'severity', 'checked', 'found', 'fixable', 'looks_for'],
    ...findings.map(({ rule, severity, checked, count, fixable, looksFor }): CsvCell[] => [
      rule,
      severity,
      checked,
      count,
      fixable,
      looksFor,
    ]),
  ]);
}

/** The first findings of each rule. */
function examplesCsv(findings: LintFinding[]): string {
  const rows = findings.flatMap(({ rule, examples }) =>
    examples.map(({ file, line, row, question, language, text }): CsvCell[] => [
      rule,
      file,
      line === 0 ? '' : line,
      row ?? '',
      question,
      language,
      text,
    ]),
  );
  return toCsv([['rule', 'file', 'line', 'row', 'question', 'language', 'text'], ...rows]);
}

/** One row for all pairs, with an empty language, and one for each language. */
function lengthBiasCsv(biases: LengthBias[]): string {
  const ends = (interval: [number, number] | null): number[] => interval ?? [NaN, NaN];
  const rows = biases.map(
    ({ language, pairs, logRatio, logRatioInterval, auc, aucInterval }): CsvCell[] => [
      language,
      pairs,
      logRatio,
      ...ends(logRatioInterval),
      auc,
      ...ends(aucInterval),
    ],
  );
  const head = ['language', 'pairs'];
  const numbers = ['log_ratio', 'auc'].flatMap((name) => [name, `${name}_low`, `${name}_high`]);
  return toCsv([[...head, ...numbers], ...rows]);
}

function fixesCsv(fixes: LintFix[]): string {
  const rows = fixes.map(({ file, line, row, rule, action, field, before, after }): CsvCell[] => [
    file,
    line,
    row ?? '',
    rule,
    action,
    field,
    before,
    after,
  ]);
  return toCsv([['file', 'line', 'row', 'rule', 'action', 'field', 'before', 'after'], ...rows]);
}

/** False statements, and how often they were taken for true, by path. */
export function toHardNegativeFiles(
  {
    facts,
    negatives,
    errors,
  }: { facts: Fact[]; negatives: HardNegative[]; errors: PerturbationError[] },
  about: Record<string, unknown>,
): Map<string, string> {
  const statements = negatives.map(({ fact, type, text, from, to }): CsvCell[] => [
    facts[fact].id,
    facts[fact].topic,
    type,
    text,
    from,
    to,
  ]);
  const rows = errors.map(
    ({ language, type, facts: n, errors: wrong, rate, interval }): CsvCell[] => [
      language,
      type,
      n,
      wrong,
      rate,
      ...(interval ?? [NaN, NaN]),
    ],
  );
  return new Map([
    ['hard-negatives.csv', toCsv([['fact', 'topic', 'type', 'text', 'from', 'to'], ...statements])],
    [
      'hard-negative-errors.csv',
      toCsv([['language', 'type', 'n', 'errors', 'rate', 'rate_low', 'rate_high'], ...rows]),
    ],
    ['hard-negatives.json', toJson({ ...about, statements: negatives.length, errors })],
  ]);
}
