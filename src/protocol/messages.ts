import type { ErrorCode, ErrorDetail } from '../core/errors.ts';

/** How far a call has come. `total` is 0 while it is unknown. */
export interface Progress {
  stage: string;
  done: number;
  total: number;
  /** A result that can be shown already; its type belongs to the method. */
  partial?: unknown;
}

export interface WireError {
  code: ErrorCode;
  message: string;
  hint: string;
  detail: ErrorDetail;
  stack: string;
}

export type ClientMessage =
  { kind: 'call'; id: number; method: string; argument: unknown } | { kind: 'cancel'; id: number };

export type WorkerMessage =
  | { kind: 'progress'; id: number; progress: Progress }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: WireError };

/** What a worker, a message port and a test double have in common. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The buffers of the typed arrays in a value, so that they move instead of being copied. Looks four levels deep. */
export function buffersOf(value: unknown, depth = 4): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collectBuffers(value, depth, found);
  return [...found];
}

function collectBuffers(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (depth > 0 && typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collectBuffers(inner, depth - 1, found);
  }
}
