import type { Progress } from '../protocol/messages.ts';

export type StageId = 'model' | 'encode' | 'compare' | 'neighbors' | 'project';

export interface Stage {
  id: StageId;
  label: string;
  state: 'waiting' | 'running' | 'done' | 'stopped';
  /** What it does right now, in the worker's words. */
  detail: string;
  done: number;
  /** 0 while unknown. */
  total: number;
  /** Milliseconds since the page opened, when the current count began. */
  since: number;
  /** Seconds left at the rate so far; null while unknown. */
  left: number | null;
}

const LABELS: Record<StageId, string> = {
  model: 'Load the encoder',
  encode: 'Encode the texts',
  compare: 'Compare the languages',
  neighbors: 'Find neighbours',
  project: 'Project to two dimensions',
};

/** The stages of a run, for the eyes of the reader. */
export class Stages {
  #list = $state.raw<Stage[]>(Stages.#fresh());

  get list(): Stage[] {
    return this.#list;
  }

  reset(): void {
    this.#list = Stages.#fresh();
  }

  begin(id: StageId): void {
    this.#change(id, {
      state: 'running',
      since: performance.now(),
      done: 0,
      total: 0,
      left: null,
      detail: '',
    });
  }

  /** `before` counts what was done in an earlier, stopped run. */
  update(id: StageId, { stage, done, total }: Progress, before = 0): void {
    const { since, detail, done: last } = this.#list.find((candidate) => candidate.id === id)!;
    const restarted = detail !== stage || done < last - before;
    const start = restarted ? performance.now() : since;
    const seconds = (performance.now() - start) / 1000;
    const left = total > 0 && done > 0 && seconds > 0.5 ? ((total - done) * seconds) / done : null;
    this.#change(id, {
      detail: stage,
      done: done + before,
      total: total === 0 ? 0 : total + before,
      since: start,
      left,
    });
  }

  finish(id: StageId, detail: string): void {
    this.#change(id, { state: 'done', left: null, detail });
  }

  stopRunning(): void {
    this.#list = this.#list.map((stage) =>
      stage.state === 'running' ? { ...stage, state: 'stopped', left: null } : stage,
    );
  }

  #change(id: StageId, change: Partial<Stage>): void {
    this.#list = this.#list.map((stage) => (stage.id === id ? { ...stage, ...change } : stage));
  }

  static #fresh(): Stage[] {
    return (Object.keys(LABELS) as StageId[]).map((id) => ({
      id,
      label: LABELS[id],
      state: 'waiting',
      detail: '',
      done: 0,
      total: 0,
      since: 0,
      left: null,
    }));
  }
}
