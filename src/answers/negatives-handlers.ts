import { assertComparable, type EmbeddedCorpus, type ParallelCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type {
  HardNegative,
  NegativeExample,
  NegativesResult,
  PerturbationError,
} from '../core/lint.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import { toHardNegativeFiles } from '../io/write/lint-tables.ts';
import { toZip } from '../io/write/to-zip.ts';
import type { NegativesApi } from '../protocol/api.ts';
import type { Handlers, inTurn } from '../protocol/server.ts';
import { hardNegatives, nothingToChange } from './hard-negatives/perturb.ts';
import {
  mistakenIn,
  scoreNegatives,
  type EncodedNegatives,
} from './hard-negatives/score-negatives.ts';

interface Statements {
  corpus: ParallelCorpus;
  language: number;
  seed: number;
  negatives: HardNegative[];
  errors: PerturbationError[];
}

const EXAMPLES = 8;

/** False statements made of facts, kept between making and judging them. */
export function negativesHandlers(queue: ReturnType<typeof inTurn>): Handlers<NegativesApi> {
  let made: Statements | null = null;
  const current = (): Statements => {
    if (made === null) throw new AnalyzerError('internal', 'No false statements have been made.');
    return made;
  };
  return {
    makeNegatives: ({ corpus, language, seed }) =>
      queue(() => {
        assertComparable(corpus);
        const negatives = hardNegatives(corpus, { language, seed });
        if (negatives.length === 0) throw nothingToChange(corpus.languages[language].label);
        made = { corpus, language, seed, negatives, errors: [] };
        return negatives.map(({ text }) => text);
      }),
    judgeNegatives: ({ vectors }) =>
      queue(() => {
        const statements = current();
        const result = judged(statements, vectors);
        statements.errors = result.errors;
        return result;
      }),
    packNegatives: ({ isogloss, model }) =>
      queue(() => {
        const { corpus, language, seed, negatives, errors } = current();
        const { facts, languages } = corpus;
        const about = { isogloss, seed, model, language: languages[language].label };
        return toZip(toHardNegativeFiles({ facts, negatives, errors }, about));
      }),
  };
}

/** @param vectors unit rows of the renderings, then of the false statements */
function judged({ corpus, language, negatives }: Statements, vectors: Matrix): NegativesResult {
  const renderings = corpus.renderings.text.length;
  const embedded = { corpus, vectors: part(vectors, 0, renderings) };
  const encoded = { negatives, vectors: part(vectors, renderings, negatives.length) };
  return {
    language: corpus.languages[language].label,
    statements: negatives.length,
    errors: scoreNegatives(embedded, language, encoded),
    examples: examplesOf(embedded, language, encoded),
  };
}

function part({ columns, data }: Matrix, start: number, rows: number): Matrix {
  return matrix(rows, columns, data.slice(start * columns, (start + rows) * columns));
}

function examplesOf(
  embedded: EmbeddedCorpus,
  language: number,
  encoded: EncodedNegatives,
): NegativeExample[] {
  const { facts, languages, renderings } = embedded.corpus;
  const truths = new Map(
    Array.from(renderings.fact, (fact, r): [number, number] => [fact, r])
      .filter(([, r]) => renderings.language[r] === language)
      .map(([fact, r]) => [fact, renderings.text[r]]),
  );
  const byReader = languages.map((_, reader) =>
    reader === language ? [] : mistakenIn(embedded, { language, reader }, encoded),
  );
  const examples = encoded.negatives.map(({ fact, ...negative }, i) => ({
    ...negative,
    fact: facts[fact].id,
    truth: truths.get(fact) ?? '',
    mistakenIn: languages.filter((_, l) => byReader[l][i] === true).map(({ label }) => label),
  }));
  return (['number', 'entity', 'negation'] as const).flatMap((type) =>
    examples
      .filter((example) => example.type === type && example.mistakenIn.length > 0)
      .sort((a, b) => b.mistakenIn.length - a.mistakenIn.length)
      .slice(0, EXAMPLES),
  );
}
