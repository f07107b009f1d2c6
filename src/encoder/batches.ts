/** One run of the model: texts (as positions in the token lists) of like length, padded to `length`. */
export interface Batch {
  texts: number[];
  length: number;
}

/** What holds for every batch. */
export interface BatchLimits {
  /** Padded tokens at most, unless one text alone has more. */
  budget: number;
  /** Padded lengths are multiples of this. */
  step: number;
  maxRows: number;
}

/**
 * Cuts texts into batches: sorted by length, each batch padded to the step above its longest text, but never beyond the
 * longest of all, which may be all that the model reads. Depends on the lengths and the limits alone, so a run repeats
 * exactly.
 */
export function planBatches(
  lengths: ArrayLike<number>,
  { budget, step, maxRows }: BatchLimits,
): Batch[] {
  const order = Array.from({ length: lengths.length }, (_, i) => i).sort(
    (a, b) => lengths[a] - lengths[b] || a - b,
  );
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
