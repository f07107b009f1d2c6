import { getContext, setContext } from 'svelte';
import { cellRows } from '../../core/corpus.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import { metricCard } from '../../core/metric-catalog.ts';
import { matricesOf } from '../../metrics/matrices.ts';
import { clusterOrder } from '../../metrics/order.ts';
import { languageColors } from '../color.ts';
import type { Session } from '../session.svelte.ts';

export type MatrixOrder = 'file' | 'drift' | 'cluster';

/** What the views derive from a session, in one place: names to indices, orders, colours, drift. */
export function createExploration(session: Session) {
  let matrixOrder = $state<MatrixOrder>('cluster');
  const corpus = $derived(session.corpus!);
  const L = $derived(corpus.languages.length);
  const colors = $derived(languageColors(corpus.languages));
  const matrices = $derived(session.report?.matrices ?? matricesOf(session.pairs, L));
  const cells = $derived(cellRows(corpus));
  const factIndex = $derived(new Map(corpus.facts.map(({ id }, i) => [id, i])));
  const drift = $derived(session.drift);
  const languageOf = (tag: string | null): number | null => {
    const index = corpus.languages.findIndex((language) => language.tag === tag);
    return index < 0 ? null : index;
  };
  const driftOrder = $derived.by(() => {
    const all = corpus.languages.map((_, i) => i);
    if (drift === null) return all;
    const own = all.filter((language) => drift.summaries[language].n > 0);
    return own.sort((a, b) => drift.summaries[b].mean - drift.summaries[a].mean);
  });
  const order = $derived.by(() => {
    const all = corpus.languages.map((_, i) => i);
    if (matrixOrder === 'file') return all;
    if (matrixOrder === 'cluster') return clusterOrder(distancesOf(matrices.mean_cosine), L);
    // A language without drift (the reference itself) comes last.
    return [...driftOrder, ...all.filter((language) => !driftOrder.includes(language))];
  });
  const pair = $derived.by(() => {
    if (session.selection.pair === null) return null;
    const [row, column] = session.selection.pair.map(languageOf);
    return row === null || column === null ? null : { row, column };
  });
  return {
    get matrixOrder() {
      return matrixOrder;
    },
    set matrixOrder(value: MatrixOrder) {
      matrixOrder = value;
    },
    get colors() {
      return colors;
    },
    get matrices() {
      return matrices;
    },
    get drift() {
      return drift;
    },
    get driftOrder() {
      return driftOrder;
    },
    get order() {
      return order;
    },
    get factLabels() {
      return corpus.facts.map(({ id }) => id);
    },
    get selectedLanguage() {
      return languageOf(session.selection.language);
    },
    get selectedFact() {
      return session.selection.fact === null ? null : (factIndex.get(session.selection.fact) ?? null);
    },
    get selectedPair() {
      return pair;
    },
    get card() {
      return metricCard(session.selection.metric);
    },
    get referenceLabel() {
      const reference = languageOf(session.selection.reference);
      return reference === null ? 'the mean of the other languages' : corpus.languages[reference].name;
    },
    /** Row in the renderings, or -1 for a hole. */
    cell: (fact: number, language: number): number => cells[fact * L + language],
    text: (fact: number, language: number): string | null => {
      const rendering = cells[fact * L + language];
      return rendering < 0 ? null : corpus.renderings.text[rendering];
    },
    chooseLanguage: (language: number | null): void =>
      session.selection.chooseLanguage(language === null ? null : corpus.languages[language].tag),
    chooseFact: (fact: number | null): void => session.selection.chooseFact(fact === null ? null : corpus.facts[fact].id),
    choosePair: (cell: { row: number; column: number } | null): void =>
      session.selection.choosePair(
        cell === null ? null : [corpus.languages[cell.row].tag, corpus.languages[cell.column].tag],
      ),
  };
}

export type Exploration = ReturnType<typeof createExploration>;

function distancesOf(cosines: LanguageMatrix): LanguageMatrix {
  return cosines.map((cosine) => 1 - cosine);
}

const KEY = Symbol('exploration');

export function provideExploration(exploration: Exploration): void {
  setContext(KEY, exploration);
}

export function useExploration(): Exploration {
  return getContext<Exploration>(KEY);
}
