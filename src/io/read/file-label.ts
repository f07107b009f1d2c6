import { toTag } from '../../core/language.ts';
import { splitPath } from './sheet.ts';

export interface FileLabel {
  /** The language that a file's name gives, in its own spelling; '' for none. */
  label: string;
  /** Which files are numbered together: the pair of a bilingual file (`deu-eng`), or the folder. */
  scope: string;
}

/** Words that stand beside a language in the names of files and columns. */
const FILLER =
  'texts?|sentences?|statements?|questions?|prompts?|translations?|translated|trans|facts?|values?|contents?|' +
  'train|dev|devtest|test|valid|validation|sampled|lang|language';
const LEADING = new RegExp(`^(?:(?:${FILLER})[\\s_.:-]+)+`, 'i');
const TRAILING = new RegExp(`(?:[\\s_.:-]+(?:${FILLER}))+$`, 'i');
const EXTENSIONS = new Set(
  'txt text csv tsv tab json jsonl ndjson gz zip dev devtest test train tok raw out log lst src ref'.split(
    ' ',
  ),
);
/** English words that are codes too; at the beginning of a longer name they are taken for words. */
const WORDS = new Set(
  'all am an as be he her his is it man my new no old or so the to mt'.split(' '),
);
const CODE = '[a-z]{2,3}(?:_[a-z]{4})?';
const PAIR = new RegExp(`(?:^|[._-])(${CODE})-(${CODE})\\.(${CODE})(?:\\.(?:txt|gz))*$`, 'i');
const scripts = new Intl.DisplayNames(['en'], { type: 'script', fallback: 'none' });
/** Longer headers and names are prose; no label is looked for in them. */
const LONGEST = 100;

/** The language that a column's header names, in its own spelling (`text_en` gives `en`), or null. */
export function labelOfColumn(header: string): string | null {
  if (header.length > LONGEST) return null;
  const bare = header.trim().replace(LEADING, '').replace(TRAILING, '');
  const inside = /^(.*?)\s*[([](.*)[)\]]$/.exec(bare);
  const candidates = inside === null ? [bare] : [inside[2], inside[1]];
  return candidates.find((candidate) => isLabel(candidate)) ?? null;
}

/** Reads the language and the scope from names such as `eng_Latn.devtest`, `mkqa-zh_cn.jsonl`, `tatoeba.deu-eng.deu`. */
export function labelOfFile(name: string): FileLabel {
  const { folder, base } = splitPath(name);
  if (base.length > LONGEST) return { label: '', scope: folder };
  const pair = PAIR.exec(base);
  if (pair !== null && (pair[3] === pair[1] || pair[3] === pair[2])) {
    return { label: pair[3], scope: `${pair[1]}-${pair[2]}` };
  }
  const label = labelOfBase(base);
  if (label !== '') return { label, scope: folder };
  const parent = splitPath(folder);
  const above = labelOfColumn(parent.base);
  if (above === null) return { label: '', scope: folder };
  return { label: above, scope: `${parent.folder}/${base}` };
}

function labelOfBase(base: string): string {
  const segments = base.split('.').filter((part) => !EXTENSIONS.has(part.toLowerCase()));
  for (const segment of segments.reverse()) {
    const label = labelOfSegment(segment);
    if (label !== null) return label;
  }
  return segments.length === 1 && /^[a-z]{3}$/.test(segments[0]) ? segments[0] : '';
}

function labelOfSegment(segment: string): string | null {
  const whole = labelOfColumn(segment);
  if (whole !== null && (whole === segment || !isWord(whole))) return whole;
  const cuts = [...segment.matchAll(/[-_\s]/g)].map((match) => match.index);
  const tails = cuts.map((cut) => segment.slice(cut + 1));
  const heads = cuts.map((cut) => segment.slice(0, cut)).reverse();
  const candidates = [...tails, ...heads.filter((head) => !isWord(head))];
  return candidates.find((candidate) => isLabel(candidate)) ?? null;
}

function isWord(candidate: string): boolean {
  return WORDS.has(candidate.toLowerCase());
}

/**
 * Whether a word names a language. Stricter than the core, which takes any four letters for a script (`my_data`) and
 * looks aliases up among the names that every object has (`constructor`).
 */
function isLabel(candidate: string): boolean {
  if (candidate.length > 40 || candidate.toLowerCase() in {}) return false;
  const script = /-([A-Z][a-z]{3})\b/.exec(toTag(candidate) ?? '-Zzzz');
  return script === null || (script[1] !== 'Zzzz' && scripts.of(script[1]) !== undefined);
}
