import type { AnswersSummary } from '../core/answers.ts';
import type { Answering } from './answering.svelte.ts';
import type { EncoderWish } from './encoder-link.ts';
import type { Encoding } from './encoding.svelte.ts';
import { Errand } from './errand.svelte.ts';

/** Open answers of one model, encoded when asked for. */
export class Opening {
  readonly errand = new Errand();
  /** What the vectors that the worker keeps are of, and made with. */
  #made = $state.raw<{ model: number; summary: AnswersSummary; wish: EncoderWish } | null>(null);
  readonly #answering: Answering;
  readonly #encoding: Encoding;

  constructor(answering: Answering, encoding: Encoding) {
    this.#answering = answering;
    this.#encoding = encoding;
  }

  /** Whether the answers of this model are encoded, as the files and the encoder are now. */
  holds(model: number): boolean {
    const made = this.#made;
    const isCurrent =
      made?.summary === this.#answering.summary && made?.wish === this.#encoding.wish;
    return isCurrent && made?.model === model;
  }

  /** Why vectors that were made are not those that are asked for; '' where none were made. */
  whyNot(model: number): string {
    const made = this.#made;
    if (made === null || this.holds(model)) return '';
    if (made.summary !== this.#answering.summary)
      return 'The files have changed since answers were encoded.';
    if (made.wish !== this.#encoding.wish)
      return 'Another encoder was chosen since answers were encoded.';
    return `The answers of ${made.summary.models[made.model] || 'another model'} are encoded, not these.`;
  }

  clear(): void {
    this.errand.stop();
    this.#made = null;
  }

  /** Encodes a model's answers to open questions, and has votes and pairs made of them. */
  async encode(model: number): Promise<void> {
    await this.errand.run('Loading the encoder', async (options) => {
      const { summary } = this.#answering;
      const { wish } = this.#encoding;
      const texts = await this.#answering.openTexts(model, options);
      const { vectors, model: encoder } = await this.#encoding.encodeTexts(texts, options);
      this.#made = null;
      await this.#answering.takeOpenVectors({ model, vectors, encoder }, options);
      if (summary !== null) this.#made = { model, summary, wish };
      this.#answering.chooseVoting({ mode: 'open' });
    });
  }
}
