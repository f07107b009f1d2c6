import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { describe, expect, it } from 'vitest';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { REFERENCE_TEXTS } from '../../src/core/reference-texts.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const model = (file: string): object =>
  JSON.parse(read(`public/models/${BUNDLED_MODEL}/${file}`)) as object;

/** Made with the tokenizer that the encoder was trained with; see make_tokens.py. */
const golden = JSON.parse(read('test/golden/tokens.json')) as {
  reference: Record<string, number[]>;
  hardNegatives: Record<string, string>;
};

describe('the tokenizer of the bundled encoder', () => {
  const tokenizer = new PreTrainedTokenizer(
    model('tokenizer.json'),
    model('tokenizer_config.json'),
  );

  it.each(REFERENCE_TEXTS)('cuts as the training tokenizer does: %s', (text) => {
    expect(tokenizer.encode(text)).toEqual(golden.reference[text]);
  });

  const rows = read('encoder/hard-negatives.tsv')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));

  it.each(Object.keys(golden.hardNegatives))('cuts 600 sentences alike in %s', (language) => {
    const texts = rows
      .filter((row) => row[2] === language)
      .flatMap(([, , , text, perturbed]) => [text, perturbed]);
    expect(texts.length).toBe(600);
    const lines = texts.map((text) => tokenizer.encode(text).join(',')).join('\n');
    expect(createHash('sha256').update(lines).digest('hex')).toBe(golden.hardNegatives[language]);
  });

  it('reads spaces of every kind as one, and none at the ends', () => {
    const plain = tokenizer.encode('water freezes at 0');
    expect(tokenizer.encode('  Water\t freezes\u00a0at\n0 ')).toEqual(plain);
    expect(tokenizer.encode('Ｗater freezes at ０')).toEqual(plain);
  });
});
