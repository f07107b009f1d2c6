import { describe, expect, it } from 'vitest';
import {
  AnalyzerError,
  asAnalyzerError,
  assert,
  cancelled,
  isCancelled,
} from '../../src/core/errors.ts';

describe('AnalyzerError', () => {
  it('keeps the cause it was made from', () => {
    const cause = new TypeError('deep');
    expect(new AnalyzerError('internal', 'Wrong.', { cause }).cause).toBe(cause);
    expect('cause' in new AnalyzerError('internal', 'Wrong.')).toBe(false);
  });
});

describe('asAnalyzerError', () => {
  it('hands on an AnalyzerError as it is', () => {
    const error = cancelled('It');
    expect(asAnalyzerError(error)).toBe(error);
  });

  it.each([
    [new TypeError('no such thing'), 'no such thing'],
    ['a bare string', 'a bare string'],
    [null, 'null'],
  ])('wraps %s as an internal defect and keeps it as the cause', (thrown, message) => {
    expect(asAnalyzerError(thrown)).toMatchObject({ code: 'internal', message, cause: thrown });
  });
});

describe('isCancelled', () => {
  it('tells a stop from every other error', () => {
    expect(isCancelled(cancelled('It'))).toBe(true);
    expect(isCancelled(new AnalyzerError('internal', 'It was stopped.'))).toBe(false);
    expect(isCancelled(new DOMException('stop', 'AbortError'))).toBe(false);
  });
});

describe('assert', () => {
  it('throws an internal error with the sentence when the condition fails', () => {
    expect(() => assert(false, 'n is 3')).toThrow(
      expect.objectContaining({ code: 'internal', message: 'n is 3' }),
    );
    expect(() => assert(true, 'n is 3')).not.toThrow();
  });
});
