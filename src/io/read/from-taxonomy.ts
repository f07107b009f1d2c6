import type { Taxonomy } from '../../core/coverage.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { toTag } from '../../core/language.ts';
import { isObject } from './records.ts';

/**
 * Tiers of languages, `{"0": [{"lang_code": "...", "lang_name": "..."}], "1": [...]}`, after the taxonomy of Joshi et al.
 * A language is known by its code, else by its name.
 *
 * @see Joshi et al. 2020, arXiv 2004.09095
 * @throws AnalyzerError `format/damaged` where it has another shape, or names a language twice
 */
export function readTaxonomy(source: string, text: string): Taxonomy {
  const tiers = new Map<string, string>();
  for (const [tier, languages] of Object.entries(parsedObject(source, text))) {
    if (!Array.isArray(languages)) throw misshapen(source, `tier ${tier} is no list`);
    for (const language of languages as unknown[]) {
      const tag = tagOf(language);
      if (tag === null) continue;
      const known = tiers.get(tag);
      if (known !== undefined && known !== tier)
        throw misshapen(source, `${tag} is in the tiers ${known} and ${tier}`);
      tiers.set(tag, tier);
    }
  }
  if (tiers.size === 0) throw misshapen(source, 'it names no language that is known');
  return { source, tiers };
}

/** Whether a text holds lists of languages by tier, and nothing else. */
export function isTaxonomy(text: string): boolean {
  let tiers: unknown[];
  try {
    tiers = Object.values(parsedObject('', text));
  } catch {
    return false;
  }
  const isLanguage = (value: unknown): boolean =>
    isObject(value) && ('lang_code' in value || 'lang_name' in value);
  return tiers.length > 0 && tiers.every((tier) => Array.isArray(tier) && tier.every(isLanguage));
}

function parsedObject(source: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw misshapen(source, 'it is no JSON object');
}

function tagOf(language: unknown): string | null {
  if (!isObject(language)) return null;
  const { lang_code: code, lang_name: name } = language;
  return (
    (typeof code === 'string' ? toTag(code) : null) ??
    (typeof name === 'string' ? toTag(name) : null)
  );
}

function misshapen(source: string, why: string): AnalyzerError {
  return new AnalyzerError('format/damaged', `${source} is no taxonomy of languages: ${why}.`, {
    hint: 'Give {"0": [{"lang_code": "…", "lang_name": "…"}], "1": […]}.',
  });
}
