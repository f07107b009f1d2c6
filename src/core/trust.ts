import type { ParallelCorpus } from './corpus.ts';
import { toLanguage, type Language } from './language.ts';
import { wilson, type Interval } from './statistics.ts';

/** Held-out sentences of a language, and how many of them found their own sentence. 0 <= found <= sentences */
export interface HeldOut {
  sentences: number;
  found: number;
}

/** How well an encoder reads each language, measured by retrieval: a model's `trust.json`, made by `encoder/evaluate.py`. */
export interface EncoderTrust {
  /** What `found` counts, as a share in words. */
  measure: string;
  /** Sentences among which each one's own was sought. */
  candidates: number;
  /** Tag of the language in which it was sought. */
  reference: string;
  /** By tag. */
  languages: Record<string, HeldOut>;
}

export type TrustStatus = 'strong' | 'weak' | 'untested' | 'reference';

/** What the encoder's test says about one language of a corpus. */
export interface LanguageTrust extends HeldOut {
  status: TrustStatus;
  /** found / sentences, in [0, 1]; null where the language is untested or the reference. */
  share: number | null;
  /** 95 % Wilson interval of the share; null with it. */
  interval: Interval | null;
}

/** Below this share the encoder misses more than one in five sentences of a language: it is weak there. */
export const WEAK_BELOW = 0.8;

/** With fewer held-out sentences than this a language counts as untested: its interval would span most of the scale. */
export const FEWEST_SENTENCES = 20;

/** The same with canonical tags, so that `tl` of a training corpus meets `fil` of a file. Spellings of one language are pooled. */
export function canonicalTrust(trust: EncoderTrust): EncoderTrust {
  const languages = new Map<string, HeldOut>();
  for (const [label, { sentences, found }] of Object.entries(trust.languages)) {
    const { tag } = toLanguage(label);
    const pooled = languages.get(tag) ?? { sentences: 0, found: 0 };
    languages.set(tag, {
      sentences: pooled.sentences + sentences,
      found: pooled.found + found,
    });
  }
  const reference = toLanguage(trust.reference).tag;
  return { ...trust, reference, languages: Object.fromEntries(languages) };
}

/**
 * What the test says about a language, by its tag or by its tag without the region; never without the script, in which an
 * encoder may read a language it cannot read in another. Plain Norwegian (`no`) counts as Bokmål.
 *
 * @param trust with canonical tags
 */
export function trustIn({ tag }: Language, trust: EncoderTrust): LanguageTrust {
  const known = [tag, tag.replace(/-([A-Z]{2}|\d{3})$/, ''), tag === 'no' ? 'nb' : tag].find(
    (candidate) => candidate === trust.reference || Object.hasOwn(trust.languages, candidate),
  );
  const unmeasured = { share: null, interval: null };
  if (known === trust.reference)
    return { status: 'reference', sentences: 0, found: 0, ...unmeasured };
  const { sentences, found } =
    known === undefined ? { sentences: 0, found: 0 } : trust.languages[known];
  if (sentences < FEWEST_SENTENCES) return { status: 'untested', sentences, found, ...unmeasured };
  const share = found / sentences;
  const status = share < WEAK_BELOW ? 'weak' : 'strong';
  return { status, sentences, found, share, interval: wilson(found, sentences) };
}

/** By language, in their order; null where nothing was measured of the encoder. */
export function trustByLanguage(
  languages: Language[],
  trust: EncoderTrust | null,
): LanguageTrust[] | null {
  return trust && languages.map((language) => trustIn(language, trust));
}

/** A sentence that names the languages in which the encoder is weak, weakest first, and one for those it was not tested in. */
export function trustNotices({ languages }: ParallelCorpus, trust: EncoderTrust | null): string[] {
  const known = trustByLanguage(languages, trust) ?? [];
  const named = languages.map(({ name }, l) => ({ name, ...known[l] }));
  const weak = named
    .filter(({ status }) => status === 'weak')
    .sort((a, b) => a.share! - b.share!)
    .map(({ name, share }) => `${name} (${Math.round(share! * 100)} %)`);
  const untested = named.filter(({ status }) => status === 'untested').map(({ name }) => name);
  return [
    ...(weak.length === 0
      ? []
      : [
          `The encoder is weak in ${listed(weak)}: drift there says more about the encoder than about the facts.`,
        ]),
    ...(untested.length === 0
      ? []
      : [
          `The encoder was not tested in ${listed(untested)}: drift there may say more about the encoder than about the facts.`,
        ]),
  ];
}

const MOST_NAMED = 8;
const list = new Intl.ListFormat('en-GB');

/** Names as they are listed in a sentence: all of them, or the first and how many there are besides. */
function listed(names: string[]): string {
  if (names.length <= MOST_NAMED + 1) return list.format(names);
  return list.format([...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`]);
}
