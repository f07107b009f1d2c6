/** A source of numbers in [0, 1): same seed, same sequence, on every machine. */
export type Random = () => number;

/** The sfc32 generator (Chris Doty-Humphrey, PractRand), state filled by splitmix32 from one 32-bit seed. */
export function seededRandom(seed: number): Random {
  let mix = seed | 0;
  const next = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) draw();
  return draw;
}

/** A whole number in [0, end). */
export function randomBelow(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/**
 * A number from the standard normal distribution.
 *
 * @see Box and Muller 1958
 */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `count` different whole numbers of [0, end), in increasing order; all of them when count >= end. */
export function randomSubset(random: Random, count: number, end: number): Int32Array {
  if (count >= end) return Int32Array.from({ length: end }, (_, i) => i);
  const chosen = new Set<number>();
  // Floyd's algorithm: one draw for each chosen number.
  for (let j = end - count; j < end; j++) {
    const candidate = randomBelow(random, j + 1);
    chosen.add(chosen.has(candidate) ? j : candidate);
  }
  return Int32Array.from(chosen).sort();
}

/** Puts the values in random order, in place: every order is equally likely (Fisher and Yates). */
export function shuffle<T extends Int32Array | Float64Array>(random: Random, values: T): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    [values[i], values[j]] = [values[j], values[i]];
  }
  return values;
}
