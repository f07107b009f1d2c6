import type { PairChanges, PairEdit } from '../core/preference-pairs.ts';

/** What was excluded and rewritten by hand among the pairs of one set, with every earlier state. */
export class PairEdits {
  #past = $state.raw<PairChanges[]>([{ excluded: [], edited: [] }]);
  readonly now: PairChanges = $derived(this.#past[this.#past.length - 1]);
  readonly #texts = $derived(new Map(this.now.edited));

  get canUndo(): boolean {
    return this.#past.length > 1;
  }

  isExcluded(index: number): boolean {
    return this.now.excluded.includes(index);
  }

  of(index: number): PairEdit {
    return this.#texts.get(index) ?? {};
  }

  toggle(index: number): void {
    const { excluded } = this.now;
    const others = excluded.filter((own) => own !== index);
    this.#change({ excluded: others.length < excluded.length ? others : [...others, index] });
  }

  /** @param text undefined: as it was */
  write(index: number, side: keyof PairEdit, text: string | undefined): void {
    const { [side]: _, ...rest } = this.of(index);
    const own: PairEdit = text === undefined ? rest : { ...rest, [side]: text };
    const others = this.now.edited.filter(([at]) => at !== index);
    const isLeft = Object.keys(own).length === 0;
    this.#change({ edited: isLeft ? others : [...others, [index, own]] });
  }

  undo(): void {
    if (this.canUndo) this.#past = this.#past.slice(0, -1);
  }

  #change(change: Partial<PairChanges>): void {
    this.#past = [...this.#past, { ...this.now, ...change }];
  }
}
