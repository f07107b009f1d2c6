import type { Fact } from '../core/corpus.ts';
import type { Language } from '../core/language.ts';

interface SearchInput {
  facts: Fact[];
  languages: Language[];
  text: (fact: number, language: number) => string | null;
}

/** Everything of a fact that can be searched, as one text per fact: NFC, small letters by each language's own rules. */
export interface Haystack {
  facts: Fact[];
  texts: string[];
  /** Locales in which a query is written in small letters; undefined is the one without special rules. */
  locales: (string | undefined)[];
}

/** Locales whose letters change case in their own way (Turkish dotless i and its like). */
const SPECIAL = new Set(['tr', 'az', 'lt', 'el']);
const SLICE = 10;

/** Prepares the search in slices of 10 ms, so that the page stays alive with 50,000 facts. Rejects when aborted. */
export async function buildHaystack(
  { facts, languages, text }: SearchInput,
  signal: AbortSignal,
): Promise<Haystack> {
  const ownLocales = languages.map(({ tag }) => specialLocale(tag));
  const texts: string[] = [];
  let end = performance.now() + SLICE;
  for (let f = 0; f < facts.length; f++) {
    const parts = [folded(facts[f].id), folded(facts[f].topic)];
    ownLocales.forEach((locale, l) => parts.push(folded(text(f, l) ?? '', locale)));
    texts.push(parts.join('\n'));
    if (performance.now() > end) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      end = performance.now() + SLICE;
    }
  }
  return { facts, texts, locales: [...new Set([undefined, ...ownLocales])] };
}

/** Whether each fact contains the query in its id, its topic or any of its texts. */
export function searchFacts({ texts, locales }: Haystack, query: string): boolean[] {
  const needles = [...new Set(locales.map((locale) => folded(query.trim(), locale)))];
  return texts.map((text) => needles.some((needle) => text.includes(needle)));
}

function folded(text: string, locale?: string): string {
  return text.normalize('NFC').toLocaleLowerCase(locale ?? 'und');
}

function specialLocale(tag: string): string | undefined {
  const [language] = tag.split('-');
  return SPECIAL.has(language) ? language : undefined;
}
