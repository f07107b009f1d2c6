import { MODELS } from '../core/models.ts';

const models = MODELS.map(({ id, licence }) => `    ${id} (${licence})`).join('\n');

export const HELP = `Isogloss: how far apart are languages on the same facts?

Usage
  npx isogloss analyze FILES... --out DIR [options]
  npx isogloss compare RUN RUN --out DIR [options]
  npx isogloss compare RUN --treatment NAME --out DIR [options]
  npx isogloss score ANSWERS... --out DIR [options]
  npx isogloss vote ANSWERS... --out DIR [options]
  npx isogloss pairs ANSWERS... --out DIR [options]
  npx isogloss cache [--clear] [--cache DIR]

FILES are texts that state the same facts in several languages: wide or long CSV/TSV, JSON, JSONL, one text file per
language, XQuAD, BMLAMA, MKQA, FaMSS flore200.json; folders, .zip and .gz of these. The format is recognized by content.

Options
  --out DIR            folder for the results; made when it does not exist
  --model ID|FOLDER    encoder: an id of the list below, any model hub id (owner/name), or a folder laid out as the hub
                       does (config.json, tokenizer.json, onnx/model.onnx). Default: the bundled encoder
  --dtype NAME         precision: fp32 (default), fp16 or q8
  --pooling NAME       graph, mean, cls or pooler, and --prefix TEXT before every text, instead of what the model's own
                       card says
  --embeddings PATH    vectors instead of encoding: .npy, .safetensors or .parquet of floats [rows, d], [facts, languages, d]
                       or [facts, languages, layers, d], or a folder or .zip that holds one, such as results of Isogloss.
                       A rows.csv (fact,language) beside the file names its rows, else they are the texts of FILES in
                       reading order
  --layers             compare every layer of the encoder, or of the vectors given
  --pivot TAG          language the others are compared with. Default: English, else the one with most facts
  --cache DIR          folder that keeps vectors between runs. Default: vectors in the user's cache folder; --no-cache
                       neither takes nor keeps any
  --seed N             seed of intervals, samples and projection. Default: 1
  --help, --version

Comparing
  RUN is a folder, or a .zip, that analyze or the page wrote. Both runs are measured anew on the texts that both have;
  differences have intervals of a paired bootstrap over facts.
  --treatment NAME     compare the run with itself after centering (each language's mean taken away) or lir-1 to lir-8
                       (that many leading directions of each language taken away)
  --same-space         the vectors of both runs lie in one space: the language bias of both is z-scored as in the first
  Writes comparison.md comparison.json pair-changes.csv language-changes.csv pictures.csv

Scoring answers
  ANSWERS are files of what models answered to the same questions in several languages, folders or .zip of them.
  --parser NAME        how an answer is read as an option: clika-strict (default: its first character), robust (a letter
                       that stands alone, at the start or after a marker as "Answer:"; else the text of one option), calm
  --reference TASK=PERCENT or TASK=MODEL@LANGUAGE
                       the accuracy that RA counts as 1; may be repeated. CLiKA's tasks have theirs: x_csqa 74.6,
                       x_copa 96.4, x_geo 97.0, x_name 92.2, logiqa2 53.6, x_reclor 61.6
  --pivot TAG          language the others are compared with. Default: English, else none
  --compare A,B        difference of two models: exact McNemar test by language, adjusted over languages
  --alignment RUN      a folder that analyze wrote for questions.csv: does alignment of the questions go with consistency?
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
  language | right in the pivot), lift_from_pivot that over P(right in the language).

Results of analyze
  report.html report.md (to read and to send) report.json manifest.json pairs.csv languages.csv hubs.csv facts.csv drift.csv projection.csv probe.json
  embeddings.npy rows.csv matrices/<metric>.csv .json .npy; with --layers also layers.csv layers.json layers.npy

Voting on answers
  ANSWERS are files of what models answered to the same questions in several languages; folders, .zip and .gz of these.
  Each valid answer of a voting language is one vote, for each model apart. Ties go to the choice that is seen first when
  languages stand in their order, samples in theirs; all ties are listed.
  --mode NAME          own (default) or calm: letters as CALM's code reads them, where a character that stands alone votes
                       for itself, and its rules for targets
  --parser NAME        how an answer is read as an option: robust (default in own), clika-strict or calm (default in calm)
  --order LIST         languages by the files' labels or by tags, as in ja,cn,fr,it,de,en. What is not among them is left
                       out. Default: all, as in the files
  --voters LIST        those of the order that vote. Default: all
  --model NAME         this model alone. Default: each on its own
  --open               open questions instead: answers are encoded by the bundled encoder, those that say the same (single
                       linkage above the 99th percentile of cosines between answers to different questions) vote together
  --profiles FILE      JSON of markers by language, as for score
  --seed N             seed of samples. Default: 1
  Writes votes.csv (shares, margins, entropy in bits, coverage, what each language chose), curves.csv (shares; where right
  options are known also calibration, purity and yield by threshold, the vote against each language alone), votes.json;
  with --open also medoids.csv

Making pairs of votes
  isogloss pairs takes the options of vote, and
  --format NAME        llama-factory (default: DPO_<label>.json and dataset_info.json), trl (TRL_<label>.jsonl), xllms
                       (xLLMs_<label>.json with prefered_output) or sft (sft_<label>.json and dataset_info.json). Where
                       there are several tasks or models each has a folder. A language without rows has no file
  --meta               rows carry where they come from: question, model, share, votes, languages, samples
  With --mode calm each valid answer that differs from the winner is rejected, as it stands; answers without a letter are in
  no row. Chosen is the explanation of the last voter's answer with the winner's letter, with the option's text in the
  language. CALM translates that explanation by machine; here it stays in its own language, and audit.csv flags the row
  needs_translation. Text that CALM's code leaves behind the last option (markers of the answer) is not copied.
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
  counts, and how many rows were left out for which reason)

Kept vectors
  A text is encoded once for each model, its files, precision, pooling, prefix, device and version of the runtime. Of the
  texts themselves only half a SHA-256 is kept. The manifest says how many vectors were kept. isogloss cache tells where
  they lie and how much room they take (1 GB at most, the longest unused go first); --clear removes them.

Nothing leaves this machine, unless --model names a hub model: then its files are downloaded from huggingface.co
(or HF_ENDPOINT), kept in the cache folder, and pinned by commit and SHA-256.

Models
${models}
`;
