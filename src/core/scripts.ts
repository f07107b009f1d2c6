/** Unicode scripts of the ISO 15924 codes that stand for several, or for a variant of one. */
const PARTS: Record<string, string[]> = {
  Jpan: ['Han', 'Hira', 'Kana'],
  Hrkt: ['Hira', 'Kana'],
  Kore: ['Hang', 'Han'],
  Hans: ['Han'],
  Hant: ['Han', 'Bopo'],
  Hanb: ['Han', 'Bopo'],
  Aran: ['Arab'],
  Cyrs: ['Cyrl'],
  Latf: ['Latn'],
  Latg: ['Latn'],
  Syre: ['Syrc'],
  Syrj: ['Syrc'],
  Syrn: ['Syrc'],
};
const BMP = 0x10000;

/** A set of code points: a table for the basic plane, a regular expression for the rest. */
interface CharacterSet {
  table: Uint8Array;
  pattern: RegExp;
}

const letters = characterSet('\\p{L}');
const byScript = new Map<string, CharacterSet | null>();

/** Letters of a text, and how many of them belong to a script. */
export interface ScriptCount {
  letters: number;
  expected: number;
}

/**
 * Counts letters, and those of the script with the given ISO 15924 code. Letters that several scripts share count for
 * each of them. Null when the script is not known.
 */
export function countScript(text: string, script: string): ScriptCount | null {
  const expected = setOfScript(script);
  if (expected === null) return null;
  const count = { letters: 0, expected: 0 };
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0;
    if (point >= BMP) i++;
    if (!contains(letters, point)) continue;
    count.letters++;
    if (contains(expected, point)) count.expected++;
  }
  return count;
}

function setOfScript(script: string): CharacterSet | null {
  const known = byScript.get(script);
  if (known !== undefined) return known;
  const built =
    Object.hasOwn(PARTS, script) || /^[A-Z][a-z]{3}$/.test(script) ? buildScript(script) : null;
  byScript.set(script, built);
  return built;
}

function buildScript(script: string): CharacterSet | null {
  const parts = Object.hasOwn(PARTS, script) ? PARTS[script] : [script === 'Han' ? 'Hani' : script];
  try {
    return characterSet(parts.map((part) => `\\p{Script_Extensions=${part}}`).join(''));
  } catch {
    return null;
  }
}

function characterSet(members: string): CharacterSet {
  const pattern = new RegExp(`[${members}]`, 'u');
  const table = new Uint8Array(BMP);
  for (let point = 0; point < BMP; point++) {
    if (pattern.test(String.fromCharCode(point))) table[point] = 1;
  }
  return { table, pattern };
}

function contains({ table, pattern }: CharacterSet, point: number): boolean {
  return point < BMP ? table[point] === 1 : pattern.test(String.fromCodePoint(point));
}

/** The letters of a text alone, in lower case: what stays of it when it is copied. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}]+/gu, '');
}
