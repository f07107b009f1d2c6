/** Beyond this many bandwidths a kernel adds less than 2e-8 of its height. */
const REACH = 6;

/**
 * Silverman's bandwidth, (3 n / 4)^(-1/5) times the standard deviation with Bessel's correction, as
 * `scipy.stats.gaussian_kde(values, 'silverman')` takes it.
 *
 * @returns NaN below two values, 0 where all are equal: no density is defined then
 * @see Silverman 1986, Density Estimation for Statistics and Data Analysis, section 3.4
 */
export function silvermanBandwidth(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return NaN;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) sum += values[i];
  for (let i = 0; i < n; i++) squares += (values[i] - sum / n) ** 2;
  return ((3 * n) / 4) ** -0.2 * Math.sqrt(squares / (n - 1));
}

/**
 * Gaussian kernel density of the values at `count` evenly spaced places from `low` to `high`, both included; per unit of
 * the values.
 *
 * @param bandwidth standard deviation of the kernel, above 0
 */
export function kernelDensity(
  values: ArrayLike<number>,
  bandwidth: number,
  { low, high, count }: { low: number; high: number; count: number },
): Float64Array {
  const density = new Float64Array(count);
  const step = (high - low) / (count - 1);
  for (let i = 0; i < values.length; i++) {
    const from = Math.max(0, Math.ceil((values[i] - REACH * bandwidth - low) / step));
    const to = Math.min(count - 1, Math.floor((values[i] + REACH * bandwidth - low) / step));
    addKernel(density, {
      from,
      to,
      z: (low + from * step - values[i]) / bandwidth,
      dz: step / bandwidth,
    });
  }
  const scale = values.length * bandwidth * Math.sqrt(2 * Math.PI);
  return density.map((sum) => sum / scale);
}

/** Adds exp(-z² / 2) at steps of dz; each value follows from the one before by two products. */
function addKernel(
  density: Float64Array,
  { from, to, z, dz }: { from: number; to: number; z: number; dz: number },
): void {
  let value = Math.exp((-z * z) / 2);
  let ratio = Math.exp(-dz * (z + dz / 2));
  const shrink = Math.exp(-dz * dz);
  for (let place = from; place <= to; place++) {
    density[place] += value;
    value *= ratio;
    ratio *= shrink;
  }
}
