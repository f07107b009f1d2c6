/** Indices grouped by a key: those of key k are members[starts[k]] to members[starts[k + 1]], end excluded. */
export interface Groups {
  starts: Int32Array;
  members: Int32Array;
}

/** Groups the indices of `keys` by counting; inside a group they keep their order. */
export function groupsOf(keys: Int32Array): Groups {
  const count = keys.reduce((most, key) => Math.max(most, key + 1), 0);
  const starts = new Int32Array(count + 1);
  for (const key of keys) starts[key + 1]++;
  for (let k = 0; k < count; k++) starts[k + 1] += starts[k];
  const next = starts.slice();
  const members = new Int32Array(keys.length);
  keys.forEach((key, i) => (members[next[key]++] = i));
  return { starts, members };
}

/** A view of one group; empty for a key that does not occur. */
export function membersOf({ starts, members }: Groups, key: number): Int32Array {
  return key >= 0 && key + 1 < starts.length
    ? members.subarray(starts[key], starts[key + 1])
    : new Int32Array(0);
}
