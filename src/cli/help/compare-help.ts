import type { CommandHelp } from './command-help.ts';

export const COMPARE_HELP: CommandHelp = {
  about: 'did another encoder, or a treatment, change it?',
  usage: [
    'compare RUN RUN --out DIR [options]',
    'compare RUN --treatment NAME --out DIR [options]',
  ],
  details: `  RUN is a folder, or a .zip, that analyze or the page wrote. Both runs are measured anew on the texts that both have;
  differences have intervals of a paired bootstrap over facts.
  --treatment NAME     compare the run with itself after centering (each language's mean taken away) or lir-1 to lir-8
                       (that many leading directions of each language taken away)
  --same-space         the vectors of both runs lie in one space: the language bias of both is z-scored as in the first
  Writes comparison.md comparison.json pair-changes.csv language-changes.csv pictures.csv`,
};
