import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { AnalyzerError } from '../../core/errors.ts';
import { announcedLoss } from '../announced-loss.ts';
import type { Gpu } from './gpu.ts';

/** A compute program: WGSL that tfjs completes with the bindings, the uniforms and the start. */
export interface Program {
  /** Unique: tfjs keeps the compiled program under it. */
  name: string;
  /** Storage buffers that are read: the numbers in an element, by name. */
  inputs: Record<string, 1 | 2 | 4>;
  /** Numbers in an element of the buffer that is written, `result`; or `atomic`, for whole numbers that threads share. */
  output: 1 | 2 | 4 | 'atomic';
  /** Names of its whole-number parameters, found as `uniforms.name`. */
  uniforms: readonly string[];
  /** Defines `fn main(index : i32)`. */
  code: string;
}

/** Threads of a work-group, in all programs. */
export const THREADS = 128;

export interface Dispatch {
  program: Program;
  inputs: TensorInfo[];
  output: TensorInfo;
  uniforms: Record<string, number>;
  /** Work-groups in x, y and z. */
  groups: [x: number, y: number, z?: number];
}

/** One call on the GPU; every buffer it made is released at its end. */
export interface Session {
  readonly gpu: Gpu;
  /** Numbers of single precision. `values` may be shorter than `cells`; the rest is undefined. */
  buffer(cells: number, values?: Float32Array): TensorInfo;
  /** The same of whole numbers. */
  integers(cells: number, values?: Int32Array): TensorInfo;
  run(dispatch: Dispatch): void;
  /** Waits for all that was dispatched. */
  read(source: TensorInfo): Promise<Float32Array>;
  readIntegers(source: TensorInfo): Promise<Int32Array>;
  release(buffer: TensorInfo): void;
}

/**
 * Runs `work` and turns what the device reports into errors.
 *
 * @throws AnalyzerError `gpu/lost`; `memory/exceeded`; `internal` when a program is refused
 */
export async function withSession<Result>(
  gpu: Gpu,
  what: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  refuseLost(gpu, what);
  const { backend } = gpu;
  const buffers = new Set<TensorInfo>();
  openScopes(backend.device);
  try {
    return await work(createSession(gpu, buffers, what));
  } catch (thrown) {
    await announcedLoss(gpu);
    refuseLost(gpu, what, thrown);
    throw thrown;
  } finally {
    for (const { dataId } of buffers) backend.disposeData(dataId);
    closeScopes(backend.device).catch(() => undefined);
  }
}

function refuseLost(gpu: Gpu, what: string, cause?: unknown): void {
  const reason = gpu.lost();
  if (reason === null) return;
  throw new AnalyzerError('gpu/lost', `The GPU stopped responding while ${what}: ${reason}`, {
    hint: 'Reload the page, or choose the CPU.',
    cause,
  });
}

function createSession(gpu: Gpu, buffers: Set<TensorInfo>, what: string): Session {
  const { backend } = gpu;
  const make = (type: DataType, cells: number, values?: Float32Array | Int32Array): TensorInfo => {
    const made = backend.makeTensorInfo([roomFor(cells)], type, values);
    buffers.add(made);
    return made;
  };
  const read = async (source: TensorInfo): Promise<unknown> => {
    const reading = backend.read(source.dataId);
    const faults = closeScopes(backend.device);
    openScopes(backend.device);
    const [values, fault] = await Promise.all([reading, faults]);
    if (fault !== null) throw faultError(fault, what);
    return values;
  };
  return {
    gpu,
    buffer: (cells, values) => make('float32', cells, values),
    integers: (cells, values) => make('int32', cells, values),
    run: (dispatch) => run(backend, dispatch),
    read: async (source) => (await read(source)) as Float32Array,
    readIntegers: async (source) => (await read(source)) as Int32Array,
    release: (buffer) => {
      if (buffers.delete(buffer)) backend.disposeData(buffer.dataId);
    },
  };
}

/**
 * tfjs keeps released buffers for the next one of the same size, so sizes are rounded up to four steps an octave: pairs
 * of every size would else each keep their own.
 */
function roomFor(cells: number): number {
  const step = 2 ** Math.max(2, Math.floor(Math.log2(cells)) - 2);
  return Math.ceil(cells / step) * step;
}

function run(
  backend: WebGPUBackend,
  { program, inputs, output, uniforms, groups }: Dispatch,
): void {
  const { name, code } = program;
  const description = {
    shaderKey: `isogloss ${name}`,
    variableNames: Object.keys(program.inputs),
    variableComponents: Object.values(program.inputs),
    outputComponent: program.output === 'atomic' ? 1 : program.output,
    atomic: program.output === 'atomic',
    // Two axes, which no input has: tfjs compiles anew when an input's shape equals the output's.
    outputShape: [1, ...output.shape],
    dispatchLayout: { x: [0, 1] },
    dispatch: [groups[0], groups[1], groups[2] ?? 1] as [number, number, number],
    workgroupSize: [THREADS, 1, 1] as [number, number, number],
    uniforms: program.uniforms.map((uniform) => `${uniform} : i32`).join(', '),
    getUserCode: () => code,
  };
  const values = program.uniforms.map((uniform) => ({ type: 'int32', data: [uniforms[uniform]] }));
  const target = { ...output, shape: description.outputShape };
  backend.runWebGPUProgram(description, inputs, output.dtype, values, target);
}

export function openScopes(device: GPUDevice): void {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
}

/** The first fault since `openScopes`; those of a lost device do not count. */
export async function closeScopes(device: GPUDevice): Promise<GPUError | null> {
  const scopes = [device.popErrorScope(), device.popErrorScope()];
  const faults = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
  return faults.find((fault) => fault !== null) ?? null;
}

export function faultError(fault: GPUError, what: string): AnalyzerError {
  if (fault instanceof GPUOutOfMemoryError) {
    return new AnalyzerError(
      'memory/exceeded',
      `The GPU has too little memory for ${what}: ${fault.message}`,
      {
        hint: 'Choose fewer languages or facts, or the CPU.',
        cause: fault,
      },
    );
  }
  return new AnalyzerError(
    'internal',
    `The GPU refused the program for ${what}: ${fault.message}`,
    {
      hint: 'Choose the CPU, and please report your device with this sentence.',
      cause: fault,
    },
  );
}
