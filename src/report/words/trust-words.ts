import type { Language } from '../../core/language.ts';
import type { LanguageTrust, TrustStatus } from '../../core/trust.ts';
import type { PlotLanguage } from '../../plots/props.ts';
import { sentences } from '../../plots/sentences.ts';
import { percent } from './answer.ts';

/** Marks before a language's name; before it, because a name's end may be cut. A dagger would say that it is extinct. */
const MARKS: Record<TrustStatus, string> = { weak: '‡', untested: '°', strong: '', reference: '' };

/** The language as plots name it: with its mark, if it has one, and what that means. */
export function markedLanguage(language: Language, trust: LanguageTrust | undefined): PlotLanguage {
  if (trust === undefined || MARKS[trust.status] === '') return language;
  const mark = (name: string): string => `${MARKS[trust.status]}\u00a0${name}`;
  const { name, label } = language;
  return { ...language, name: mark(name), label: mark(label), remark: trustSentence(name, trust) };
}

/** What the marks of these languages mean; '' where none has one. */
export function markNote(trust: LanguageTrust[] | null): string {
  const has = (wanted: TrustStatus): boolean =>
    trust?.some(({ status }) => status === wanted) ?? false;
  return sentences(
    has('weak')
      ? `${MARKS.weak} The encoder is weak in this language (it misses more than one in five held-out sentences): drift says more about the encoder than about the facts`
      : '',
    has('untested')
      ? `${MARKS.untested} The encoder was not tested in this language: drift may say more about the encoder than about the facts`
      : '',
  );
}

/** How well the encoder reads one language, as a sentence with interval and n. */
export function trustSentence(
  name: string,
  { status, sentences: n, share, interval }: LanguageTrust,
): string {
  if (status === 'reference') return `${name} is the language that the others were tested against.`;
  if (share === null || interval === null) {
    const few = n === 0 ? '' : ` (only ${n} held-out sentences)`;
    return `The encoder was not tested in ${name}${few}: drift there may say more about the encoder than about the facts.`;
  }
  const range = `95 % interval ${Math.round(interval[0] * 100)} to ${percent(interval[1])}`;
  const found = `The encoder finds ${percent(share)} (${range}) of n = ${n.toLocaleString('en')} held-out sentences in ${name}`;
  return status === 'weak'
    ? `${found}: it is weak there, and drift says more about the encoder than about the facts.`
    : `${found}.`;
}

/** The same where there is little room. */
export function trustCell({ status, share }: LanguageTrust): string {
  const words = status === 'strong' ? [] : [status];
  return `${MARKS[status]} ${[...(share === null ? [] : [percent(share)]), ...words].join(', ')}`.trim();
}
