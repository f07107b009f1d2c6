import type { CommandHelp } from './command-help.ts';

export const LINT_HELP: CommandHelp = {
  about: 'what is wrong with training rows, questions, answers and facts?',
  usage: ['lint FILES... --out DIR [--fix] [--embed]', 'lint FACTS... --hard-negatives --out DIR'],
  details: `  FILES hold training rows, questions or answers of models. Findings do not fail: the exit code is 0.
  --fix                writes files of training rows mended, in their own shape, into fixed/: markers at an answer's end
                       and repeated ones are taken off; equal sides and prompts of the test are removed
  --embed              seeks prompts for training with a cosine above 0.98 to one of the test
  --hard-negatives     FACTS with another number, another name or a negation in English (negations in English
                       alone), and how often the encoder takes such a one for the true one in each language
  Writes lint.csv lint-examples.csv length-bias.csv lint.json, fixes.csv and fixed/; with --hard-negatives
  hard-negatives.csv hard-negative-errors.csv hard-negatives.json`,
};
