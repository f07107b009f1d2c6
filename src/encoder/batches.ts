/** One run of the model: texts (as positions in the token lists) of like length, padded to `length`. */
export interface Batch {
  texts: number[];
  length: number;
}

/** Padded lengths step by this many tokens, so that few shapes reach the device and buffers are used again. */
const STEP = 8;

/**
 * Cuts texts into batches: sorted by length, each batch padded to a multiple of 8, but never beyond the longest text,
 * which may be all that the model reads, and holding at most `budget` padded tokens (one text at least). Depends on the
 * lengths and the budget alone, so a run repeats exactly.
 */
export function planBatches(lengths: ArrayLike<number>, budget: number, maxRows = 256): Batch[] {
  const order = Array.from({ length: lengths.length }, (_, i) => i).sort(
    (a, b) => lengths[a] - lengths[b] || a - b,
  );
  // A text that runs alone is not padded: where a vector depends on its batch, padding is felt too.
  const step = maxRows === 1 ? 1 : STEP;
  const longest = order.length === 0 ? 0 : Math.max(1, lengths[order[order.length - 1]]);
  const batches: Batch[] = [];
  let current: Batch = { texts: [], length: 0 };
  for (const text of order) {
    const length = Math.min(longest, Math.ceil(Math.max(1, lengths[text]) / step) * step);
    const full = current.texts.length >= maxRows || (current.texts.length + 1) * length > budget;
    if (current.texts.length > 0 && full) {
      batches.push(current);
      current = { texts: [], length: 0 };
    }
    current.texts.push(text);
    current.length = length;
  }
  if (current.texts.length > 0) batches.push(current);
  return batches;
}

/**
 * Padded tokens per batch so that one batch stays near a fifth of a second, and a stop is heard in time: transformer
 * work per token is about 24 d² L floating-point operations.
 */
export function tokenBudget(width: number, layers: number, operationsPerBatch: number): number {
  const perToken = 24 * width * width * Math.max(1, layers);
  return Math.min(8192, Math.max(64, Math.floor(operationsPerBatch / perToken)));
}
