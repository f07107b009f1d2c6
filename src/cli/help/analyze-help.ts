import { MODELS } from '../../core/models.ts';
import type { CommandHelp } from './command-help.ts';

const models = MODELS.map(({ id, licence }) => `    ${id} (${licence})`).join('\n');

export const ANALYZE_HELP: CommandHelp = {
  about: 'how far apart are languages on the same facts?',
  usage: ['analyze FILES... --out DIR [options]'],
  details: `FILES are texts that state the same facts in several languages: wide or long CSV/TSV, JSON, JSONL, one text file per
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
  --adapter FILE       map the vectors by an adapter that the lab of the page wrote, before they are compared. It has to be
                       fitted on vectors of the same encoder; tokens stay those of the texts
  --layers             compare every layer of the encoder, or of the vectors given
  --pivot TAG          language the others are compared with. Default: English, else the one with most facts
  --cache DIR          folder that keeps vectors between runs. Default: vectors in the user's cache folder; --no-cache
                       neither takes nor keeps any
  --seed N             seed of intervals, samples and projection. Default: 1

Results
  report.html report.md (to read and to send) report.json manifest.json pairs.csv languages.csv hubs.csv facts.csv drift.csv projection.csv probe.json
  embeddings.npy rows.csv matrices/<metric>.csv .json .npy; with --layers also layers.csv layers.json layers.npy

Nothing leaves this machine, unless --model names a hub model: then its files are downloaded from huggingface.co
(or HF_ENDPOINT), kept in the cache folder, and pinned by commit and SHA-256.

Models
${models}`,
};
