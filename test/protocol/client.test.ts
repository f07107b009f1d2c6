import { afterEach, describe, expect, it } from 'vitest';
import { AnalyzerError } from '../../src/core/errors.ts';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import { connect, type Client } from '../../src/protocol/client.ts';
import type { Progress } from '../../src/protocol/messages.ts';
import { breathe, type CallContext, type Handlers } from '../../src/protocol/server.ts';
import { startWorker, type FakeWorker } from '../helpers/fake-worker.ts';

interface SumApi {
  add(request: { a: number; b: number }): number;
  fill(request: { value: number }): Matrix;
  take(request: { values: Float32Array }): number;
  count(request: { to: number }): number;
  fail(request: { how: 'coded' | 'plain' | 'uncloneable' }): unknown;
  wait(request: Record<string, never>): string;
}

/** What the worker saw, from its own side. */
interface Seen {
  contexts: CallContext[];
  matrices: Matrix[];
  /** Ends the call of `wait`. */
  release: (answer: string) => void;
}

let open: Client<SumApi>[] = [];
afterEach(() => {
  for (const client of open) client.dispose();
  open = [];
});

function start(): FakeWorker & { client: Client<SumApi>; seen: Seen } {
  const seen: Seen = { contexts: [], matrices: [], release: () => undefined };
  const fake = startWorker<SumApi>(handlersOf(seen));
  const client = connect<SumApi>(fake.worker, 'The adder');
  open.push(client);
  return { ...fake, client, seen };
}

function handlersOf(seen: Seen): Handlers<SumApi> {
  return {
    add: ({ a, b }) => a + b,
    fill: ({ value }) => {
      const result = matrix(2, 2, new Float32Array(4).fill(value));
      seen.matrices.push(result);
      return result;
    },
    take: ({ values }) => values.length,
    count: async ({ to }, { report }) => {
      for (let done = 1; done <= to; done++) {
        report({
          stage: 'Counting (numbers)',
          done,
          total: to,
          partial: matrix(1, 1, Float32Array.of(done)),
        });
        await breathe();
      }
      return to;
    },
    fail: ({ how }) => {
      if (how === 'coded') {
        throw new AnalyzerError('gpu/lost', 'The GPU is gone.', {
          hint: 'Reload.',
          detail: { rows: 7, where: 'en' },
        });
      }
      if (how === 'plain') throw new TypeError('x is undefined');
      return () => 'a function cannot be cloned';
    },
    wait: (_, context) => {
      seen.contexts.push(context);
      return new Promise((resolve) => (seen.release = resolve));
    },
  };
}

/** Until everything that was sent has arrived, and its answer too. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a call', () => {
  it('answers with the result of its own question, though later ones were answered before', async () => {
    const { client, seen } = start();
    const slow = client.wait({});
    expect(await Promise.all([client.add({ a: 1, b: 2 }), client.add({ a: 10, b: 20 })])).toEqual([
      3, 30,
    ]);
    seen.release('at last');
    expect(await slow).toBe('at last');
  });

  it('moves the buffers of its result: the worker keeps none of them', async () => {
    const { client, seen } = start();
    expect(await client.fill({ value: 3 })).toEqual(matrix(2, 2, new Float32Array(4).fill(3)));
    expect(seen.matrices[0].data.byteLength).toBe(0);
  });

  it('copies its argument, and moves only what is listed', async () => {
    const { client } = start();
    const [copied, moved] = [new Float32Array(5), new Float32Array(5)];
    expect(await client.take({ values: copied })).toBe(5);
    expect(await client.take({ values: moved }, { transfer: [moved.buffer] })).toBe(5);
    expect([copied.length, moved.length]).toEqual([5, 0]);
  });

  it('reports progress in order, with partial results, before it answers', async () => {
    const { client } = start();
    const events: (Progress | number)[] = [];
    events.push(await client.count({ to: 3 }, { onProgress: (progress) => events.push(progress) }));
    const step = (done: number): Progress => ({
      stage: 'Counting (numbers)',
      done,
      total: 3,
      partial: matrix(1, 1, Float32Array.of(done)),
    });
    expect(events).toEqual([step(1), step(2), step(3), 3]);
  });

  it('gives progress to the call that it belongs to', async () => {
    const { client } = start();
    const totals: number[][] = [[], []];
    await Promise.all(
      [2, 3].map((to, i) =>
        client.count({ to }, { onProgress: ({ total }) => totals[i].push(total) }),
      ),
    );
    expect(totals).toEqual([
      [2, 2],
      [3, 3, 3],
    ]);
  });

  it('is not asked for `then`, so that a client can be awaited', async () => {
    const { client, received } = start();
    expect(await Promise.resolve(client)).toBe(client);
    await settle();
    expect(received).toEqual([]);
  });
});

describe('a failure', () => {
  it('keeps its code, sentence, hint and values, and the worker’s stack', async () => {
    const { client } = start();
    const error = await client.fail({ how: 'coded' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnalyzerError);
    expect(error).toMatchObject({
      code: 'gpu/lost',
      message: 'The GPU is gone.',
      hint: 'Reload.',
      detail: { rows: 7, where: 'en' },
    });
    expect((error as AnalyzerError).stack).toContain('at fail');
  });

  it('that was no AnalyzerError is an internal one', async () => {
    const { client } = start();
    await expect(client.fail({ how: 'plain' })).rejects.toMatchObject({
      code: 'internal',
      message: 'x is undefined',
    });
  });

  it('is what becomes of a result that cannot be cloned', async () => {
    const { client } = start();
    await expect(client.fail({ how: 'uncloneable' })).rejects.toMatchObject({ code: 'internal' });
  });

  it('is the answer to a method that the worker lacks, also one that every object has', async () => {
    const { client } = start();
    const other = client as unknown as Client<{
      missing(request: object): void;
      toString(request: object): void;
    }>;
    await expect(other.missing({})).rejects.toMatchObject({
      message: 'The worker has no method missing.',
    });
    await expect(other.toString({})).rejects.toMatchObject({
      message: 'The worker has no method toString.',
    });
  });

  it('leaves the worker ready for the next call', async () => {
    const { client } = start();
    await expect(client.fail({ how: 'plain' })).rejects.toThrow();
    expect(await client.add({ a: 2, b: 2 })).toBe(4);
  });

  it('is thrown for an argument that cannot be cloned, as an AnalyzerError', async () => {
    const { client } = start();
    const argument = { a: 1, b: (() => 2) as unknown as number };
    await expect(client.add(argument)).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('a stopped call', () => {
  it('rejects at once, is seen by the worker, and its late answer and progress are dropped', async () => {
    const { client, seen, received } = start();
    const controller = new AbortController();
    const progress: Progress[] = [];
    const call = client.wait(
      {},
      { signal: controller.signal, onProgress: (step) => progress.push(step) },
    );
    await settle();
    controller.abort();
    // Rejected before any message could have come back.
    await expect(call).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'The adder was stopped.',
    });
    await settle();
    expect(seen.contexts[0].signal.aborted).toBe(true);
    expect(received).toEqual([
      { kind: 'call', id: 1, method: 'wait', argument: {} },
      { kind: 'cancel', id: 1 },
    ]);
    seen.contexts[0].report({ stage: 'Late', done: 1, total: 1 });
    seen.release('late');
    await settle();
    expect(progress).toEqual([]);
    expect(await client.add({ a: 1, b: 1 })).toBe(2);
  });

  it('does not touch the others', async () => {
    const { client, seen } = start();
    const controller = new AbortController();
    const stopped = client.wait({}, { signal: controller.signal });
    const other = client.wait({});
    await settle();
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'call/cancelled' });
    await settle();
    expect(seen.contexts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    seen.release('done');
    expect(await other).toBe('done');
  });

  it('is never sent when it was stopped before it began', async () => {
    const { client, received } = start();
    const call = client.add({ a: 1, b: 2 }, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'call/cancelled' });
    await settle();
    expect(received).toEqual([]);
  });

  it('stays answered when the stop comes too late', async () => {
    const { client, received } = start();
    const controller = new AbortController();
    expect(await client.add({ a: 1, b: 2 }, { signal: controller.signal })).toBe(3);
    controller.abort();
    await settle();
    expect(received).toHaveLength(1);
  });
});

describe('a worker that dies', () => {
  it('rejects everything that waits on it and every later call, and is ended', async () => {
    const { client, crash, isTerminated, received } = start();
    const calls = [client.wait({}), client.wait({})];
    await settle();
    crash('out of memory');
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({
        code: 'worker/crashed',
        message: 'The adder stopped: out of memory.',
      });
    }
    await expect(client.add({ a: 1, b: 2 })).rejects.toMatchObject({ code: 'worker/crashed' });
    expect(isTerminated()).toBe(true);
    await settle();
    expect(received).toHaveLength(2);
  });

  it('says so when it gave no reason, or when a message was unreadable', async () => {
    const silent = start();
    const first = silent.client.wait({});
    silent.crash('');
    await expect(first).rejects.toThrow('The adder stopped: no reason was given.');
    const garbled = start();
    const second = garbled.client.wait({});
    garbled.garble();
    await expect(second).rejects.toMatchObject({
      code: 'worker/crashed',
      message: 'The adder stopped: a message could not be read.',
    });
  });
});

describe('dispose', () => {
  it('ends the worker and stops what waits on it and what comes later', async () => {
    const { client, isTerminated } = start();
    const call = client.wait({});
    client.dispose();
    await expect(call).rejects.toMatchObject({ code: 'call/cancelled' });
    await expect(client.add({ a: 1, b: 2 })).rejects.toMatchObject({ code: 'call/cancelled' });
    expect(isTerminated()).toBe(true);
  });
});
