import { getContext, setContext } from 'svelte';
import { cellRows, type ParallelCorpus } from '../../core/corpus.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import { metricCard } from '../../core/metric-catalog.ts';
import { trustByLanguage } from '../../core/trust.ts';
import { matricesOf } from '../../metrics/matrices.ts';
import { languageColors } from '../../plots/color.ts';
import type { FigureInput } from '../../report/figures/figure-input.ts';
import { languageGroups, nearnessTree } from '../../report/figures/matrix-figure.ts';
import type { Session } from '../session.svelte.ts';
import { markedLanguage, markNote } from '../../report/words/trust-words.ts';

export type MatrixOrder = 'file' | 'drift' | 'cluster';

/** What stands in strips beside the matrix. */
export type MatrixStrips = 'none' | 'script' | 'family' | 'both';

interface Cell {
  row: number;
  column: number;
}

/** What the views derive from a session, in one place: names to indices, orders, colours. */
export class Exploration {
  readonly #session: Session;
  matrixOrder = $state<MatrixOrder>('cluster');
  matrixStrips = $state<MatrixStrips>('none');

  readonly #cells = $derived.by(() => cellRows(this.corpus));
  readonly #factIndex = $derived.by(() => new Map(this.corpus.facts.map(({ id }, i) => [id, i])));
  readonly #all = $derived.by(() => this.corpus.languages.map((_, i) => i));

  /** How well the encoder reads each language; null where nothing was measured. */
  readonly trust = $derived.by(() => trustByLanguage(this.corpus.languages, this.#session.trust));
  /** The corpus's languages as they are named everywhere: marked where the encoder is weak or untested. */
  readonly languages = $derived.by(() =>
    this.corpus.languages.map((language, l) => markedLanguage(language, this.trust?.[l])),
  );
  readonly markNote = $derived.by(() => markNote(this.trust));
  readonly colors = $derived.by(() => languageColors(this.corpus.languages));
  readonly factLabels = $derived.by(() => this.corpus.facts.map(({ id }) => id));
  /** The finished pairs' matrices while a run goes on, then the report's. */
  readonly matrices = $derived.by(() => {
    const { report, pairs } = this.#session.comparison;
    return report?.matrices ?? matricesOf(pairs, this.corpus.languages.length);
  });
  /** Languages with a drift, most drifting first. */
  readonly driftOrder = $derived.by(() => {
    const drift = this.#session.comparison.drift;
    if (drift === null) return this.#all;
    const mean = (language: number): number => drift.summaries[language].mean;
    return this.#all.filter((l) => drift.summaries[l].n > 0).sort((a, b) => mean(b) - mean(a));
  });
  /** The tree that orders the matrix; null for another order. It needs every pair: growing, it would make the rows jump. */
  readonly tree = $derived.by(() => {
    const { report } = this.#session.comparison;
    return this.matrixOrder === 'cluster' && report !== null
      ? nearnessTree(report.matrices, report.languages.length)
      : null;
  });
  /** Order of the matrix's rows and columns. */
  readonly order = $derived.by(() => {
    if (this.tree !== null) return this.tree.order;
    if (this.matrixOrder !== 'drift' || this.#session.comparison.report === null) return this.#all;
    // A language without drift (the reference itself) comes last.
    return [...this.driftOrder, ...this.#all.filter((l) => !this.driftOrder.includes(l))];
  });
  readonly groups = $derived.by(() => {
    const { script, family } = languageGroups(this.languages);
    return { none: [], script: [script], family: [family], both: [script, family] }[
      this.matrixStrips
    ];
  });
  /** What figures are made from; null before all pairs are compared. */
  readonly figureInput: FigureInput | null = $derived.by(() => {
    const { report } = this.#session.comparison;
    const { languages, colors, markNote: note } = this;
    return report && { report, languages, colors, note };
  });
  readonly selectedLanguage = $derived.by(() => this.#languageOf(this.#session.selection.language));
  readonly selectedFact = $derived.by(() => {
    const { fact } = this.#session.selection;
    return fact === null ? null : (this.#factIndex.get(fact) ?? null);
  });
  readonly selectedPair: Cell | null = $derived.by(() => {
    const [row, column] = this.#session.selection.pair?.map((tag) => this.#languageOf(tag)) ?? [];
    return typeof row === 'number' && typeof column === 'number' ? { row, column } : null;
  });
  /** What the drift that is shown was measured from; null for the mean of the others, or while there is none. */
  readonly reference = $derived.by(() => {
    const reference = this.#session.comparison.drift?.reference ?? 'centroid';
    return reference === 'centroid' ? null : reference;
  });
  readonly referenceLabel = $derived(
    this.reference === null
      ? 'the mean of the other languages'
      : this.languages[this.reference].name,
  );

  constructor(session: Session) {
    this.#session = session;
  }

  get corpus(): ParallelCorpus {
    return this.#session.corpus!;
  }

  /** The matrix metric that is shown. */
  get card(): MetricCard {
    return metricCard(this.#session.selection.metric);
  }

  /** The rendering's text, or null for a hole. */
  text = (fact: number, language: number): string | null => {
    const rendering = this.#cells[fact * this.corpus.languages.length + language];
    return rendering < 0 ? null : this.corpus.renderings.text[rendering];
  };

  chooseLanguage = (language: number | null): void => {
    this.#session.selection.chooseLanguage(language === null ? null : this.#tag(language));
  };

  chooseFact = (fact: number | null): void => {
    this.#session.selection.chooseFact(fact === null ? null : this.corpus.facts[fact].id);
  };

  /** Explains a fact on the whole page. */
  openFact = (fact: number): void => {
    this.chooseFact(fact);
    this.#session.selection.openPage('fact');
  };

  /** Explains a language on the whole page. */
  openLanguage = (language: number): void => {
    this.chooseLanguage(language);
    this.#session.selection.openPage('language');
  };

  choosePair = (cell: Cell | null): void => {
    const pair =
      cell === null ? null : ([this.#tag(cell.row), this.#tag(cell.column)] as [string, string]);
    this.#session.selection.choosePair(pair);
  };

  #tag(language: number): string {
    return this.corpus.languages[language].tag;
  }

  #languageOf(tag: string | null): number | null {
    const index = this.corpus.languages.findIndex((language) => language.tag === tag);
    return index < 0 ? null : index;
  }
}

const KEY = Symbol('exploration');

export function provideExploration(exploration: Exploration): void {
  setContext(KEY, exploration);
}

export function useExploration(): Exploration {
  return getContext<Exploration>(KEY);
}
