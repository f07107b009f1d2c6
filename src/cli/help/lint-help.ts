import type { CommandHelp } from './command-help.ts';

export const LINT_HELP: CommandHelp = {
  about: 'what is wrong with training rows, questions, answers and facts?',
  usage: [
    'lint FILES... [--out DIR] [--fix] [--embed]',
    'lint FACTS... --hard-negatives [--out DIR]',
  ],
  details: `  FILES hold training rows, questions or answers of models. Findings do not fail: the exit code is 0.
  --out DIR            folder for all results; without it nothing is written
  --json, --csv        print lint.json or lint.csv instead of a table;
                       with --hard-negatives hard-negatives.json or hard-negative-errors.csv
  --fix                writes files of training rows mended, in their own shape, into fixed/: markers at an answer's end
                       and repeated ones are taken off; equal sides and prompts of the test are removed.
                       Files in archives are refused
  --embed              seeks prompts for training with a cosine above 0.98 to one of a test file's rows
  --hard-negatives     makes false statements of FACTS, those in English where there are any: another number, the name of
                       another fact of the topic, a negation (English alone); and tells for each language how often the
                       encoder finds its text at least as near to a false statement as to the true one
  --model ID|FOLDER    encoder of --embed and --hard-negatives. Default: the bundled one
  --seed N             seed of intervals and false statements. Default: 1
  Languages are told apart by script and trigrams, among those of the files and English; what is short is not judged.
  Writes lint.csv lint-examples.csv length-bias.csv lint.json, fixes.csv and fixed/; with --hard-negatives
  hard-negatives.csv hard-negative-errors.csv hard-negatives.json`,
};
