import type { ParallelCorpus } from '../core/corpus.ts';
import type { NegativesResult } from '../core/lint.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { Answering } from './answering.svelte.ts';
import type { Encoding } from './encoding.svelte.ts';
import { Errand } from './errand.svelte.ts';

/** False statements as they were judged. */
export interface JudgedNegatives {
  result: NegativesResult;
  /** The facts they were made of. */
  corpus: ParallelCorpus;
  model: ModelProvenance;
  seed: number;
}

/** What lint needs the encoder for; both are made when asked for. */
export class Linting {
  readonly nearDuplicates = new Errand();
  readonly falseStatements = new Errand();
  #judged = $state.raw<JudgedNegatives | null>(null);
  /** Grows as prompts are compared: lint has more to say then. */
  #compared = $state(0);
  readonly #answering: Answering;
  readonly #encoding: Encoding;

  constructor(answering: Answering, encoding: Encoding) {
    this.#answering = answering;
    this.#encoding = encoding;
  }

  get judged(): JudgedNegatives | null {
    return this.#judged;
  }
  get compared(): number {
    return this.#compared;
  }

  /** Encodes the prompts, so that lint compares them. */
  async comparePrompts(): Promise<void> {
    await this.nearDuplicates.run('Loading the encoder', async (options) => {
      const prompts = await this.#answering.trainingPrompts(options);
      const { vectors } = await this.#encoding.encodeTexts(prompts, options);
      await this.#answering.comparePrompts(vectors, options);
      this.#compared++;
    });
  }

  /** Makes false statements of the facts in a language, and asks of every other whether the encoder takes them for true. */
  async judge(corpus: ParallelCorpus, language: number, seed: number): Promise<void> {
    this.#judged = null;
    await this.falseStatements.run('Loading the encoder', async (options) => {
      const request = { corpus, language, seed };
      const statements = await this.#answering.makeNegatives(request, options);
      const texts = [...corpus.renderings.text, ...statements];
      const { vectors, model } = await this.#encoding.encodeTexts(texts, options);
      const result = await this.#answering.judgeNegatives(vectors, options);
      this.#judged = { result, corpus, model, seed };
    });
  }
}
