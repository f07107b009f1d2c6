/** How long the announcement of a loss may take, in milliseconds; busy machines need most of it. */
const LATEST = 250;

/**
 * Why a device was lost, asked after a failure: a loss is announced in a task of its own, after the failures that it
 * causes. null where the failure has another reason.
 */
export async function announcedLoss({
  lost,
}: {
  lost: () => string | null;
}): Promise<string | null> {
  const end = performance.now() + LATEST;
  while (lost() === null && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return lost();
}
