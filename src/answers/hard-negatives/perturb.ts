import { cellRows, type ParallelCorpus } from '../../core/corpus.ts';
import { AnalyzerError } from '../../core/errors.ts';
import type { HardNegative } from '../../core/lint.ts';
import { randomBelow, seededRandom, type Random } from '../../core/random.ts';
import { entitiesOf, swapEntity } from './entities.ts';
import { negate } from './negation.ts';
import { changeNumber } from './numbers.ts';

/**
 * False statements that differ from the true ones in little: another number, the name of another fact of the same topic,
 * a negation. Made of the renderings in one language; negation knows English, names need a script with capitals.
 *
 * @see Chen et al. 2023, arXiv 2306.12907 (xSIM++), whose rules of English they follow without its taggers
 */
export function hardNegatives(
  corpus: ParallelCorpus,
  { language, seed }: { language: number; seed: number },
): HardNegative[] {
  const random = seededRandom(seed);
  const statements = statementsOf(corpus, language);
  const entities = entitiesByTopic(corpus, statements);
  const isEnglish = corpus.languages[language].tag.split('-')[0] === 'en';
  return statements.flatMap(({ fact, text }) => {
    const negation = isEnglish ? negate(text) : null;
    return [
      ...numberChanges(text, random).map((change) => ({
        fact,
        type: 'number' as const,
        ...change,
      })),
      ...present(swapEntity(text, entities.get(corpus.facts[fact].topic) ?? [], random)).map(
        (change) => ({ fact, type: 'entity' as const, ...change }),
      ),
      ...present(negation).map((change) => ({ fact, type: 'negation' as const, ...change })),
    ];
  });
}

/** Why there is no false statement at all. */
export function nothingToChange(label: string): AnalyzerError {
  return new AnalyzerError(
    'corpus/empty',
    `The texts in ${label} have no number, no name and no English verb that could be negated.`,
    { hint: 'Give facts with numbers or names.' },
  );
}

/** A changed text, and what stands for what in it. */
export type Change = Pick<HardNegative, 'text' | 'from' | 'to'>;

interface Statement {
  fact: number;
  text: string;
}

function statementsOf(corpus: ParallelCorpus, language: number): Statement[] {
  const cells = cellRows(corpus);
  const L = corpus.languages.length;
  return corpus.facts.flatMap((_, fact) => {
    const rendering = cells[fact * L + language];
    return rendering < 0 ? [] : [{ fact, text: corpus.renderings.text[rendering] }];
  });
}

/** One digit of one number changed, and where it has several, all of them. */
function numberChanges(text: string, random: Random): Change[] {
  const which = randomBelow(random, 1 << 20);
  return [
    ...present(changeNumber(text, { which, digits: 'one' }, random)),
    ...present(changeNumber(text, { which, digits: 'all' }, random)),
  ];
}

function entitiesByTopic(
  { facts }: ParallelCorpus,
  statements: readonly Statement[],
): Map<string, string[]> {
  const byTopic = new Map<string, Set<string>>();
  for (const { fact, text } of statements) {
    const { topic } = facts[fact];
    const known = byTopic.get(topic) ?? new Set();
    for (const entity of entitiesOf(text)) known.add(entity);
    byTopic.set(topic, known);
  }
  return new Map([...byTopic].map(([topic, entities]) => [topic, [...entities]]));
}

function present(change: Change | null): Change[] {
  return change === null ? [] : [change];
}
