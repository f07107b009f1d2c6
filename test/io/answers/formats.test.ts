import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnswerReader } from '../../../src/io/answers/read-answers.ts';
import { answerDigest } from './answer-digest.ts';
import { CALL, folderSources } from './reading-answers.ts';

// Written, and parsed again by code of its own, by test/golden/answers.py; ANSWERS names a larger output of it.
const FOLDER = process.env.ANSWERS ?? join(import.meta.dirname, '../../fixtures/answers');
const drops = readdirSync(FOLDER).filter((name) => !name.endsWith('.json'));

describe('files of answers hold what another parser finds in them', () => {
  it.each(drops)('%s', async (drop) => {
    const reader = createAnswerReader();
    await reader.add(folderSources(join(FOLDER, drop)), CALL);
    const expected: unknown = JSON.parse(
      readFileSync(join(FOLDER, `${drop}.expected.json`), 'utf8'),
    );
    expect(answerDigest(reader.table())).toEqual(expected);
  });
});
