import type { AnswerTable } from '../../core/answers.ts';
import { countByLanguage, type CountedCorpus } from '../../core/corpus.ts';
import type { CoverageCount, LanguageCoverage, RunLanguage } from '../../core/coverage.ts';
import { FLORES_LANGUAGES } from '../../core/flores-languages.ts';
import { languageFamily } from '../../core/language-families.ts';
import type { Language } from '../../core/language.ts';
import { trustIn, type EncoderTrust } from '../../core/trust.ts';

/** What a session holds; null where it holds nothing of the kind. */
export interface Holdings {
  corpus: CountedCorpus | null;
  table: AnswerTable | null;
  run: RunLanguage[] | null;
  trust: EncoderTrust | null;
}

/** Row of the coverage that a language of the session belongs to. */
type Key = Pick<Language, 'tag' | 'label'>;

/** The 204 languages of FLORES-200, then those of the session that it lacks, each with what the session has of it. */
export function languageCoverage({ corpus, table, run, trust }: Holdings): LanguageCoverage[] {
  const rows = floresRows(trust);
  const add = (language: Language, what: 'facts' | 'answers' | 'trainingRows', count: number) => {
    const row = rowOf(rows, language) ?? ownRow(rows, language, trust);
    row[what] += count;
  };
  if (corpus !== null) {
    const counts = countByLanguage(corpus);
    corpus.languages.forEach((language, l) => add(language, 'facts', counts[l]));
  }
  if (table !== null) {
    const [answers, training] = [countsOf(table.answers.language, table), trainingCounts(table)];
    table.languages.forEach((language, l) => {
      add(language, 'answers', answers[l]);
      add(language, 'trainingRows', training[l]);
    });
  }
  for (const language of run ?? []) {
    const row = rowOf(rows, language);
    if (row !== undefined) row.tokens = language.tokens;
  }
  return rows;
}

function floresRows(trust: EncoderTrust | null): LanguageCoverage[] {
  return FLORES_LANGUAGES.map(({ code, hundred, ...language }) => ({
    ...blankRow({ ...language, label: code, known: true }, trust),
    flores: code,
    hundred,
  }));
}

function blankRow(language: Language, trust: EncoderTrust | null): LanguageCoverage {
  const { tag, name, script, direction } = language;
  const read = trust && trustIn(language, trust);
  return {
    tag,
    flores: '',
    name,
    script,
    direction,
    family: languageFamily(tag),
    hundred: false,
    facts: 0,
    answers: 0,
    trainingRows: 0,
    encoder: read?.status ?? null,
    encoderShare: read?.share ?? null,
    tokens: null,
    tier: '',
  };
}

/** The row whose code the file spells, else the first with the tag. */
export function rowOf(
  rows: readonly LanguageCoverage[],
  { tag, label }: Key,
): LanguageCoverage | undefined {
  return rows.find(({ flores }) => flores === label) ?? rows.find((row) => row.tag === tag);
}

function ownRow(
  rows: LanguageCoverage[],
  language: Language,
  trust: EncoderTrust | null,
): LanguageCoverage {
  const row = blankRow(language, trust);
  rows.push(row);
  return row;
}

function countsOf(indices: ArrayLike<number>, { languages }: AnswerTable): Int32Array {
  const counts = new Int32Array(languages.length);
  for (let i = 0; i < indices.length; i++) if (indices[i] >= 0) counts[indices[i]]++;
  return counts;
}

function trainingCounts(table: AnswerTable): Int32Array {
  return countsOf(
    table.training.map(({ language }) => language),
    table,
  );
}

/** How many languages of FLORES-200, of the hundred, and of the session have anything of each kind. */
export function coverageCounts(rows: readonly LanguageCoverage[]): CoverageCount[] {
  const isHeld = (row: LanguageCoverage): boolean => row.facts + row.answers + row.trainingRows > 0;
  return [
    countOf(
      'FLORES-200',
      rows.filter(({ flores }) => flores !== ''),
    ),
    countOf(
      'hundred',
      rows.filter(({ hundred }) => hundred),
    ),
    countOf('session', rows.filter(isHeld)),
  ];
}

function countOf(of: CoverageCount['of'], rows: LanguageCoverage[]): CoverageCount {
  const having = (holds: (row: LanguageCoverage) => boolean): number => rows.filter(holds).length;
  return {
    of,
    languages: rows.length,
    facts: having(({ facts }) => facts > 0),
    answers: having(({ answers }) => answers > 0),
    trainingRows: having(({ trainingRows }) => trainingRows > 0),
    encoder: having(({ encoder }) => encoder === 'strong' || encoder === 'reference'),
  };
}
