/** Milliseconds that the control loop is made to last. */
const LENGTH = 200;

/**
 * Work of a fixed amount that belongs to no contestant: what it takes longer than usual is the machine's doing. Its
 * length is set once, to about 200 ms on this machine.
 *
 * @returns runs the loop and answers its milliseconds
 */
export function createControlLoop(): () => number {
  const trial = 20_000_000;
  // The first run is compiled on the way.
  timed(trial);
  const turns = Math.round((trial * LENGTH) / timed(trial));
  return () => timed(turns);
}

function timed(turns: number): number {
  const start = performance.now();
  let state = 1;
  for (let i = 0; i < turns; i++) state = (Math.imul(state, 1664525) + 1013904223) | 0;
  const end = performance.now();
  // Without a use of its result the loop would be left out.
  return state === 0.5 ? NaN : end - start;
}
