import { expect, it } from 'vitest';
import { fileWords } from '../../../src/io/answers/file-words.ts';

it.each([
  ['data/xcsqa/samples/x_csqa_cn_train_sampled.json', 'x_csqa cn '],
  ['data/xcsqa/samples/x_csqa_cn_train_mistral_sampled.json', 'x_csqa cn mistral'],
  ['llama/x_csqa/x_csqa_de.jsonl', 'x_csqa de llama'],
  ['mistral/x_csqa_de.jsonl', 'x_csqa de mistral'],
])('%s is of %s', (path, words) => {
  const { task, language, model } = fileWords(path);
  expect(`${task} ${language} ${model}`).toBe(words);
});
