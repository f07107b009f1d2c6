import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AnalyzerError } from '../core/errors.ts';

/**
 * Options and what else stands on the command line.
 *
 * @throws AnalyzerError `usage` for an option that is unknown or lacks its value
 */
export function parsed<const O extends NonNullable<ParseArgsConfig['options']>>(
  argv: string[],
  options: O,
) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options });
  } catch (cause) {
    throw usage(`${cause instanceof Error ? cause.message : String(cause)}.`.replace('..', '.'));
  }
}

/** The seed that was asked for, 1 unless one was. */
export function seedOf(value: string | undefined): number {
  const seed = Number(value ?? '1');
  if (!Number.isInteger(seed) || value === '')
    throw usage(`The seed ${value} is not a whole number.`);
  return seed;
}

export function usage(sentence: string): AnalyzerError {
  return new AnalyzerError('usage', sentence, { hint: 'See npx isogloss --help.' });
}
