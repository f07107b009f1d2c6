import { analyzeCommand } from './analyze-command.ts';
import { cacheCommand } from './cache-command.ts';
import { compareCommand } from './compare-command.ts';
import { coverageCommand } from './coverage-command.ts';
import { ANALYZE_HELP } from './help/analyze-help.ts';
import { CACHE_HELP } from './help/cache-help.ts';
import type { CommandHelp } from './help/command-help.ts';
import { COMPARE_HELP } from './help/compare-help.ts';
import { COVERAGE_HELP } from './help/coverage-help.ts';
import { LINT_HELP } from './help/lint-help.ts';
import { PAIRS_HELP } from './help/pairs-help.ts';
import { PLAN_HELP } from './help/plan-help.ts';
import { SCORE_HELP } from './help/score-help.ts';
import { VOTE_HELP } from './help/vote-help.ts';
import { lintCommand } from './lint-command.ts';
import { pairsCommand } from './pairs-command.ts';
import { planCommand } from './plan-command.ts';
import { scoreCommand } from './score-command.ts';
import { voteCommand } from './vote-command.ts';

export interface Command {
  run(argv: string[], version: string): Promise<void>;
  help: CommandHelp;
}

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['analyze', { run: analyzeCommand, help: ANALYZE_HELP }],
  ['compare', { run: compareCommand, help: COMPARE_HELP }],
  ['plan', { run: planCommand, help: PLAN_HELP }],
  ['score', { run: scoreCommand, help: SCORE_HELP }],
  ['vote', { run: voteCommand, help: VOTE_HELP }],
  ['pairs', { run: pairsCommand, help: PAIRS_HELP }],
  ['lint', { run: lintCommand, help: LINT_HELP }],
  ['coverage', { run: coverageCommand, help: COVERAGE_HELP }],
  ['cache', { run: cacheCommand, help: CACHE_HELP }],
]);
