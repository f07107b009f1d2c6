import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import {
  contrast,
  diverging,
  inkOn,
  languageColors,
  linearToOklab,
  oklab,
  sequential,
  toLinear,
} from '../../src/plots/color.ts';

const EIGHT = ['en', 'de', 'ru', 'ar', 'hi', 'zh', 'th', 'sw'].map(toLanguage);
const MANY = [
  'en',
  'de',
  'fr',
  'sw',
  'vi',
  'ru',
  'el',
  'ar',
  'he',
  'hi',
  'ta',
  'zh',
  'ja',
  'am',
].map(toLanguage);
const SURFACES = ['#ffffff', '#191c1f'];
const STEPS = Array.from({ length: 101 }, (_, i) => i / 100);

/** Full severity in linear light, row-major. @see Machado, Oliveira and Fernandes 2009 */
const SIMULATIONS: Record<string, number[]> = {
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

type Triple = [number, number, number];

function seenWith(matrix: number[], color: string): Triple {
  const light = toLinear(color);
  const seen = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        light.reduce((sum, value, k) => sum + matrix[row + k] * value, 0),
      ),
    ),
  );
  return linearToOklab(seen as Triple);
}

function smallestDistance(colors: Triple[]): number {
  const distances = colors.flatMap((a, i) =>
    colors.slice(0, i).map((b) => Math.hypot(...a.map((v, k) => v - b[k]))),
  );
  return Math.min(...distances);
}

function hue(color: string): number {
  const [, a, b] = oklab(color);
  return (Math.atan2(b, a) * 180) / Math.PI;
}

function turnBetween(a: string, b: string): number {
  const turn = Math.abs(hue(a) - hue(b)) % 360;
  return Math.min(turn, 360 - turn);
}

describe('languageColors', () => {
  it('keeps eight languages at least 0.13 apart in OKLab', () => {
    expect(smallestDistance(languageColors(EIGHT).map(oklab))).toBeGreaterThan(0.13);
  });

  it.each(Object.entries(SIMULATIONS))(
    'keeps eight languages at least 0.07 apart under %s',
    (_, matrix) => {
      const seen = languageColors(EIGHT).map((color) => seenWith(matrix, color));
      expect(smallestDistance(seen)).toBeGreaterThan(0.07);
    },
  );

  it.each(SURFACES)('keeps 3 : 1 between eight languages and the surface %s', (surface) => {
    for (const color of languageColors(EIGHT))
      expect(contrast(color, surface)).toBeGreaterThanOrEqual(3);
  });

  it.each([EIGHT, MANY])(
    'gives a language the same colour wherever it stands in the list',
    (...languages) => {
      const colors = languageColors(languages);
      const reversed = languageColors(languages.toReversed()).toReversed();
      expect(reversed).toEqual(colors);
    },
  );

  it('gives languages of one script one hue and of different families different hues, above eight', () => {
    const colors = languageColors(MANY);
    const of = (tag: string): string => colors[MANY.findIndex((language) => language.tag === tag)];
    expect(turnBetween(of('en'), of('vi'))).toBeLessThan(30);
    expect(turnBetween(of('en'), of('ar'))).toBeGreaterThan(60);
    expect(turnBetween(of('hi'), of('am'))).toBeGreaterThan(25);
  });

  it('tells all of a hundred unknown languages apart', () => {
    const languages = Array.from({ length: 100 }, (_, i) => toLanguage(`unknown label ${i}`));
    expect(new Set(languageColors(languages)).size).toBe(100);
  });
});

describe('scales', () => {
  it('sequential falls evenly in lightness from light to dark', () => {
    const lightness = STEPS.map((t) => oklab(sequential(t))[0]);
    const even = STEPS.map((t) => lightness[0] + t * (lightness[100] - lightness[0]));
    expect(lightness[0]).toBeGreaterThan(0.95);
    expect(lightness[100]).toBeLessThan(0.35);
    lightness.forEach((value, i) => expect(Math.abs(value - even[i])).toBeLessThan(0.015));
    lightness.slice(1).forEach((value, i) => expect(value).toBeLessThan(lightness[i]));
  });

  it('diverging is lightest at its zero and about as dark at equal distances from it', () => {
    const lightness = (t: number): number => oklab(diverging(t))[0];
    expect(STEPS.reduce((best, t) => (lightness(t) > lightness(best) ? t : best), 0)).toBe(0.5);
    for (const t of [0.1, 0.25, 0.5])
      expect(Math.abs(lightness(0.5 - t) - lightness(0.5 + t))).toBeLessThan(0.06);
  });

  it('takes the end colour beyond the ends', () => {
    expect(sequential(-3)).toBe(sequential(0));
    expect(diverging(7)).toBe(diverging(1));
  });

  it('inkOn keeps 4.5 : 1 on every colour of both scales', () => {
    for (const color of STEPS.flatMap((t) => [sequential(t), diverging(t)])) {
      expect(contrast(inkOn(color), color)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
