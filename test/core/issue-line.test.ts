import { expect, it } from 'vitest';
import { issueLine } from '../../src/core/errors.ts';
import { issue } from '../../src/io/read/sheet.ts';

it('names a file once', () => {
  const found = (message: string) => issue('a.csv', ['error', 'bad-row'], message, { line: 2 });
  expect(issueLine(found('a.csv is odd.'))).toBe('a.csv:2 is odd.');
  expect(issueLine(found('The row is odd.'))).toBe('a.csv:2 The row is odd.');
});
