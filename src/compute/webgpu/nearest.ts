import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Matrix } from '../../core/matrix.ts';
import type { Neighbors } from '../../core/neighbors.ts';
import type { OnDone } from '../kernels.ts';
import { LONGEST_LIST, nearestProgramFor } from './nearest-program.ts';
import { cutStrips, rowsPerDispatch, upload, type Operand, type Panel } from './operands.ts';
import { createPace } from './pace.ts';
import type { Session } from './session.ts';
import { TILE_ROWS } from './tile.ts';

export interface Search {
  x: Matrix;
  k: number;
  onRows: OnDone | undefined;
}

/** Most bytes of the lists of one block. */
const BLOCK_BYTES = 32 * 1024 * 1024;

/** While one block of rows is awaited and sorted, the next is already on the GPU. */
export async function nearest(session: Session, { x, k, onRows }: Search): Promise<Neighbors> {
  const n = x.rows;
  const operand = upload(session, x);
  const result = { rows: n, k, indices: new Int32Array(n * k), cosines: new Float32Array(n * k) };
  const pace = createPace(session.gpu);
  let before: Block | undefined;
  const finish = async ({ first, rows, lists, strips }: Block): Promise<void> => {
    const passes = await lists;
    pace.finished();
    for (let r = 0; r < rows; r++) mergeLists({ passes, strips, row: r }, result, first + r);
    await onRows?.(first + rows);
  };
  for (const panel of operand.panels) {
    for (let first = 0; first < panel.rows;) {
      const operations = pace.operations();
      const block = startBlock(session, { operand, panel, first, k, operations });
      first += block.rows;
      if (before !== undefined) await finish(before);
      before = block;
    }
  }
  if (before !== undefined) await finish(before);
  return result;
}

interface BlockRequest {
  operand: Operand;
  panel: Panel;
  /** Row of the panel. */
  first: number;
  k: number;
  operations: number;
}

/** Rows [first, first + rows) of the matrix, under way. */
interface Block {
  first: number;
  rows: number;
  strips: number;
  lists: Promise<Pass[]>;
}

/** Lists of one pass. values: [rows, strips, k] of (cosine, index or -1) */
interface Pass {
  k: number;
  values: Float32Array;
}

/** Lists longer than one pass can make are continued by further passes. */
function startBlock(
  session: Session,
  { operand, panel, first, k, operations }: BlockRequest,
): Block {
  const passes = Math.ceil(k / LONGEST_LIST);
  const wanted = rowsPerDispatch(operand.rows, operand.quads, operations / passes);
  const fitting = TILE_ROWS * Math.max(1, Math.floor(BLOCK_BYTES / (8 * k * TILE_ROWS)));
  const rows = Math.min(wanted, fitting, panel.rows - first);
  const outputs: { k: number; output: TensorInfo }[] = [];
  for (let done = 0; done < k; done += LONGEST_LIST) {
    const length = Math.min(LONGEST_LIST, k - done);
    const request = { operand, panel, first, rows, k: length, before: outputs.at(-1) };
    outputs.push({ k: length, output: runPass(session, request) });
  }
  const lists = Promise.all(
    outputs.map(({ k: length, output }) => readPass(session, length, output)),
  );
  // It is awaited later; should the call end before that, nobody waits for it.
  lists.catch(() => undefined);
  return { first: panel.offset + first, rows, strips: cutStrips(operand, rows).total, lists };
}

async function readPass(session: Session, k: number, output: TensorInfo): Promise<Pass> {
  const values = await session.read(output);
  session.release(output);
  return { k, values };
}

interface PassRequest {
  operand: Operand;
  panel: Panel;
  first: number;
  rows: number;
  k: number;
  before: { k: number; output: TensorInfo } | undefined;
}

function runPass(
  session: Session,
  { operand, panel, first, rows, k, before }: PassRequest,
): TensorInfo {
  const { strips, total } = cutStrips(operand, rows);
  const output = session.buffer(rows * total * k * 2);
  for (const { panel: columns, tiles, count, first: firstStrip } of strips) {
    session.run({
      program: nearestProgramFor(k),
      inputs: [panel.buffer, columns.buffer, before?.output ?? columns.buffer],
      output,
      uniforms: {
        rows: first + rows,
        columns: columns.rows,
        quads: operand.quads,
        firstRow: first,
        tiles,
        rowOffset: panel.offset,
        columnOffset: columns.offset,
        strips: total,
        firstStrip,
        k,
        beforeK: before?.k ?? 0,
      },
      groups: [count, Math.ceil(rows / TILE_ROWS)],
    });
  }
  return output;
}

/** Joins the lists of all strips of one row, in index order; among equal cosines the earlier stays ahead. */
function mergeLists(
  { passes, strips, row }: { passes: Pass[]; strips: number; row: number },
  { indices, cosines, k }: Neighbors,
  target: number,
): void {
  let size = 0;
  const start = target * k;
  for (let list = row * strips; list < (row + 1) * strips; list++) {
    for (const { k: length, values } of passes) {
      for (let at = list * length * 2; at < (list + 1) * length * 2; at += 2) {
        const cosine = values[at];
        if (values[at + 1] < 0) break;
        if (size === k && cosine <= cosines[start + k - 1]) break;
        let slot = size < k ? size++ : k - 1;
        for (; slot > 0 && cosines[start + slot - 1] < cosine; slot--) {
          cosines[start + slot] = cosines[start + slot - 1];
          indices[start + slot] = indices[start + slot - 1];
        }
        cosines[start + slot] = cosine;
        indices[start + slot] = values[at + 1];
      }
    }
  }
}
