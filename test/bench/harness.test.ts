import { describe, expect, it } from 'vitest';
import { ratiosByRound, spreadOf } from '../../src/core/rounds.ts';
import { atLeast, atMost, runContest, undisturbed, type Contest, type Round } from './harness.ts';
import { readOptions } from './options.ts';
import { toDocument, toMarkdown, toResults, type RunInfo } from './results.ts';

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
    expect([result.kept, result.discarded]).toEqual([3, 1]);
    expect(result.comparisons['pair/vs-rival'].counts).toBe(true);
    expect(result.comparisons['pair/vs-rival'].rounds).toHaveLength(3);
  });

  it('gives up on a busy machine: the ratio is shown and does not count', async () => {
    let time = 100;
    const busy = { ...protocolOf([]), control: () => (time *= 1.2) };
    const { comparisons, discarded, milliseconds } = await runContest(contestOf(true), busy);
    expect(comparisons['pair/vs-rival'].counts).toBe(false);
    expect(milliseconds.own).toHaveLength(9);
    expect(discarded).toBeGreaterThanOrEqual(8);
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

  it('takes what comes before off both sides, and races against a limit', async () => {
    const contest = contestOf(true);
    const [{ guards }] = contest.comparisons;
    const pause = (time: number) => () => new Promise<string>((done) => setTimeout(done, time, ''));
    Object.assign(contest.contestants, { start: pause(20), own: pause(40), rival: pause(100) });
    const without = { own: 'start', rival: 'start' };
    contest.comparisons = [
      { id: 'pair/rest', own: 'own', rival: 'rival', without, guards },
      { id: 'pair/limit', own: 'own', rival: 1e6, guards },
    ];
    const { comparisons, milliseconds } = await runContest(contest, protocolOf([200], 1));
    const { start, own, rival } = milliseconds;
    expect(comparisons['pair/rest'].ratio).toBe((rival[0] - start[0]) / (own[0] - start[0]));
    expect(comparisons['pair/limit'].ratio).toBe(1e6 / own[0]);
    expect(comparisons['pair/limit'].rival).toBe('1000000 ms');
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

  it('is comparisons by id and nothing else, each with its rounds, guards, contest and run', async () => {
    const place = { name: 'Node', remark: '' };
    const result = { ...(await runContest(contestOf(true), protocolOf([200]))), place };
    const browser = { ...result, place: { name: 'Chromium', remark: '' } };
    const file = JSON.parse(
      JSON.stringify({ ...toResults(result, info), ...toResults(browser, info) }),
    );
    expect(Object.keys(file)).toEqual(['pair/vs-rival', 'pair/vs-rival@chromium']);
    const { ratio, rounds, guards, counts, contest, run } = file['pair/vs-rival'];
    expect([...rounds].sort((a: number, b: number) => a - b)[1]).toBe(ratio);
    expect(guards).toEqual({ difference: { value: 0, limit: 0.5, holds: true } });
    expect(counts).toBe(true);
    expect(contest.milliseconds.rival[0] / contest.milliseconds.own[0]).toBe(rounds[0]);
    expect(run).toEqual(info);
  });

  it('is a page with a chapter for each run, in which contests stand once with all their comparisons', async () => {
    const place = { name: 'Node', remark: '' };
    const contest = contestOf(true);
    contest.comparisons.push({ ...contest.comparisons[0], id: 'pair/vs-rival-again' });
    const first = { ...(await runContest(contest, protocolOf([200]))), place };
    const second = {
      ...first,
      title: 'other ways',
      comparisons: { 'umap/x': first.comparisons['pair/vs-rival'] },
    };
    const page = toDocument({
      ...toResults(first, info),
      ...toResults(second, { ...info, commit: 'def5678' }),
    });
    expect(page.match(/^##+ .*/gm)).toEqual([
      '## npm run bench --',
      '### two ways (Node)',
      '## npm run bench --',
      '### other ways (Node)',
    ]);
    expect(page).toContain('| pair/vs-rival-again |');
    expect(page).toContain('rounds: 3 kept, 0 discarded');
    expect(page).toContain('commit def5678');
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

describe('options', () => {
  it.each([
    ['--only nothing', /--only nothing is unknown. Choose one of pair, umap, encode, gpu, draw/],
    ['--only encode --large', /--large has no contests of encode/],
    ['--quick --write', /--quick says nothing about speed/],
    ['some.json', /some.json: files are taken with --write alone/],
    ['--lagre', /--lagre/],
  ])('refuses %s', (line, reason) => {
    expect(() => readOptions(line.split(' '))).toThrow(reason);
  });

  it('takes the files to merge', () => {
    expect(readOptions(['--write', 'a.json', 'b.json']).files).toEqual(['a.json', 'b.json']);
    expect(readOptions(['--large']).asked).toEqual(['pair', 'umap']);
  });
});
