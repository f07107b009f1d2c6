import type { TensorInfo } from '@tensorflow/tfjs-core';
import { SCAN_NEAREST } from '../../core/pair-scan.ts';
import { batchLayout, largestBuffer, type BatchLayout } from './batch-layout.ts';
import { COLLECT } from './collect-program.ts';
import { LEVELS } from './levels-program.ts';
import { MATCHED } from './matched-program.ts';
import { CLEAR, SCAN } from './scan-program.ts';
import type { Session } from './session.ts';
import { refuseLarger, type Place } from './shelves.ts';
import { STRIP, STRIP_COLUMNS, STRIP_ROWS } from './strip-program.ts';

/** Pairs of n facts whose languages share two shelves. */
export interface Batch {
  n: number;
  pairs: { x: Place; y: Place }[];
}

interface Buffers {
  firsts: TensorInfo;
  matched: TensorInfo;
  levels: TensorInfo;
  strip: TensorInfo;
  rows: TensorInfo;
  columns: TensorInfo;
  facts: TensorInfo;
}

/** One batch at work. */
interface Work {
  session: Session;
  layout: BatchLayout;
  buffers: Buffers;
  x: Place;
  y: Place;
}

/**
 * Sends a batch to the GPU: thresholds, then strip by strip the cosines and what they say of rows and columns, then one
 * buffer to read back. Nothing is awaited before that.
 *
 * @returns [pairs, FACT_CELLS * n]
 * @throws AnalyzerError `memory/exceeded` when a pair is larger than the GPU's buffers
 */
export function startBatch(session: Session, { n, pairs }: Batch): Promise<Int32Array> {
  const layout = batchLayout(n, pairs.length);
  refuseLarger(session, largestBuffer(layout), `Comparing two languages on ${n} facts`);
  const buffers = makeBuffers(session, layout, pairs);
  const work = { session, layout, buffers, ...pairs[0] };
  computeThresholds(work);
  for (let first = 0; first < n; first += layout.height) {
    const height = Math.min(layout.height, n - first);
    multiplyStrip(work, first, height);
    scanRows(work, first, height);
    scanColumns(work, first, height);
    collectRows(work, first, height);
  }
  collectColumns(work);
  const facts = session.readIntegers(buffers.facts).finally(() => {
    for (const buffer of Object.values(buffers)) session.release(buffer);
  });
  // It is awaited later; should the call end before that, nobody waits for it.
  facts.catch(() => undefined);
  return facts;
}

function makeBuffers(session: Session, layout: BatchLayout, pairs: Batch['pairs']): Buffers {
  const { n, pairs: count } = layout;
  const firsts = Int32Array.from(pairs.flatMap(({ x, y }) => [x.first, y.first]));
  return {
    firsts: session.integers(firsts.length, firsts),
    matched: session.buffer(count * n),
    levels: session.buffer(count * 2 * n),
    strip: session.buffer(count * layout.stripCells),
    rows: session.integers(count * layout.rowCells),
    columns: session.integers(count * layout.columnCells),
    facts: session.integers(count * layout.factCells),
  };
}

/** Work-groups of 128 threads for so many facts of each pair. */
function groupsFor({ pairs }: BatchLayout, facts: number, segments = 1): [number, number, number] {
  return [Math.ceil(facts / 128), segments, pairs];
}

function computeThresholds({ session, layout, buffers, x, y }: Work): void {
  const { n, rowCells, tally } = layout;
  const { matched, levels, firsts, rows } = buffers;
  session.run({
    program: MATCHED,
    inputs: [x.shelf, y.shelf, firsts],
    output: matched,
    uniforms: { n, quads: x.quads },
    groups: groupsFor(layout, n),
  });
  session.run({
    program: LEVELS,
    inputs: [matched],
    output: levels,
    uniforms: { n },
    groups: groupsFor(layout, n),
  });
  session.run({
    program: CLEAR,
    inputs: [],
    output: rows,
    uniforms: { stateCells: rowCells, tally },
    groups: groupsFor(layout, 2 * n + 1),
  });
}

function multiplyStrip({ session, layout, buffers, x, y }: Work, first: number, height: number) {
  const { n, pairs } = layout;
  session.run({
    program: STRIP,
    inputs: [x.shelf, y.shelf, buffers.firsts],
    output: buffers.strip,
    uniforms: { n, quads: x.quads, firstRow: first, height },
    groups: [Math.ceil(n / STRIP_COLUMNS), Math.ceil(height / STRIP_ROWS), pairs],
  });
}

/** The turned half of the strip: its lines are the rows, and all of each row is there. */
function scanRows({ session, layout, buffers }: Work, first: number, height: number): void {
  const { n, segments, segment } = layout;
  session.run({
    program: SCAN,
    inputs: [buffers.strip, buffers.matched, buffers.levels],
    output: buffers.rows,
    uniforms: {
      n,
      lines: height,
      firstLine: first,
      steps: n,
      firstStep: 0,
      segment,
      fresh: 1,
      base: height * n,
      pitch: height,
      width: layout.height,
      stripCells: 2 * height * n,
      stateCells: layout.rowCells,
      bits: layout.rowBits,
      tally: layout.tally,
    },
    groups: groupsFor(layout, height, segments),
  });
}

/** The other half: its lines are the columns, which go on in the next strip. */
function scanColumns({ session, layout, buffers }: Work, first: number, height: number): void {
  const { n } = layout;
  session.run({
    program: SCAN,
    inputs: [buffers.strip, buffers.matched, buffers.levels],
    output: buffers.columns,
    uniforms: {
      n,
      lines: n,
      firstLine: 0,
      steps: height,
      firstStep: first,
      segment: height,
      fresh: first === 0 ? 1 : 0,
      base: 0,
      pitch: n,
      width: n,
      stripCells: 2 * height * n,
      stateCells: layout.columnCells,
      bits: layout.columnBits,
      tally: -1,
    },
    groups: groupsFor(layout, n),
  });
}

function collectRows({ session, layout, buffers }: Work, first: number, height: number): void {
  const { n, rowCells, rowBits, tally } = layout;
  const { rows, matched, facts } = buffers;
  session.run({
    program: COLLECT,
    inputs: [rows, rows, matched],
    output: facts,
    uniforms: {
      n,
      k: Math.min(SCAN_NEAREST, n),
      side: 0,
      lines: height,
      firstLine: first,
      segments: layout.segments,
      width: layout.height,
      ownCells: rowCells,
      rowCells,
      ownBits: rowBits,
      rowBits,
      tally,
    },
    groups: groupsFor(layout, height),
  });
}

function collectColumns({ session, layout, buffers }: Work): void {
  const { n, rowCells, rowBits, columnCells, columnBits, tally } = layout;
  const { rows, columns, matched, facts } = buffers;
  session.run({
    program: COLLECT,
    inputs: [columns, rows, matched],
    output: facts,
    uniforms: {
      n,
      k: Math.min(SCAN_NEAREST, n),
      side: 1,
      lines: n,
      firstLine: 0,
      segments: 1,
      width: n,
      ownCells: columnCells,
      rowCells,
      ownBits: columnBits,
      rowBits,
      tally,
    },
    groups: groupsFor(layout, n),
  });
}
