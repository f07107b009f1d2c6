import { describe, expect, it } from 'vitest';
import { ratiosByRound, spreadOf } from '../../src/core/rounds.ts';
import { atLeast, atMost, runContest, undisturbed, type Contest, type Round } from './harness.ts';
import { toJson, toMarkdown, type RunInfo } from './results.ts';

const round = (before: number, after: number): Round => ({
  milliseconds: {},
  control: [before, after],
});

/** A protocol whose control loops take the given milliseconds, the last one ever after. */
const protocolOf = (controls: number[], rounds = 3) => {
  let next = 0;
  return {
    rounds,
    seed: 1,
    control: () => controls[Math.min(next++, controls.length - 1)],
    load: () => 0.5,
  };
};

const contestOf = (holds: boolean, order: string[] = []): Contest<string> => ({
  title: 'two ways',
  input: 'abc',
  contestants: {
    own: () => (order.push('own'), 'a'),
    rival: () => (order.push('rival'), 'b'),
  },
  comparisons: [
    {
      id: 'pair/vs-rival',
      own: 'own',
      rival: 'rival',
      guards: (own, rival) => ({
        difference: atMost(holds && own === 'a' && rival === 'b' ? 0 : 1, 0.5),
      }),
    },
  ],
  figures: (milliseconds) => ({ contestants: Object.keys(milliseconds).join(', ') }),
});

describe('statistics of rounds', () => {
  it('takes the median of the ratios by round, not the ratio of the medians', () => {
    const [own, rival] = [
      [1, 2, 4],
      [10, 2, 8],
    ];
    // By NumPy 1.26: median([10, 1, 2]) = 2, but median([10, 2, 8]) / median([1, 2, 4]) = 4.
    expect(spreadOf(ratiosByRound(rival, own))).toEqual({ median: 2, low: 1, high: 10 });
  });

  it('has no median of nothing', () => {
    expect(spreadOf([])).toEqual({ median: NaN, low: NaN, high: NaN });
  });

  it('discards a round when either control loop takes over a tenth longer than the fastest of all', () => {
    const rounds = [round(200, 219), round(221, 200), round(200, 221), round(205, 205)];
    expect(undisturbed(rounds)).toEqual([rounds[0], rounds[3]]);
  });

  it('discards afterwards what a faster control loop shows to have been slow', () => {
    expect(undisturbed([round(230, 230), round(200, 200)])).toEqual([round(200, 200)]);
  });
});

describe('a contest', () => {
  it('runs disturbed rounds again, and tells the cold one apart', async () => {
    // Controls: cold round, a quiet one, a disturbed one, two quiet ones.
    const protocol = protocolOf([200, 200, 200, 200, 200, 300, 200]);
    const result = await runContest(contestOf(true), protocol);
    expect(result.milliseconds.own).toHaveLength(3);
    expect(result.disturbed).toBe(1);
    expect(result.comparisons['pair/vs-rival'].counts).toBe(true);
    expect(result.comparisons['pair/vs-rival'].rounds).toHaveLength(3);
  });

  it('gives up on a busy machine: the ratio is shown and does not count', async () => {
    let time = 100;
    const busy = { ...protocolOf([]), control: () => (time *= 1.2) };
    const { comparisons, disturbed, milliseconds } = await runContest(contestOf(true), busy);
    expect(comparisons['pair/vs-rival'].counts).toBe(false);
    expect(milliseconds.own).toHaveLength(9);
    expect(disturbed).toBeGreaterThanOrEqual(8);
  });

  it('does not count a ratio whose guard fails', async () => {
    const { comparisons } = await runContest(contestOf(false), protocolOf([200]));
    expect(comparisons['pair/vs-rival'].counts).toBe(false);
    expect(comparisons['pair/vs-rival'].guards.difference).toEqual({
      value: 1,
      limit: 0.5,
      holds: false,
    });
  });

  it('changes the order of its contestants from round to round, the same way each time', async () => {
    const [first, second]: string[][] = [[], []];
    await runContest(contestOf(true, first), protocolOf([200], 8));
    await runContest(contestOf(true, second), protocolOf([200], 8));
    expect(first).toEqual(second);
    const leaders = first.filter((_, place) => place % 2 === 0);
    expect(new Set(leaders).size).toBe(2);
  });

  it('never lets a guard hold for a number that is none', () => {
    expect([atMost(NaN, 1).holds, atLeast(NaN, 1).holds]).toEqual([false, false]);
  });
});

describe('what is written', () => {
  const info: RunInfo = {
    machine: '2 x CPU',
    commit: 'abc1234',
    date: '2026-01-01',
    versions: { node: '20' },
    command: 'npm run bench --',
  };

  it('is JSON by comparison, with rounds and guards, beside machine, commit and versions', async () => {
    const place = { name: 'Node', remark: '' };
    const result = { ...(await runContest(contestOf(true), protocolOf([200]))), place };
    const browser = { ...result, place: { name: 'Chromium', remark: '' } };
    const file = JSON.parse(JSON.stringify(toJson([result, browser], info)));
    expect(Object.keys(file).sort()).toEqual(
      [
        'command',
        'commit',
        'date',
        'machine',
        'pair/vs-rival',
        'pair/vs-rival@chromium',
        'versions',
      ].sort(),
    );
    const { ratio, rounds, guards, counts, milliseconds } = file['pair/vs-rival'];
    expect([...rounds].sort((a: number, b: number) => a - b)[1]).toBe(ratio);
    expect(guards).toEqual({ difference: { value: 0, limit: 0.5, holds: true } });
    expect(counts).toBe(true);
    expect(milliseconds.rival[0] / milliseconds.own[0]).toBe(rounds[0]);
  });

  it('is a table whose failed guards and remarks stand out', async () => {
    const place = { name: 'Chromium', remark: 'Correctness only: SwiftShader is no GPU.' };
    const result = { ...(await runContest(contestOf(false), protocolOf([200]))), place };
    const text = toMarkdown(result);
    expect(text).toContain('**Correctness only: SwiftShader is no GPU.**');
    expect(text).toContain('difference 1.000 (bound 0.5000) FAILED');
    expect(text).toContain('**no**');
    expect(text).toContain('- contestants: own, rival');
  });
});
