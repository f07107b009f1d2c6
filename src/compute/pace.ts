/** Longest stretch of work between two looks at the event loop, in milliseconds. */
const STRETCH = 40;

/** One thread has one event loop, so the stretches of all calls count together. */
let lastRest = performance.now();

/** Whether long work should `rest` now. Cheap; ask it every fraction of a millisecond of work. */
export function restIsDue(): boolean {
  return performance.now() - lastRest > STRETCH;
}

/** Lets the thread receive messages. Unlike `setTimeout`, which browsers hold back for 4 ms, it comes back at once. */
export async function rest(): Promise<void> {
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  lastRest = performance.now();
}
