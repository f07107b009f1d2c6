import type { CommandHelp } from './command-help.ts';

export const PAIRS_HELP: CommandHelp = {
  about: 'training rows from votes',
  usage: ['pairs ANSWERS... --out DIR [options]'],
  details: `  isogloss pairs takes the options of vote, and
  --format NAME        llama-factory (default: DPO_<label>.json and dataset_info.json), trl (TRL_<label>.jsonl), xllms
                       (xLLMs_<label>.json with prefered_output) or sft (sft_<label>.json and dataset_info.json). Where
                       there are several tasks or models each has a folder. A language without rows has no file
  --meta               rows carry where they come from: question, model, share, votes, languages, samples
  With --mode calm each valid answer that differs from the winner is rejected, as it stands; answers without a letter are in
  no row. Chosen is the explanation of the last voter's answer with the winner's letter, with the option's text in the
  language. CALM translates that explanation by machine; here it stays in its own language, and audit.csv flags the row
  needs_translation. Text that CALM's code leaves behind the last option (markers of the answer) is not copied.
  Instruction and question are those of the files; sft has a row for each pair, with what is chosen there.
  --truth              the first right English answer is the target instead of the winner; questions without one are left out
  With --mode own chosen is the best answer in the language that agrees with the winner (of highest log-probability where
  files have them, else the first); ties and answers without a choice are in no row. sft has one row for each target.
  --target NAME        own-language (default), winner-text (the best answer of all, flagged needs_translation where it is in
                       another language) or option-text. Where a language has one answer to each question, own-language
                       makes no pair: that answer agrees or it does not
  --min-share P        smallest share of the vote. Default: 0.7; --min-margin P, --min-coverage P (share of the voting
                       languages in which the winner occurs). Default: 0
  --most-confident     of the answers that disagree in a language only the one that the model is surest of: by
                       log-probability, else by how often the language chose so
  --length-ratio R     chosen and rejected differ at most so much in length
  --allow-refusals     answers that refuse may be targets where most answers refuse; else they never are
  --check-language     no target that is identified as another language; flagged where that cannot be told
  --plan NAME          questions in one language, answers in another: to-pivot, from-pivot (both with --pivot TAG), ring (in
                       the order of the languages) or worst-first (all pairs, those whose choices agree least first). The
                       instruction ends by asking for the language. balance.csv counts rows by pair of languages
  --cap N              most rows of a pair of languages, drawn by the seed; --same: also questions in the answers' language
  --wishes FILE        JSON of sentences by language tag that ask for answers in it, as {"de": "Antworte auf Deutsch."}; a
                       language without one is asked for in English, and flagged suffix_in_english
  Writes the rows, audit.csv (a line for each row of each file: votes, source and letters) and pairs.json (settings,
  counts, and how many rows were left out for which reason)`,
};
