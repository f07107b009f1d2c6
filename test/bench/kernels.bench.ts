import { loadavg } from 'node:os';
import { bench } from 'vitest';
import { createWasm } from '../../src/compute/wasm.ts';
import { matrix, normalizeRows, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';

/** Rounds of each contest; contestants take turns within a round, and rounds are compared with themselves only. */
const ROUNDS = 5;

interface Contestant {
  name: string;
  run: () => unknown;
}

function unitMatrix(seed: number, n: number, d: number): Matrix {
  const random = seededRandom(seed);
  const result = matrix(n, d);
  for (let i = 0; i < result.data.length; i++) result.data[i] = random() - 0.5;
  return normalizeRows(result);
}

/** All cosines by one loop over each pair of rows, single precision stored. */
function naive(x: Matrix, y: Matrix): Float32Array {
  const result = new Float32Array(x.rows * y.rows);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) {
      let sum = 0;
      for (let k = 0; k < x.columns; k++)
        sum += x.data[i * x.columns + k] * y.data[j * y.columns + k];
      result[i * y.rows + j] = sum;
    }
  }
  return result;
}

/** The same by blocks of 4 x 4 sums, for rows in multiples of four. */
function blocked(x: Matrix, y: Matrix): Float32Array {
  const result = new Float32Array(x.rows * y.rows);
  for (let i = 0; i < x.rows; i += 4) {
    for (let j = 0; j < y.rows; j += 4) {
      const sums = block(x.data.subarray(i * x.columns), y.data.subarray(j * y.columns), x.columns);
      for (let s = 0; s < 16; s++) result[(i + (s >> 2)) * y.rows + j + (s & 3)] = sums[s];
    }
  }
  return result;
}

const sixteen = new Float64Array(16);

function block(x: Float32Array, y: Float32Array, d: number): Float64Array {
  let [ap, aq, ar, as, bp, bq, br, bs, cp, cq, cr, cs, dp, dq, dr, ds] = sixteen.fill(0);
  for (let k = 0; k < d; k++) {
    const p = y[k];
    const q = y[k + d];
    const r = y[k + 2 * d];
    const s = y[k + 3 * d];
    const a = x[k];
    ap += a * p;
    aq += a * q;
    ar += a * r;
    as += a * s;
    const b = x[k + d];
    bp += b * p;
    bq += b * q;
    br += b * r;
    bs += b * s;
    const c = x[k + 2 * d];
    cp += c * p;
    cq += c * q;
    cr += c * r;
    cs += c * s;
    const e = x[k + 3 * d];
    dp += e * p;
    dq += e * q;
    dr += e * r;
    ds += e * s;
  }
  sixteen.set([ap, aq, ar, as, bp, bq, br, bs, cp, cq, cr, cs, dp, dq, dr, ds]);
  return sixteen;
}

/** Prints median GFLOP/s (of the 2 n² d operations of a full product) and the median ratio to the first contestant. */
async function contest(
  title: string,
  operations: number,
  contestants: Contestant[],
): Promise<void> {
  for (const { run } of contestants) await run();
  const seconds = contestants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [c, { run }] of contestants.entries()) {
      const start = performance.now();
      await run();
      seconds[c].push((performance.now() - start) / 1000);
    }
  }
  const load = loadavg()[0].toFixed(2);
  console.log(`${title}; load ${load}; ${ROUNDS} rounds`);
  console.table(
    contestants.map(({ name }, c) => ({
      kernel: name,
      'GFLOP/s': round1(operations / 1e9 / median(seconds[c])),
      best: round1(operations / 1e9 / Math.min(...seconds[c])),
      ms: round1(1000 * median(seconds[c])),
      ratio: round1(median(seconds[c].map((time, r) => seconds[0][r] / time))),
    })),
  );
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}

const SHAPES = [
  [1000, 384],
  [200, 384],
];

bench(
  'kernels',
  async () => {
    const wasm = await createWasm();
    for (const [n, d] of SHAPES) {
      const x = unitMatrix(1, n, d);
      const y = unitMatrix(2, n, d);
      await contest(`${n} x ${n} x ${d}`, 2 * n * n * d, [
        { name: 'naive JavaScript, all cosines', run: () => naive(x, y) },
        { name: '4 x 4 blocked JavaScript, all cosines', run: () => blocked(x, y) },
        { name: 'wasm cosineMatrix', run: () => wasm.cosineMatrix(x, y) },
        { name: 'wasm comparePair', run: () => wasm.comparePairs([{ x, y }]) },
        { name: 'wasm nearest, k = 15', run: () => wasm.nearest(x, 15) },
      ]);
    }
    const many = unitMatrix(3, 10_000, 384);
    const run = (): unknown => wasm.nearest(many, 15);
    await contest('10,000 x 10,000 x 384', 2 * 1e8 * 384, [{ name: 'wasm nearest, k = 15', run }]);
  },
  { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 },
);
