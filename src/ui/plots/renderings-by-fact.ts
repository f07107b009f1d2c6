/** Renderings grouped by fact: those of fact f are renderings[starts[f]] to renderings[starts[f + 1]], end excluded. */
export interface FactGroups {
  starts: Int32Array;
  renderings: Int32Array;
}

/** Groups by counting, in the order in which the renderings come. */
export function renderingsByFact(fact: Int32Array): FactGroups {
  const facts = fact.reduce((most, f) => Math.max(most, f + 1), 0);
  const starts = new Int32Array(facts + 1);
  for (const f of fact) starts[f + 1]++;
  for (let f = 0; f < facts; f++) starts[f + 1] += starts[f];
  const next = starts.slice();
  const renderings = new Int32Array(fact.length);
  fact.forEach((f, r) => (renderings[next[f]++] = r));
  return { starts, renderings };
}

/** The renderings of one fact; none for a fact that is not on the map. */
export function renderingsOf({ starts, renderings }: FactGroups, fact: number): Int32Array {
  return fact >= 0 && fact + 1 < starts.length ? renderings.subarray(starts[fact], starts[fact + 1]) : new Int32Array(0);
}
