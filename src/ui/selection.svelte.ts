import { METRICS } from '../core/metric-catalog.ts';
import type { MatrixId } from '../core/report.ts';

export type View = 'matrix' | 'drift' | 'map' | 'facts';

/** What is looked at below the views. */
export const LENSES = ['languages', 'structure', 'hubs', 'tokens', 'layers', 'compare'] as const;
export type Lens = (typeof LENSES)[number];

/** What is looked at: one of the two streams of files, or what is done about the disparity of the facts. */
export const SIDES = ['facts', 'answers', 'lab'] as const;
export type Side = (typeof SIDES)[number];

/** What is looked at on the answers side. */
export const ANSWER_VIEWS = ['files', 'scorecard', 'votes', 'pairs', 'lint', 'coverage'] as const;
export type AnswerView = (typeof ANSWER_VIEWS)[number];

/** What is looked at in the lab. */
export const LAB_VIEWS = ['adapters', 'plan'] as const;
export type LabView = (typeof LAB_VIEWS)[number];

/** A chosen fact or language explained on the whole page, in place of the views; or how fast this machine is, in place of all. */
const PAGES = ['fact', 'language', 'speed'] as const;
export type Page = (typeof PAGES)[number];

/** What every view shares. Languages are named by tag and facts by id, so that a link means the same another day. */
export class Selection {
  side = $state<Side>('facts');
  answerView = $state<AnswerView>('files');
  labView = $state<LabView>('adapters');
  /** Names of the task and the model whose answers are looked at; null for the first. */
  task = $state<string | null>(null);
  model = $state<string | null>(null);
  /** Id of the question of that task that is explained on the whole page. */
  question = $state<string | null>(null);
  view = $state<View>('matrix');
  lens = $state<Lens>('languages');
  page = $state<Page | null>(null);
  metric = $state<MatrixId>('calibrated');
  /** Where drift is measured from: a language's tag, or the mean of the others. */
  reference = $state<string>('centroid');
  language = $state<string | null>(null);
  /** Row and column of a matrix cell. */
  pair = $state.raw<[row: string, column: string] | null>(null);
  fact = $state<string | null>(null);
  sheetOpen = $state(false);

  /** Reads a part of the address that a user may have edited: what is not understood is left out. */
  read(hash: string): void {
    if (hash.length > 2000) return;
    const values = new URLSearchParams(hash.replace(/^#/, ''));
    this.side = SIDES.find((side) => side === values.get('side')) ?? 'facts';
    const view = values.get('view');
    this.answerView = ANSWER_VIEWS.find((own) => own === view) ?? this.answerView;
    this.labView = LAB_VIEWS.find((own) => own === view) ?? this.labView;
    this.task = values.get('task');
    this.model = values.get('model');
    this.question = values.get('question');
    if (view === 'matrix' || view === 'drift' || view === 'map' || view === 'facts')
      this.view = view;
    this.lens = LENSES.find((lens) => lens === values.get('lens')) ?? this.lens;
    this.page = PAGES.find((page) => page === values.get('page')) ?? null;
    const metric = values.get('metric');
    if (isMatrixId(metric)) this.metric = metric;
    this.reference = values.get('reference') ?? this.reference;
    this.language = values.get('language');
    this.fact = values.get('fact');
    const pair = values.get('pair')?.split('~');
    this.pair = pair?.length === 2 ? [pair[0], pair[1]] : null;
  }

  toHash(): string {
    if (this.side === 'lab') return this.#labHash();
    return this.side === 'answers' ? this.#answersHash() : this.#factsHash();
  }

  #answersHash(): string {
    const values = new URLSearchParams({ side: 'answers', view: this.answerView });
    if (this.task !== null) values.set('task', this.task);
    if (this.model !== null) values.set('model', this.model);
    if (this.question !== null) values.set('question', this.question);
    return `#${values}`;
  }

  #labHash(): string {
    const { labView: view, metric } = this;
    return `#${new URLSearchParams({ side: 'lab', view, metric })}`;
  }

  #factsHash(): string {
    const values = new URLSearchParams({
      view: this.view,
      lens: this.lens,
      metric: this.metric,
      reference: this.reference,
    });
    if (this.page !== null) values.set('page', this.page);
    if (this.language !== null) values.set('language', this.language);
    if (this.pair !== null) values.set('pair', this.pair.join('~'));
    if (this.fact !== null) values.set('fact', this.fact);
    return `#${values}`;
  }

  chooseLanguage(tag: string | null): void {
    this.language = tag;
    // A pair that the language is no part of would go on being explained in its place.
    if (this.pair !== null && !this.pair.includes(tag ?? '')) this.pair = null;
    this.sheetOpen = tag !== null || this.fact !== null || this.pair !== null;
  }

  chooseFact(id: string | null): void {
    this.fact = id;
    this.sheetOpen = id !== null || this.language !== null || this.pair !== null;
  }

  /** A cell also chooses the language of its row, so that every view follows. */
  choosePair(pair: [row: string, column: string] | null): void {
    this.pair = pair;
    if (pair !== null) this.language = pair[0];
    this.sheetOpen = pair !== null || this.fact !== null || this.language !== null;
  }

  /** Opens the page of what is chosen, or goes back to the views, where it stays chosen. */
  openPage(page: Page | null): void {
    this.page = page;
    this.sheetOpen = page === null;
  }

  clear(): void {
    this.side = 'facts';
    this.task = null;
    this.model = null;
    this.question = null;
    this.page = null;
    this.language = null;
    this.pair = null;
    this.fact = null;
    this.sheetOpen = false;
  }
}

function isMatrixId(value: string | null): value is MatrixId {
  return METRICS.some(({ id }) => id === value);
}
