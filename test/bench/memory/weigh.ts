import { spawnSync } from 'node:child_process';
import { atLeast, atMost, ratioOf, type Guard, type RatioResult } from '../harness.ts';
import { DIMENSIONS } from '../inputs.ts';
import { COSINE_LIMIT } from '../contests/pair.ts';
import { TRUST_MARGIN } from '../contests/umap.ts';
import type { HeldContest } from '../results.ts';
import { weighLayoutHere, type LayoutCost } from './layout.ts';
import { weighPairHere, type PairCost } from './pair.ts';

/** First argument of a process that measures one way alone, and prints what it took as JSON. */
export const ALONE = '--alone';

const OWN = 'Isogloss';
const PLAIN = 'tfjs-wasm plain + scan';
const ATLAS = 'embedding-atlas';

/** Most that a layout of 50,000 points may take beside their vectors. Bytes. */
const LAYOUT_LIMIT = 300e6;

/** What this process was started for. */
export async function weighHere([subject, way, size]: string[]): Promise<void> {
  const isOwn = way === OWN;
  const cost = await (subject === 'pair' ? weighPairHere : weighLayoutHere)(isOwn, Number(size));
  process.stdout.write(JSON.stringify(cost));
}

/** Working memory of all scores of a pair, once each: what they take beside operands and results. */
export function weighPair(facts: number): HeldContest {
  const own = inOwnProcess('pair', OWN, String(facts)) as PairCost;
  const rival = inOwnProcess('pair', PLAIN, String(facts)) as PairCost;
  const ratio = rival.working / own.working;
  const right = {
    'cosine error, ranks and indices': atMost(Math.max(own.error, rival.error), COSINE_LIMIT),
  };
  return held({
    title: `Working memory of all scores of a pair, ${facts} x ${facts} x ${DIMENSIONS}`,
    input: own.input,
    comparisons: { 'pair/memory-vs-tfjs-plain': once(ratio, PLAIN, right) },
    figures: {
      [`working memory, ${OWN}`]: `${kilobytes(own.working)}: ${own.words}`,
      [`working memory, ${PLAIN}`]: `${kilobytes(rival.working)}: ${rival.words}`,
      'results of either, beside it': kilobytes(own.results),
      share: `1/${ratio.toFixed(1)}`,
    },
  });
}

/** Vectors of so many points to their picture, once each: time and memory. */
export function weighLayout(points: number): HeldContest {
  const own = inOwnProcess('layout', OWN, String(points)) as LayoutCost;
  const rival = inOwnProcess('layout', ATLAS, String(points)) as LayoutCost;
  const trust = { 'trustworthiness(15)': atLeast(own.trust, rival.trust - TRUST_MARGIN) };
  const room = { 'bytes beside the vectors': atMost(own.bytes, LAYOUT_LIMIT) };
  const words = ({ seconds, bytes, stages, trust }: LayoutCost): string =>
    [
      `${seconds.toFixed(1)} s`,
      ...Object.entries(stages).map(([stage, most]) => `${megabytes(most)} up to ${stage}`),
      `${megabytes(bytes)} in all`,
      `trustworthiness ${trust.toFixed(4)}`,
    ].join(', ');
  return held({
    title: `UMAP of ${points} x ${DIMENSIONS} from vectors, ${own.words}, each in a process of its own`,
    input: own.input,
    comparisons: {
      [`umap/${points / 1000}k-whole-vs-embedding-atlas`]: once(
        rival.seconds / own.seconds,
        ATLAS,
        trust,
      ),
      [`umap/${points / 1000}k-memory-vs-embedding-atlas`]: once(rival.bytes / own.bytes, ATLAS, {
        ...trust,
        ...room,
      }),
    },
    figures: { [OWN]: words(own), [ATLAS]: words(rival) },
  });
}

/** Room in which a pair's arrays lie uncollected; a layout is collected as ever. */
const NOTHING_COLLECTED = ['--min-semi-space-size=64', '--max-semi-space-size=64'];

function inOwnProcess(subject: string, ...args: string[]): unknown {
  const flags = ['--expose-gc', ...(subject === 'pair' ? NOTHING_COLLECTED : [])];
  const { status, stdout } = spawnSync(
    process.execPath,
    [...flags, process.argv[1], ALONE, subject, ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`Measuring ${args.join(', ')} ended with status ${status}.`);
  return JSON.parse(stdout);
}

function once(ratio: number, rival: string, guards: Record<string, Guard>): RatioResult {
  return { ...ratioOf([ratio], guards, true), cold: null, own: OWN, rival };
}

function held(
  weighed: Pick<HeldContest, 'title' | 'input' | 'comparisons' | 'figures'>,
): HeldContest {
  const place = { name: 'Node', remark: '' };
  return { ...weighed, milliseconds: {}, cold: {}, kept: 1, discarded: 0, load: null, place };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
