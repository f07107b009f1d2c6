export interface DriftMatrix {
  /** Row-major [facts, languages]. */
  values: Float32Array;
  languages: number;
  /** Largest drift on the axis. */
  max: number;
}

const BINS = 96;

/** Reads rows when they are asked for and keeps them: 50,000 facts in 100 languages need not be sorted to be drawn. */
export function driftRows(matrix: DriftMatrix): {
  density(language: number): Float32Array;
  sorted(language: number): Int32Array;
} {
  const densities = new Map<number, Float32Array>();
  const orders = new Map<number, Int32Array>();
  return {
    density: (language) => remembered(densities, language, () => densityOf(matrix, language)),
    sorted: (language) => remembered(orders, language, () => sortedFacts(matrix, language)),
  };
}

function remembered<T>(known: Map<number, T>, key: number, compute: () => T): T {
  const found = known.get(key) ?? compute();
  known.set(key, found);
  return found;
}

function sortedFacts({ values, languages }: DriftMatrix, language: number): Int32Array {
  const facts: number[] = [];
  for (let f = 0, i = language; i < values.length; f++, i += languages)
    if (!Number.isNaN(values[i])) facts.push(f);
  return Int32Array.from(facts).sort(
    (a, b) => values[a * languages + language] - values[b * languages + language] || a - b,
  );
}

function densityOf({ values, languages, max }: DriftMatrix, language: number): Float32Array {
  const counts = new Float32Array(BINS + 4);
  for (let i = language; i < values.length; i += languages) {
    if (!Number.isNaN(values[i])) counts[2 + binOf(values[i], max)]++;
  }
  // Binomial smoothing over five bins.
  const density = Float32Array.from(
    { length: BINS },
    (_, b) => counts[b] + 4 * counts[b + 1] + 6 * counts[b + 2] + 4 * counts[b + 3] + counts[b + 4],
  );
  const highest = density.reduce((a, b) => Math.max(a, b), 0);
  return highest === 0 ? density : density.map((value) => value / highest);
}

function binOf(value: number, max: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor((value / max) * BINS)));
}

/**
 * Vertical place of a fact's point in [-1, 1]: spread by the golden ratio as far as the density there allows, so that the
 * outline of a row is the shape of its distribution (a sina plot). The same fact always lies at the same place.
 *
 * @see Sidiropoulos et al. 2018, SinaPlot
 */
export function spread(fact: number, value: number, density: Float32Array, max: number): number {
  const turn = ((fact + 1) * 0.6180339887498949) % 1;
  const at = Math.min(BINS - 1, Math.max(0, (value / max) * BINS - 0.5));
  const below = Math.min(BINS - 2, Math.floor(at));
  const here = density[below] + (density[below + 1] - density[below]) * (at - below);
  return (2 * turn - 1) * Math.max(0.06, here);
}
