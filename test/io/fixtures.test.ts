import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelsOf, readAll, shortIssues, textsOf } from './reading.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/corpora');
const EXPECTED = '.expected.json';

/** A fixture is a file, or a folder of files; what it should be read as stands beside it. */
function filesOf(fixture: string): Record<string, Uint8Array> {
  const path = join(FOLDER, fixture);
  const names = statSync(path).isDirectory()
    ? readdirSync(path).map((name) => join(path, name))
    : [path];
  return Object.fromEntries(
    names.sort().map((name) => [name.slice(FOLDER.length + 1), new Uint8Array(readFileSync(name))]),
  );
}

const fixtures = readdirSync(FOLDER).filter((name) => !name.endsWith(EXPECTED));

describe('fixtures', () => {
  it.each(fixtures)('%s is read as the file beside it says', async (fixture) => {
    const result = await readAll(filesOf(fixture));
    const actual = {
      format: result.sheets.map(({ format }) => format),
      languages: labelsOf(result),
      topics: Object.fromEntries(result.corpus.facts.map(({ id, topic }) => [id, topic])),
      texts: textsOf(result),
      lines: [...result.corpus.renderings.line],
      issues: shortIssues(result),
    };
    const path = join(FOLDER, fixture + EXPECTED);
    expect(actual).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});
