import { matrix, type Matrix } from '../../core/matrix.ts';
import { COSINES } from './cosines-program.ts';
import { rowsPerDispatch, upload, type Operand, type Panel } from './operands.ts';
import type { Session } from './session.ts';
import { TILE_COLUMNS, TILE_ROWS } from './tile.ts';

/** X: [n, d], Y: [m, d]; read back in blocks of rows that fit into one buffer. [n, m] */
export async function cosineMatrix(session: Session, x: Matrix, y: Matrix): Promise<Matrix> {
  const left = upload(session, x);
  const right = upload(session, y);
  const result = matrix(x.rows, y.rows);
  const fitting =
    TILE_ROWS * Math.max(1, Math.floor(session.gpu.bindingBytes / 4 / y.rows / TILE_ROWS));
  const step = Math.min(fitting, rowsPerDispatch(y.rows, left.quads));
  for (const panel of left.panels) {
    for (let first = 0; first < panel.rows; first += step) {
      const rows = Math.min(step, panel.rows - first);
      const values = await readBlock(session, { panel, right, first, rows });
      result.data.set(values.subarray(0, rows * y.rows), (panel.offset + first) * y.rows);
    }
  }
  return result;
}

interface Block {
  panel: Panel;
  right: Operand;
  /** Rows [first, first + rows) of the panel. */
  first: number;
  rows: number;
}

async function readBlock(
  session: Session,
  { panel, right, first, rows }: Block,
): Promise<Float32Array> {
  const output = session.buffer(rows * right.rows);
  for (const columns of right.panels) {
    session.run({
      program: COSINES,
      inputs: [panel.buffer, columns.buffer],
      output,
      uniforms: {
        rows: first + rows,
        columns: columns.rows,
        quads: right.quads,
        firstRow: first,
        firstColumn: columns.offset,
        width: right.rows,
      },
      groups: [Math.ceil(columns.rows / TILE_COLUMNS), Math.ceil(rows / TILE_ROWS)],
    });
  }
  const values = await session.read(output);
  session.release(output);
  return values;
}
