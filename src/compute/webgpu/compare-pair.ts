import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Matrix } from '../../core/matrix.ts';
import type { PairScores } from '../kernels.ts';
import { sumOfCosines } from '../sum-of-cosines.ts';
import { MATCHED } from './matched-program.ts';
import { cutStrips, rowsPerDispatch, upload, type Operand } from './operands.ts';
import { RIVALS } from './rivals-program.ts';
import type { Session } from './session.ts';
import { TILE_ROWS } from './tile.ts';

/** X, Y: [n, d]. One program finds the rivals of rows, and, with X and Y exchanged, those of columns; one read-back. */
export async function comparePair(session: Session, x: Matrix, y: Matrix): Promise<PairScores> {
  const n = x.rows;
  const left = upload(session, x);
  const right = upload(session, y);
  const matched = findMatched(session, left, right);
  const { total } = cutStrips(right, n);
  const output = session.buffer(2 * n * total * 4);
  findRivals(session, { left, right, matched, output, firstResult: 0 });
  findRivals(session, { left: right, right: left, matched, output, firstResult: n });
  const reading = session.read(output);
  const sum = sumOfCosines(x, y);
  const values = await reading;
  const rows = mergeStrips(values.subarray(0, n * total * 4), n, total);
  const columns = mergeStrips(values.subarray(n * total * 4, 2 * n * total * 4), n, total);
  return {
    matched: rows.matched,
    rowRival: rows.best,
    rowRivalIndex: rows.index,
    columnRival: columns.best,
    columnRivalIndex: columns.index,
    rowRank: rows.rank,
    columnRank: columns.rank,
    sum,
  };
}

/** The cosine of each fact's own pair, by panel. */
function findMatched(session: Session, left: Operand, right: Operand): TensorInfo[] {
  return left.panels.map(({ buffer, rows }, p) => {
    const output = session.buffer(rows);
    session.run({
      program: MATCHED,
      inputs: [buffer, right.panels[p].buffer],
      output,
      uniforms: { rows, quads: left.quads },
      groups: [Math.ceil(rows / 128), 1],
    });
    return output;
  });
}

interface Direction {
  left: Operand;
  right: Operand;
  matched: TensorInfo[];
  output: TensorInfo;
  /** Row of the output at which this direction begins. */
  firstResult: number;
}

function findRivals(
  session: Session,
  { left, right, matched, output, firstResult }: Direction,
): void {
  const { strips, total } = cutStrips(right, left.rows);
  for (const [p, { buffer, offset, rows }] of left.panels.entries()) {
    for (const { panel, tiles, count, first } of strips) {
      const step = rowsPerDispatch(panel.rows, left.quads);
      for (let firstRow = 0; firstRow < rows; firstRow += step) {
        session.run({
          program: RIVALS,
          inputs: [buffer, panel.buffer, matched[p]],
          output,
          uniforms: {
            rows,
            columns: panel.rows,
            quads: left.quads,
            firstRow,
            tiles,
            rowOffset: offset,
            columnOffset: panel.offset,
            strips: total,
            firstStrip: first,
            firstResult,
          },
          groups: [count, Math.ceil(Math.min(step, rows - firstRow) / TILE_ROWS)],
        });
      }
    }
  }
}

interface Rivals {
  matched: Float32Array;
  best: Float32Array;
  index: Int32Array;
  rank: Int32Array;
}

/** Joins the strips of each row, in index order. values: [n, strips, 4] as `RIVALS` writes them */
function mergeStrips(values: Float32Array, n: number, strips: number): Rivals {
  const best = new Float32Array(n).fill(-Infinity);
  const index = new Int32Array(n).fill(-1);
  const rank = new Int32Array(n).fill(1);
  const matched = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    matched[i] = values[i * strips * 4 + 3];
    for (let at = i * strips * 4; at < (i + 1) * strips * 4; at += 4) {
      rank[i] += values[at + 2];
      if (values[at + 1] >= 0 && values[at] > best[i]) {
        best[i] = values[at];
        index[i] = values[at + 1];
      }
    }
  }
  return { matched, best, index, rank };
}
