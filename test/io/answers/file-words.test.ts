import { describe, expect, it } from 'vitest';
import { fileWords } from '../../../src/io/answers/file-words.ts';
import { clikaPath } from '../../../src/io/answers/clika-path.ts';

describe('what paths say', () => {
  it.each([
    ['data/xcsqa/samples/x_csqa_en_train_sampled.json', 'x_csqa', 'en', '', 'train'],
    ['samples/x_csqa_cn_train_mistral_sampled.json', 'x_csqa', 'cn', 'mistral', 'train'],
    ['x_csqa_de_mistral_sampled.json', 'x_csqa', 'de', 'mistral', ''],
    ['test/x_csqa_it_test.json', 'x_csqa_test', 'it', '', 'test'],
    ['data/medqa/test/native_en_test.json', 'medqa_en_test', 'en', '', 'test'],
    ['data/medqa/test/en2cn_test.json', 'medqa_en_test', 'cn', '', 'test'],
    ['data/medqa/test/cn2fr_test.json', 'medqa_cn_test', 'fr', '', 'test'],
    ['CALM/data/medqa/samples/native_cn_train_sampled.json', 'medqa_cn', 'cn', '', 'train'],
    ['out/llama3/x_csqa_fr_predictions.jsonl', 'x_csqa', 'fr', 'llama3', ''],
    ['train/dpo/DPO_ja.json', '', 'ja', '', 'train'],
    ['x_csqa/en/mistral.jsonl', 'x_csqa', 'en', 'mistral', ''],
    ['mmlu_eng_Latn.csv', 'mmlu', 'eng_Latn', '', ''],
    ['mistral_v0.2/generated_predictions_zh_cn.jsonl', 'mistral_v0_2', 'zh_cn', '', ''],
    ['gpt4.csv', 'gpt4', '', '', ''],
    ['answers_Swahili.csv', '', 'Swahili', '', ''],
  ])('%s', (path, task, language, model, split) => {
    expect(fileWords(path)).toEqual({ task, language, model, split });
  });

  it.each([
    ['x_csqa/DE_trans/chatgpt_res.jsonl', 'x_csqa', 'de'],
    ['drop/x_copa/zh/generate_input.jsonl', 'x_copa', 'zh'],
    ['x_geo/x_geo_ar_trans_model_input.jsonl', 'x_geo', 'ar'],
    ['x_name/klingon/chatgpt_res.jsonl', 'x_name', 'klingon'],
    ['x_name.zip/he/chatgpt_res.jsonl', 'x_name', 'he'],
    ['he/chatgpt_res.jsonl', '', 'he'],
  ])('CLiKA: %s', (path, task, language) => {
    expect(clikaPath(path)).toEqual({ task, language });
  });
});
