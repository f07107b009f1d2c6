import type { CommandHelp } from './command-help.ts';

export const SCORE_HELP: CommandHelp = {
  about: 'how right, and how consistent, are the answers of models in each language?',
  usage: ['score ANSWERS... [--out DIR] [options]'],
  details: `  ANSWERS are files of what models answered to the same questions in several languages, folders or .zip of them.
  --out DIR            folder for all results; without it nothing is written
  --json, --csv        print scorecard.json or scores.csv instead of a table
  --parser NAME        how an answer is read as an option: clika-strict (its first character), robust (a letter
                       that stands alone, at the start or after a marker as "Answer:"; else the text of one option), calm.
                       Default: clika-strict, or robust where samples, predictions or rows of other origin are read
  --reference TASK=PERCENT or TASK=MODEL@LANGUAGE
                       the accuracy that RA counts as 1; may be repeated. CLiKA's tasks have theirs: x_csqa 74.6,
                       x_copa 96.4, x_geo 97.0, x_name 92.2, logiqa2 53.6, x_reclor 61.6
  --pivot TAG          language the others are compared with. Default: English, else the first
  --compare A,B        difference of two models: exact McNemar test by language, adjusted over languages
  --alignment RUN      a folder that analyze wrote for questions.csv: does alignment of the questions go with consistency?
  --similarity         encode answers to open questions with the bundled encoder: xSC, the mean cosine of a question's
                       answers over pairs of languages, and how far above answers to other questions; similarity.csv
  --profiles FILE      JSON of markers by language: {"de": {"answer": ["Antwort:"], "explanation": ["Erklärung:"]}}
  --seed N             seed of intervals and permutations. Default: 1
  Writes scores.csv tasks.csv islands.csv questions.csv scorecard.json scorecard.md; where there is something to tell also
  language-pairs.csv shared-wrong.csv difficulty.csv retrieval.csv free-text.csv truthful.csv rankings.csv mcnemar.csv
  alignment.csv. All shares are in [0, 1] (accuracy, invalid, ra, dd too); an empty cell is not defined.
  scores.csv: n answers to questions whose right answer is known; accuracy, of open answers the share that holds a truth;
  invalid share of answers without a choice; ra = max(0, (accuracy - chance) / (reference - chance)), ra_unfloored without
  the floor; co_with_pivot = right in both / right in either, of the language and the pivot (tasks.csv has the mean over
  languages), co_independent and co_max what its accuracies make of it by chance and at most, co_star between these two;
  dd = mean over best of ra over the languages, the same in all rows of a task and model; parsers_differ answers that
  clika-strict and robust read differently; top_share, entropy_bits, degenerate: how constant the choices are; agreement
  and kappa of the n_valid_with_pivot questions that both chose an option for; transfer_from_pivot = P(right in the
  language | right in the pivot), lift_from_pivot that over P(right in the language).`,
};
