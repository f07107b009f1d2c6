import { asAnalyzerError } from '../core/errors.ts';
import { analyzeCommand } from './analyze-command.ts';
import { cacheCommand } from './cache-command.ts';
import { compareCommand } from './compare-command.ts';
import { HELP } from './help.ts';
import { lintCommand } from './lint-command.ts';
import { usage } from './options.ts';
import { scoreCommand } from './score-command.ts';

declare const __ISOGLOSS_VERSION__: string;

/** Exit codes: 0 done, 1 the input or the analysis failed, 2 the command line was not understood. */
export async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  try {
    if (
      command === undefined ||
      command === 'help' ||
      argv.includes('--help') ||
      argv.includes('-h')
    ) {
      process.stdout.write(HELP);
      return command === undefined ? 2 : 0;
    }
    if (command === '--version') {
      process.stdout.write(`${__ISOGLOSS_VERSION__}\n`);
      return 0;
    }
    if (command === 'analyze') await analyzeCommand(rest, __ISOGLOSS_VERSION__);
    else if (command === 'compare') await compareCommand(rest, __ISOGLOSS_VERSION__);
    else if (command === 'score') await scoreCommand(rest, __ISOGLOSS_VERSION__);
    else if (command === 'lint') await lintCommand(rest, __ISOGLOSS_VERSION__);
    else if (command === 'cache') await cacheCommand(rest);
    else throw usage(`The command ${command} is unknown.`);
    return 0;
  } catch (thrown) {
    const error = asAnalyzerError(thrown);
    process.stderr.write(
      `isogloss: ${error.message}${error.hint === '' ? '' : ` ${error.hint}`}\n`,
    );
    if (error.code === 'internal' && error.stack !== undefined)
      process.stderr.write(`${error.stack}\n`);
    return error.code === 'usage' ? 2 : 1;
  }
}
