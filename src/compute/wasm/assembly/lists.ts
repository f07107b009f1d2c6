/**
 * Puts a cosine into the owner's list, behind all that are not below it; the last one falls out. Lists: cosines
 * [length, k], best first, then the same of indices; floors: [length], the last cosine of each list.
 */
export function insert(
  cosine: f32,
  owner: i32,
  neighbour: i32,
  floors: usize,
  lists: usize,
  length: i32,
  k: i32,
): void {
  const cosines = lists + ((<usize>owner * <usize>k) << 2);
  const indices = cosines + ((<usize>length * <usize>k) << 2);
  let slot = (<usize>(k - 1)) << 2;
  while (slot > 0 && load<f32>(cosines + slot - 4) < cosine) {
    store<f32>(cosines + slot, load<f32>(cosines + slot - 4));
    store<i32>(indices + slot, load<i32>(indices + slot - 4));
    slot -= 4;
  }
  store<f32>(cosines + slot, cosine);
  store<i32>(indices + slot, neighbour);
  store<f32>(floors + ((<usize>owner) << 2), load<f32>(cosines + ((<usize>(k - 1)) << 2)));
}
