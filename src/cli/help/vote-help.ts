import type { CommandHelp } from './command-help.ts';

export const VOTE_HELP: CommandHelp = {
  about: 'what do the answers in all languages agree on?',
  usage: ['vote ANSWERS... [--out DIR] [options]'],
  details: `  ANSWERS are files of what models answered to the same questions in several languages; folders, .zip and .gz of these.
  Each valid answer of a voting language is one vote, for each model apart. Ties go to the choice that is seen first when
  languages stand in their order, samples in theirs; all ties are listed.
  --out DIR            folder for all results; without it nothing is written
  --json, --csv        print votes.json or votes.csv instead of a table
  --mode NAME          own (default) or calm: letters as CALM's code reads them, where a character that stands alone votes
                       for itself, and its rules for targets
  --parser NAME        how an answer is read as an option: clika-strict, robust or calm (default in calm).
                       Default in own: as for score
  --order LIST         languages by the files' labels or by tags, as in ja,cn,fr,it,de,en. What is not among them is left
                       out. Default: all, as in the files
  --voters LIST        those of the order that vote. Default: all
  --model NAME         this model alone. Default: each on its own
  --open               open questions instead: answers are encoded by the bundled encoder, those that say the same (single
                       linkage above the 99th percentile of cosines between answers to different questions) vote together
  --profiles FILE      JSON of markers by language, as for score
  --seed N             seed of samples. Default: 1
  Writes votes.csv (shares, margins, entropy in bits, coverage, what each language chose), curves.csv (shares; where right
  options are known also calibration, purity and yield by threshold, the vote against each language alone; a share on the
  border of two bins is in the lower one), votes.json;
  with --open also medoids.csv; a cluster is right where its medoid holds a truth in its language, known where all have one`,
};
