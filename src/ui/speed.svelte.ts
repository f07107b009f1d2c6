import type { DeviceInfo } from '../core/encoder.ts';
import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';
import { randomSubset, seededRandom, shuffle, type Random } from '../core/random.ts';
import type { SpeedRow, SpeedTask } from '../core/speed.ts';
import type { SpeedContext } from '../report/speed-report.ts';
import { DroppedFiles } from './dropped-files.ts';
import type { EncoderWish } from './encoder-link.ts';
import {
  encodeContestants,
  kernelContestants,
  layoutContestants,
  type SpeedContestant,
} from './speed-contestants.ts';

declare const __ISOGLOSS_VERSION__: string;

/** Rounds that count, beside the cold one. */
const ROUNDS = 5;

/** Most texts of a round. */
const MOST_TEXTS = 512;

const SEED = 1;

/** What is measured with. */
export interface SpeedRequest {
  devices: readonly DeviceInfo[];
  wish: EncoderWish;
  /** null: the texts of the example. */
  texts: readonly string[] | null;
}

/** Speeds of this machine, measured when it is asked for, in workers of their own: nothing that is loaded is touched. */
export class Speed {
  #rows = $state.raw<SpeedRow[]>([]);
  #step = $state('');
  #problem = $state.raw<AnalyzerError | null>(null);
  #context = $state.raw<SpeedContext | null>(null);
  #running: AbortController | null = null;

  get rows(): SpeedRow[] {
    return this.#rows;
  }
  /** What is being measured; '' while nothing is. */
  get step(): string {
    return this.#step;
  }
  get problem(): AnalyzerError | null {
    return this.#problem;
  }
  /** What the speeds were measured with; null before. */
  get context(): SpeedContext | null {
    return this.#context;
  }

  /** What is measured so far stays. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#step = '';
  }

  async measure({ devices, wish, texts }: SpeedRequest): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    const { signal } = controller;
    this.#rows = [];
    this.#problem = null;
    this.#context = null;
    this.#step = 'Getting the texts';
    const random = seededRandom(SEED);
    try {
      const all = texts ?? (await exampleTexts(signal));
      const chosen = Array.from(randomSubset(random, MOST_TEXTS, all.length), (t) => all[t]);
      this.#context = {
        isogloss: __ISOGLOSS_VERSION__,
        encoder: `${wish.model}, ${wish.dtype}`,
        texts: all.length,
        textsOf: texts === null ? 'the example' : 'the loaded files',
        seed: SEED,
      };
      const available = devices.filter((device) => device.available);
      await this.#race(() => encodeContestants(available, wish, chosen), random, signal);
      await this.#race(() => kernelContestants(available, SEED), random, signal);
      await this.#race(() => layoutContestants(available, SEED), random, signal);
    } catch (thrown) {
      if (!isCancelled(thrown) && this.#running === controller)
        this.#problem = asAnalyzerError(thrown);
    } finally {
      if (this.#running === controller) this.stop();
    }
  }

  /** Contestants of one task: all get ready, then take turns in random order; the first round is kept apart. */
  async #race(enlist: () => SpeedContestant[], random: Random, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const contestants = enlist();
    try {
      const ready: SpeedContestant[] = [];
      for (const contestant of contestants) {
        const { task, device, name } = contestant;
        const row = { task, device, name, cold: null, rounds: [], problem: '' };
        this.#rows = [...this.#rows, row];
        this.#step = `${name} gets ready`;
        if (await this.#isReady(contestant, signal)) ready.push(contestant);
      }
      for (let round = 0; round <= ROUNDS; round++) {
        for (const place of shuffle(random, Int32Array.from(ready.keys()))) {
          const contestant = ready[place];
          this.#step = `${contestant.name}, ${round === 0 ? 'first round' : `round ${round} of ${ROUNDS}`}`;
          const speed = await contestant.measure(signal);
          this.#change(contestant, (row) =>
            round === 0 ? { ...row, cold: speed } : { ...row, rounds: [...row.rounds, speed] },
          );
        }
      }
    } finally {
      for (const contestant of contestants) contestant.dispose();
    }
  }

  /** A device that cannot be used says why in its row, and the others go on. */
  async #isReady(contestant: SpeedContestant, signal: AbortSignal): Promise<boolean> {
    try {
      const name = await contestant.start(signal);
      this.#change(contestant, (row) => ({ ...row, name }));
      return true;
    } catch (thrown) {
      if (isCancelled(thrown)) throw thrown;
      const { message } = asAnalyzerError(thrown);
      this.#change(contestant, (row) => ({ ...row, problem: message }));
      return false;
    }
  }

  #change(of: { task: SpeedTask; device: string }, change: (row: SpeedRow) => SpeedRow): void {
    this.#rows = this.#rows.map((row) =>
      row.task === of.task && row.device === of.device ? change(row) : row,
    );
  }
}

/** Read by a worker of its own, so that nothing takes the place of what is loaded. */
async function exampleTexts(signal: AbortSignal): Promise<string[]> {
  const files = new DroppedFiles();
  try {
    return (await files.addExample(signal)).corpus.renderings.text;
  } finally {
    files.dispose();
  }
}
