import { AnalyzerError } from '../../core/errors.ts';
import { refuseNotFinite, type Matrix } from '../../core/matrix.ts';
import { KERNEL_BYTES } from './kernel-bytes.ts';

/** What assembly/kernel.ts exports; addresses are in bytes. */
interface KernelCode {
  readonly memory: WebAssembly.Memory;
  readonly PANEL: WebAssembly.Global<'i32'>;
  readonly TILE: WebAssembly.Global<'i32'>;
  pack(source: number, rows: number, d: number, panel: number): number;
  dots(x: number, y: number, d: number, panels: number, out: number): void;
  multiply(
    x: number,
    y: number,
    d: number,
    rowPanels: number,
    columnPanels: number,
    tile: number,
  ): void;
  beginPair: (...integers: number[]) => void;
  scanPair: (...integers: number[]) => void;
  scanNearest: (...integers: number[]) => void;
  descentBytes(rows: number, k: number): number;
  beginDescent: (...integers: number[]) => void;
  beginTree(): number;
  growTree(parts: number): number;
  fillLists(): void;
  drawCandidates(): void;
  joinCandidates(start: number, end: number): number;
}

/** The compiled kernels and their memory. What `layout` hands out is valid until it is called again. */
export interface Engine {
  readonly code: KernelCode;
  /** Rows of a panel, and rows and columns of a tile. */
  readonly panel: number;
  readonly tile: number;
  /** Byte addresses of blocks of the given numbers of 4-byte cells; their contents are undefined. */
  layout(cells: number[]): number[];
  floats(address: number, length: number): Float32Array<ArrayBuffer>;
  integers(address: number, length: number): Int32Array;
  doubles(address: number, length: number): Float64Array;
}

const PAGE = 65536;

/** A memory never shrinks, so an engine that has grown beyond this is replaced when the next call begins. */
const KEPT_BYTES = 64 * 1024 * 1024;

/**
 * Compiles the kernels once; the function it resolves with gives the engine for the next call.
 *
 * @throws AnalyzerError `internal` where there is no WebAssembly with 128-bit SIMD
 */
export async function loadEngine(): Promise<() => Promise<Engine>> {
  const module = await compile();
  let engine = await instantiate(module);
  return async () => {
    if (engine.code.memory.buffer.byteLength > KEPT_BYTES) engine = await instantiate(module);
    return engine;
  };
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(KERNEL_BYTES), (character) => character.charCodeAt(0));
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new AnalyzerError('internal', 'WebAssembly with 128-bit SIMD is missing here.', {
      hint: 'Use a newer browser: Chrome 91, Firefox 89, Safari 16.4 or later.',
      cause,
    });
  }
}

async function instantiate(module: WebAssembly.Module): Promise<Engine> {
  const instance = await WebAssembly.instantiate(module);
  const code = instance.exports as unknown as KernelCode;
  return {
    code,
    panel: code.PANEL.value,
    tile: code.TILE.value,
    layout: (cells) => layout(code.memory, cells),
    floats: (address, length) => new Float32Array(code.memory.buffer, address, length),
    integers: (address, length) => new Int32Array(code.memory.buffer, address, length),
    doubles: (address, length) => new Float64Array(code.memory.buffer, address, length),
  };
}

function layout(memory: WebAssembly.Memory, cells: number[]): number[] {
  let end = 16;
  const addresses = cells.map((count) => {
    const address = end;
    end += Math.ceil(count / 4) * 16;
    return address;
  });
  const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
  if (missing > 0) grow(memory, missing, end);
  return addresses;
}

function grow(memory: WebAssembly.Memory, pages: number, bytes: number): void {
  try {
    memory.grow(pages);
  } catch (cause) {
    const megabytes = Math.ceil(bytes / 1e6);
    throw new AnalyzerError(
      'memory/exceeded',
      `The CPU kernels need ${megabytes} MB, which exceeds what is free.`,
      {
        hint: 'Choose fewer languages or facts.',
        detail: { bytes },
        cause,
      },
    );
  }
}

/** Cells that the packed form of a matrix takes. */
export function packedCells({ panel }: Engine, { rows, columns }: Matrix): number {
  return Math.ceil(rows / panel) * panel * columns;
}

/**
 * Packs a matrix at the address `target`, by way of `staging`, which has room for one panel.
 *
 * @throws AnalyzerError `numeric/not-finite`
 */
export function packMatrix(
  { code, panel, floats }: Engine,
  { rows, columns, data }: Matrix,
  { staging, target }: { staging: number; target: number },
): void {
  const stage = floats(staging, panel * columns);
  for (let first = 0; first < rows; first += panel) {
    const count = Math.min(panel, rows - first);
    stage.set(data.subarray(first * columns, (first + count) * columns));
    const check = code.pack(staging, count, columns, target + first * columns * 4);
    if (check !== 0) refuseNotFinite({ rows, columns, data });
  }
}
