import type { Neighbors } from '../../core/neighbors.ts';

/** The best k of two searches for the same rows among different ones, equal cosines in index order. */
export function mergeLists(a: Neighbors, b: Neighbors): Neighbors {
  const { rows, k } = a;
  const merged = {
    rows,
    k,
    indices: new Int32Array(rows * k),
    cosines: new Float32Array(rows * k),
  };
  for (let start = 0; start < rows * k; start += k) {
    let [fromA, fromB] = [start, start];
    for (let slot = start; slot < start + k; slot++) {
      const source = comesFirst(a, fromA, b, fromB) ? a : b;
      const at = source === a ? fromA++ : fromB++;
      merged.indices[slot] = source.indices[at];
      merged.cosines[slot] = source.cosines[at];
    }
  }
  return merged;
}

function comesFirst(a: Neighbors, atA: number, b: Neighbors, atB: number): boolean {
  const difference = a.cosines[atA] - b.cosines[atB];
  return difference > 0 || (difference === 0 && a.indices[atA] < b.indices[atB]);
}
