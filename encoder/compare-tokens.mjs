/**
 * Whether tokenizer.json gives the training tokenizer's ids.
 *
 * Usage: node encoder/compare-tokens.mjs MODEL_FOLDER LINES, where LINES is what tokens.py printed: a JSON array of
 * `{ "language", "text", "ids" }`. Prints how many lines agree and the first that do not; fails when any does not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';

const [folder, lines] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const tokenizer = new PreTrainedTokenizer(
  read(join(folder, 'tokenizer.json')),
  read(join(folder, 'tokenizer_config.json')),
);
const expected = read(lines);
const wrong = expected.filter(({ text, ids }) => {
  const found = tokenizer.encode(text);
  return found.length !== ids.length || found.some((id, i) => id !== ids[i]);
});
for (const { language, text, ids } of wrong.slice(0, 5)) {
  console.log(`${language}: ${text}\n  training  ${ids}\n  here      ${tokenizer.encode(text)}`);
}
const languages = new Set(expected.map(({ language }) => language)).size;
console.log(
  `${expected.length - wrong.length} of ${expected.length} lines in ${languages} languages agree`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
