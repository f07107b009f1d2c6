import { eigenvalues } from '../core/eigen.ts';
import {
  centredRows,
  dot,
  meanRow,
  row,
  transpose,
  type Matrix,
  type Products,
} from '../core/matrix.ts';
import type { Isotropy } from '../core/report.ts';

/** Share of the largest eigenvalue up to which the others are rounding of single precision. */
const ROUNDING = 1e-6;

/**
 * @param x [N, d] unit rows
 * @see Rudman et al. 2022, arXiv 2108.07344 (IsoScore); Roy and Vetterli 2007 (effective rank)
 */
export async function isotropy(x: Matrix, products: Products): Promise<Isotropy> {
  const values = await axisVariances(x, products);
  const sum = values.reduce((total, value) => total + value, 0);
  const hasVariance = sum * (x.rows - 1) > ROUNDING * ROUNDING * dot(x.data, x.data);
  return { ...(hasVariance ? shapeOf(values) : NO_SHAPE), meanRandomCosine: meanRandomCosine(x) };
}

/** Variance along the principal axes, decreasing; divided by N - 1. [d] */
export async function axisVariances(x: Matrix, products: Products): Promise<Float64Array> {
  const columns = transpose(centredRows(x));
  const scatter = Float64Array.from((await products(columns, columns)).data);
  return eigenvalues(scatter, x.columns).map((value) => Math.max(0, value / (x.rows - 1)));
}

const NO_SHAPE = { rank: 0, isoScore: NaN, participationRatio: NaN, effectiveRank: NaN };

function shapeOf(values: Float64Array): Omit<Isotropy, 'meanRandomCosine'> {
  const sum = values.reduce((total, value) => total + value, 0);
  const entropy = values
    .filter((value) => value > 0)
    .reduce((total, value) => total - (value / sum) * Math.log(value / sum), 0);
  return {
    rank: values.filter((value) => value > ROUNDING * values[0]).length,
    isoScore: isoScore(values),
    participationRatio: sum ** 2 / dot(values, values),
    effectiveRank: Math.exp(entropy),
  };
}

/** IsoScore.py of bcbi-edu/p_eickhoff_isoscore: the share of axes that the variances, scaled to length √d, fill evenly. */
function isoScore(values: Float64Array): number {
  const d = values.length;
  const scale = Math.sqrt(d / dot(values, values));
  const apart = values.map((value) => value * scale - 1);
  const distance = Math.sqrt(dot(apart, apart));
  const defect = distance / Math.sqrt(2 * (d - Math.sqrt(d)));
  return ((d - defect ** 2 * (d - Math.sqrt(d))) ** 2 - d) / (d * (d - 1));
}

/**
 * Mean cosine of two different rows, the anisotropy baseline: (|sum of rows|² - sum of |row|²) / (N² - N). In [-1, 1], 0
 * for directions drawn at random. NaN for N = 1.
 *
 * @param x [N, d] unit rows
 * @see Ethayarajh 2019, arXiv 1909.00512
 */
function meanRandomCosine(x: Matrix): number {
  const N = x.rows;
  const centre = meanRow(x);
  let own = 0;
  for (let i = 0; i < N; i++) own += dot(row(x, i), row(x, i));
  return (N * N * dot(centre, centre) - own) / (N * N - N);
}
