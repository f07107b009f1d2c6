import { PLAN_LIMIT } from '../../core/plan.ts';
import type { CommandHelp } from './command-help.ts';

export const PLAN_HELP: CommandHelp = {
  about: 'which languages should get how much data, and which facts first? (FaMSS-inspired)',
  usage: ['plan REPORT_DIR --budget N [--select K] [--out FILE.json] [options]'],
  details: `  REPORT_DIR is a folder, or a .zip, that analyze or the page wrote: report.json, manifest.json, facts.csv,
  embeddings.npy and rows.csv are read.
  ${PLAN_LIMIT}
  --budget N           items in all, a whole number
  --select K           most languages that get data. Default: as many as the elbow of the curve says
  --out FILE.json      the recipe; beside it FILE.csv (allocation), FILE.facts.csv (facts to translate or to check first) and
                       FILE.jsonl (translation instructions, {"prompt", "output"}). Without it nothing is written
  --json, --csv        print the recipe or the allocation instead of a table
  --transfer NAME      bias (default): exp(-B / median B) of the language bias B of two languages; cka: their debiased CKA,
                       cut at 0 and 1
  --alpha X            shares are proportional to credit^X, from 0 (equal) to 10; 1 is proportional. Default: 0.5
  --caps FILE.csv      columns language, min, max, available: items that a language must, may and can get; empty is no bound.
                       They bind translation, not anchor-language text
  --mix A,B,C          parts of fact translation, common translation and anchor-language text. Default: 37175,7976,4871, the
                       ratio in the FaMSS release
  --include-pivot      the pivot of the run may be selected too; it then gets text in the anchor language
  --seed N             direction and order of instruction pairs, and which facts they state. Default: 1
  Need is the language's mean bias above the lowest one. Languages are added greedily where they cover most need: the sum over
  languages of need times the largest transfer from a selected one. A selected language is credited with the need that it
  covers better than the others. The anchor language, the pivot, gets its part of the mix; the rest is shared out over the
  selected languages. Where more of a language's bias than the mean is a shift of all its texts, up to 20 points of fact
  translation become common translation; where less, the other way round. The plan is compared with the same items for all
  candidates alike, in inverse proportion to their bias, and in proportion to it.`,
};
