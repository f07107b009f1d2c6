import type { TensorInfo } from '@tensorflow/tfjs-core';
import { refuseNotFinite, type Matrix } from '../../core/matrix.ts';
import type { Session } from './session.ts';
import { TILE_COLUMNS, TILE_ROWS } from './tile.ts';

/** A matrix on the GPU: rows of `quads` vec4, cut into panels of whole rows that each fit into one storage buffer. */
export interface Operand {
  rows: number;
  quads: number;
  panels: Panel[];
}

/** Rows [offset, offset + rows) of the matrix. */
export interface Panel {
  buffer: TensorInfo;
  offset: number;
  rows: number;
}

export function upload(session: Session, source: Matrix): Operand {
  refuseNotFinite(source);
  const { rows, columns, data } = padToQuads(source);
  const height = Math.max(1, Math.floor(session.gpu.bindingBytes / 4 / columns));
  const panels: Panel[] = [];
  for (let offset = 0; offset < rows; offset += height) {
    const values = data.subarray(offset * columns, (offset + height) * columns);
    const buffer = session.buffer(values.length, values);
    panels.push({ buffer, offset, rows: values.length / columns });
  }
  return { rows, quads: columns / 4, panels };
}

/** Rows filled up with zeros to a multiple of four numbers. */
export function padToQuads({ rows, columns, data }: Matrix): Matrix {
  const wide = Math.ceil(columns / 4) * 4;
  if (wide === columns) return { rows, columns, data };
  const padded = new Float32Array(rows * wide);
  for (let i = 0; i < rows; i++) {
    padded.set(data.subarray(i * columns, (i + 1) * columns), i * wide);
  }
  return { rows, columns: wide, data: padded };
}

/** A panel of Y cut into strips of whole tiles, so that few rows still give the GPU enough work-groups. */
export interface Strips {
  panel: Panel;
  /** Tiles in each strip; the last strip may reach beyond the panel. */
  tiles: number;
  count: number;
  /** Strips of the panels before this one. */
  first: number;
}

/** Work-groups that keep a large GPU busy. */
const BUSY = 512;

/** Cuts the panels of Y for `rows` rows of X. */
export function cutStrips({ panels }: Operand, rows: number): { strips: Strips[]; total: number } {
  const wanted = Math.ceil(BUSY / Math.ceil(rows / TILE_ROWS));
  let total = 0;
  const strips = panels.map((panel) => {
    const all = Math.ceil(panel.rows / TILE_COLUMNS);
    const tiles = Math.ceil(all / Math.min(all, wanted));
    const first = total;
    const count = Math.ceil(all / tiles);
    total += count;
    return { panel, tiles, count, first };
  });
  return { strips, total };
}

/** Operations of one dispatch: below the seconds after which an operating system resets a small GPU. */
const DISPATCH_OPERATIONS = 2e10;

/** Rows of X that one dispatch may take against `columns` rows of Y: a multiple of the tile. */
export function rowsPerDispatch(
  columns: number,
  quads: number,
  operations = DISPATCH_OPERATIONS,
): number {
  const perTile = TILE_ROWS * columns * quads * 8;
  return TILE_ROWS * Math.max(1, Math.floor(operations / perTile));
}
