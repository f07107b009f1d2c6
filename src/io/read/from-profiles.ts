import { AnalyzerError } from '../../core/errors.ts';
import { toTag } from '../../core/language.ts';
import type { MarkerProfile, MarkerProfiles } from '../../core/marker-profiles.ts';
import { isObject } from './records.ts';

/**
 * Marker profiles by language, `{"de": {"answer": ["Antwort:"], "explanation": ["Erklärung:"]}}`.
 *
 * @throws AnalyzerError `format/damaged` where it has another shape
 */
export function readProfiles(source: string, text: string): MarkerProfiles {
  const given = parsed(text);
  if (isObject(given) && Object.values(given).every(isProfile))
    return given as Record<string, MarkerProfile>;
  throw new AnalyzerError('format/damaged', `${source} holds no marker profiles.`, {
    hint: 'Give a JSON file as {"de": {"answer": ["Antwort:"], "explanation": ["Erklärung:"]}}.',
  });
}

/** Whether a text holds markers by language, and nothing else. */
export function isProfiles(text: string): boolean {
  const given = parsed(text);
  return (
    isObject(given) &&
    Object.keys(given).length > 0 &&
    Object.entries(given).every(([tag, profile]) => toTag(tag) !== null && isProfile(profile))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

function isProfile(value: unknown): value is MarkerProfile {
  return (
    isObject(value) &&
    [value.answer, value.explanation].every(
      (markers) => Array.isArray(markers) && markers.every((marker) => typeof marker === 'string'),
    )
  );
}
