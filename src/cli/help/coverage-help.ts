import type { CommandHelp } from './command-help.ts';

export const COVERAGE_HELP: CommandHelp = {
  about: 'which languages are there, and which are not?',
  usage: ['coverage FILES... [--out DIR] [--taxonomy FILE] [--report RUN]'],
  details: `  What there is of the 204 languages of FLORES-200, and of the 100 of FLORES-101 beside English (the list of xLLMs-100 is
  not published): facts, answers, training rows, and what the bundled encoder was tested on. Answers off target.
  --out DIR            folder for all results; without it nothing is written
  --json, --csv        print coverage.json or coverage.csv instead of a table
  --taxonomy FILE      tiers {"0":[{"lang_code":...}],...} instead of those by token counts of the run
  --report RUN         folder that analyze wrote: its metrics by tier, script and family, with intervals over languages and
                       permutation tests
  --seed N             seed of intervals and permutations. Default: 1
  Writes coverage.csv groups.csv off-target.csv coverage.json`,
};
