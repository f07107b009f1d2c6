import type { Language } from '../core/language.ts';

type Triple = [number, number, number];

/**
 * Eight colours that stay apart for everyone: at least 0.13 in OKLab for full colour vision and 0.07 under simulated
 * protanopia, deuteranopia and tritanopia, and 3 : 1 against the plot surface of both schemes (Okabe and Ito's own
 * yellow, orange and black fail the last), in an order that keeps the first few furthest apart.
 *
 * @see Okabe and Ito 2008, Color universal design; Machado, Oliveira and Fernandes 2009 for the simulation
 */
const SAFE = [
  '#1b71bc',
  '#ac5107',
  '#9281e1',
  '#279ea4',
  '#d17273',
  '#9a4c95',
  '#97871d',
  '#557061',
];

/** Hue in degrees by script family; scripts not named here share the last one. */
const FAMILIES: { hue: number; scripts: string[] }[] = [
  { hue: 250, scripts: ['Latn'] },
  { hue: 305, scripts: ['Cyrl', 'Grek', 'Armn', 'Geor', 'Copt', 'Glag'] },
  { hue: 155, scripts: ['Arab', 'Aran', 'Hebr', 'Syrc', 'Thaa'] },
  {
    hue: 55,
    scripts: [
      'Deva',
      'Beng',
      'Guru',
      'Gujr',
      'Orya',
      'Taml',
      'Telu',
      'Knda',
      'Mlym',
      'Sinh',
      'Olck',
      'Mtei',
      'Tibt',
    ],
  },
  { hue: 195, scripts: ['Thai', 'Laoo', 'Khmr', 'Mymr', 'Java', 'Bali', 'Lana', 'Cham'] },
  { hue: 20, scripts: ['Hans', 'Hant', 'Hani', 'Jpan', 'Kore', 'Hang', 'Hira', 'Kana', 'Bopo'] },
  { hue: 105, scripts: ['Ethi', 'Tfng', 'Nkoo', 'Adlm', 'Vaii', 'Osge'] },
  { hue: 340, scripts: [] },
];

/**
 * One colour per language, `#rrggbb`, that depends on the set of languages and not on their order. Up to eight come from
 * a colour-blind-safe set; above that the hue names the script family and lightness tells its members apart.
 */
export function languageColors(languages: Language[]): string[] {
  const byTag = languages
    .map((_, i) => i)
    .sort((a, b) => (key(languages[a]) < key(languages[b]) ? -1 : 1));
  const colors = new Array<string>(languages.length);
  if (languages.length <= SAFE.length) {
    byTag.forEach((language, place) => (colors[language] = SAFE[place]));
    return colors;
  }
  const members = FAMILIES.map((): number[] => []);
  for (const language of byTag) members[familyOf(languages[language])].push(language);
  members.forEach((family, f) => {
    family.forEach(
      (language, place) => (colors[language] = shade(FAMILIES[f].hue, place, family.length)),
    );
  });
  return colors;
}

function key({ tag, label }: Language): string {
  return `${tag} ${label}`;
}

function familyOf({ script }: Language): number {
  const found = FAMILIES.findIndex(({ scripts }) => scripts.includes(script));
  return found === -1 ? FAMILIES.length - 1 : found;
}

/** Lightness from 0.49 to 0.69, hue within 14 degrees of its family's, so that neighbours by tag lie far apart. */
function shade(hue: number, place: number, count: number): string {
  const t = count === 1 ? 0.5 : place / (count - 1);
  const turn = ((place * 0.618034) % 1) - 0.5;
  return fromOklch(0.49 + 0.2 * t, 0.13 - 0.04 * Math.abs(turn), hue + 28 * turn);
}

/**
 * A colour for each value of a category, `#rrggbb`: the eight most frequent have one each from the colour-blind-safe set, in
 * the order of their frequency; the rest, and '' for unknown, have none.
 */
export function categoryColors(values: string[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map(
    [...counts]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, SAFE.length)
      .map(([value], place) => [value, SAFE[place]]),
  );
}

/** Control points (lightness, chroma, hue) of a scale, from low to high. */
const SEQUENTIAL = stops([
  [0.975, 0.022, 100],
  [0.881, 0.075, 112],
  [0.786, 0.095, 140],
  [0.692, 0.095, 172],
  [0.598, 0.095, 210],
  [0.503, 0.1, 240],
  [0.409, 0.105, 262],
  [0.315, 0.085, 280],
]);

const DIVERGING = stops([
  [0.4, 0.11, 258],
  [0.56, 0.12, 248],
  [0.74, 0.085, 238],
  [0.89, 0.035, 230],
  [0.972, 0.004, 90],
  [0.9, 0.045, 62],
  [0.775, 0.105, 52],
  [0.6, 0.14, 42],
  [0.43, 0.125, 34],
]);

/** Light to dark with lightness falling evenly, so that order survives grey print and colour blindness. t in [0, 1]. */
export const sequential = inSteps(SEQUENTIAL);

/** Blue below, near-white at, and orange above a true zero, which lies at t = 0.5. t in [0, 1]. */
export const diverging = inSteps(DIVERGING);

/** Black or white, whichever reads better on the colour (`#rrggbb`): at least 4.5 : 1 on any. */
export function inkOn(color: string): string {
  return contrast(color, '#000000') >= contrast(color, '#ffffff') ? '#000000' : '#ffffff';
}

/** WCAG 2 contrast of two colours (`#rrggbb`), in [1, 21]. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = toLinear(color);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Linear light of `#rrggbb`, each channel in [0, 1]. */
export function toLinear(color: string): Triple {
  const number = Number.parseInt(color.slice(1), 16);
  return [linear((number >> 16) & 255), linear((number >> 8) & 255), linear(number & 255)];
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function stops(points: Triple[]): Triple[] {
  return points.map(([lightness, chroma, hue]) => toOklab(lightness, chroma, hue));
}

/** Steps of a scale: neighbours differ by no more than one level of a channel or two, and each is computed once. */
const STEPS = 1024;

function inSteps(points: Triple[]): (t: number) => string {
  const known: string[] = [];
  return (t) => {
    const step = Math.round(STEPS * Math.min(1, Math.max(0, t)));
    return (known[step] ??= between(points, step / STEPS));
  };
}

function between(points: Triple[], t: number): string {
  const position = t * (points.length - 1);
  const below = Math.min(Math.floor(position), points.length - 2);
  const share = position - below;
  const [from, to] = [points[below], points[below + 1]];
  return fromOklab([0, 1, 2].map((k) => from[k] + (to[k] - from[k]) * share) as Triple);
}

function toOklab(lightness: number, chroma: number, hue: number): Triple {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

function fromOklch(lightness: number, chroma: number, hue: number): string {
  return fromOklab(toOklab(lightness, chroma, hue));
}

/** `#rrggbb` of an OKLab colour, each channel cut to its range. @see Ottosson 2020, A perceptual color space */
function fromOklab([lightness, a, b]: Triple): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels.map((value) => gamma(value).toString(16).padStart(2, '0')).join('')}`;
}

function gamma(value: number): number {
  const cut = Math.min(1, Math.max(0, value));
  return Math.round(255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055));
}

/** OKLab of `#rrggbb`: lightness in [0, 1], then green to red and blue to yellow. */
export function oklab(color: string): Triple {
  return linearToOklab(toLinear(color));
}

export function linearToOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
