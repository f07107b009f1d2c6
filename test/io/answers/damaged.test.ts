import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { AnswerSource } from '../../../src/io/answers/answer-source.ts';
import { createAnswerReader } from '../../../src/io/answers/read-answers.ts';
import { CALL, folderSources, source } from './reading-answers.ts';

const FILES = folderSources(join(import.meta.dirname, '../../fixtures/answers'));

/** The file with a stretch cut out, or bytes overwritten by others of it. */
async function damaged(file: AnswerSource, random: () => number): Promise<AnswerSource> {
  const bytes = await file.read(0, file.size);
  const at = (): number => Math.floor(random() * bytes.length);
  if (random() < 0.5) {
    const [from, to] = [at(), at()].sort((a, b) => a - b);
    return source(file.name, new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(to)]));
  }
  for (let i = 0; i < 20; i++) bytes[at()] = bytes[at()];
  return source(file.name, bytes);
}

describe('damaged files', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'never stop the reading, nor break the table (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      const reader = createAnswerReader();
      await reader.add(await Promise.all(FILES.map((file) => damaged(file, random))), CALL);
      const { answers, questions, languages, models, wordings } = reader.table();
      expect(wordings).toHaveLength(questions.length * languages.length);
      const within = (values: Int32Array, count: number): boolean =>
        values.every((value) => value >= 0 && value < count);
      expect(within(answers.question, questions.length)).toBe(true);
      expect(within(answers.language, languages.length)).toBe(true);
      expect(within(answers.model, models.length)).toBe(true);
      expect(
        questions.every(({ gold, options }) => gold < Math.max(options, 1) || options === 0),
      ).toBe(true);
      const told = reader.summary().issues;
      expect(told.every(({ message, file }) => message !== '' && file !== '')).toBe(true);
      expect(told.filter(({ message }) => message.includes('could not be read ('))).toEqual([]);
    },
  );
});
