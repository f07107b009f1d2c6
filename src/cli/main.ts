import { asAnalyzerError } from '../core/errors.ts';
import { COMMANDS } from './commands.ts';
import { helpOf, overview } from './help/command-help.ts';
import { usage } from './options.ts';

declare const __ISOGLOSS_VERSION__: string;

/** Exit codes: 0 done, 1 the input or the analysis failed, 2 the command line was not understood. */
export async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  const command = COMMANDS.get(name ?? '');
  try {
    if (name === undefined || name === 'help' || argv.includes('--help') || argv.includes('-h')) {
      const asked = command ?? COMMANDS.get(rest[0] ?? '');
      const all = [...COMMANDS.values()].map(({ help }) => help);
      process.stdout.write(asked === undefined ? overview(all) : helpOf(asked.help));
      return name === undefined ? 2 : 0;
    }
    if (name === '--version') {
      process.stdout.write(`${__ISOGLOSS_VERSION__}\n`);
      return 0;
    }
    if (command === undefined) throw usage(`The command ${name} is unknown.`);
    await command.run(rest, __ISOGLOSS_VERSION__);
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
