import { describe, expect, it } from 'vitest';
import { breathe, inTurn } from '../../src/protocol/server.ts';

describe('inTurn', () => {
  it('runs work in the order of the calls, one after another, however long each takes', async () => {
    const queue = inTurn();
    const events: string[] = [];
    const work = (name: string, breaths: number) => async (): Promise<string> => {
      events.push(`${name} begins`);
      for (let i = 0; i < breaths; i++) await breathe();
      events.push(`${name} ends`);
      return name;
    };
    const answers = await Promise.all([queue(work('a', 5)), queue(work('b', 0)), queue(() => 'c')]);
    expect(answers).toEqual(['a', 'b', 'c']);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after work that fails, and gives the failure to its own caller only', async () => {
    const queue = inTurn();
    const outcomes = await Promise.allSettled([
      queue(() => Promise.reject(new Error('first'))),
      queue(() => {
        throw new Error('second');
      }),
      queue(() => 'third'),
    ]);
    expect(
      outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason),
      ),
    ).toEqual(['Error: first', 'Error: second', 'third']);
  });

  it('keeps queues apart', async () => {
    const [busy, free] = [inTurn(), inTurn()];
    const never = busy(() => new Promise(() => undefined));
    expect(await Promise.race([never, free(() => 'free')])).toBe('free');
  });
});

describe('breathe', () => {
  it('lets messages in before it goes on', async () => {
    const { port1, port2 } = new MessageChannel();
    let heard = false;
    port1.onmessage = () => (heard = true);
    port2.postMessage('stop');
    for (let i = 0; i < 3 && !heard; i++) await breathe();
    port1.close();
    expect(heard).toBe(true);
  });
});
