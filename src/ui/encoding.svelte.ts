import type { ParallelCorpus } from '../core/corpus.ts';
import type { DeviceInfo, EmbeddingInfo, EncodedTexts } from '../core/encoder.ts';
import {
  emptyEncoding,
  placeEncoded,
  tokensByLanguage,
  type EncodedCorpus,
} from '../core/embeddings.ts';
import { AnalyzerError, asAnalyzerError, isCancelled } from '../core/errors.ts';
import { row, type Matrix } from '../core/matrix.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import type { TokenCounts } from '../core/report.ts';
import { EncoderLink, type EncoderWish } from './encoder-link.ts';
import type { Stages } from './stages.svelte.ts';

/** Vectors may take this many bytes; above it the page would die without a word. */
const MEMORY_BUDGET = 1_500_000_000;

/** What vectors were made from and with; others are no use to it. */
interface Origin {
  texts: string[];
  key: string;
}

/** The encoder, what was wished of it, and the vectors it has made so far. */
export class Encoding {
  #devices = $state.raw<DeviceInfo[]>([]);
  #wish = $state.raw<EncoderWish>({ model: BUNDLED_MODEL, dtype: 'fp32', device: 'auto' });
  #info = $state.raw<EmbeddingInfo | null>(null);
  #encoded = $state.raw<EncodedCorpus | null>(null);
  #count = $state(0);
  #link = new EncoderLink();
  #origin: Origin | null = null;

  get devices(): DeviceInfo[] {
    return this.#devices;
  }
  get wish(): EncoderWish {
    return this.#wish;
  }
  /** What is fixed since the encoder is ready; null before. */
  get info(): EmbeddingInfo | null {
    return this.#info;
  }
  /** Texts that have their vector. */
  get count(): number {
    return this.#count;
  }
  get vectors(): Matrix | null {
    return this.#encoded?.vectors ?? null;
  }

  /** Token counts by language; null until every text is encoded. */
  tokens(corpus: ParallelCorpus): TokenCounts[] | null {
    if (this.#encoded === null || this.#count < corpus.renderings.text.length) return null;
    return tokensByLanguage(corpus, this.#encoded);
  }

  async probe(): Promise<void> {
    this.#devices = await this.#link.probe();
  }

  choose(wish: EncoderWish): void {
    this.#wish = wish;
    this.#info = null;
  }

  /** Starts an encoder that needs no download before it is asked for. What fails now is told when it is needed. */
  async prepare(): Promise<void> {
    const wish = this.#wish;
    if (wish.folder === undefined && wish.model.includes('/')) return;
    const loaded = await this.#link.load(wish, {}).catch(() => null);
    if (loaded !== null && this.#wish === wish) this.#info = loaded.info;
  }

  /** Gives every text its vector; those that have one are not encoded again. Answers what departed from the wish. */
  async encode(corpus: ParallelCorpus, stages: Stages, signal: AbortSignal): Promise<string[]> {
    stages.begin('model');
    const { info, notices } = await this.#link.load(this.#wish, {
      signal,
      onProgress: (progress) => stages.update('model', progress),
    });
    this.#info = info;
    stages.finish('model', info.provenance.device);
    const { text } = corpus.renderings;
    assertRoom(text.length, info.provenance.dimensions);
    this.#adopt({ texts: text, key: JSON.stringify(info.provenance) }, info.provenance.dimensions);
    stages.begin('encode');
    const failure = await this.#encodeMissing(text, stages, signal);
    stages.finish('encode', `${text.length.toLocaleString('en')} texts`);
    return [...notices, ...info.notices, ...failure];
  }

  /** Makes room for the texts, and keeps the vectors of texts that the same model encoded before. */
  #adopt(origin: Origin, dimensions: number): void {
    if (this.#origin?.key === origin.key && this.#origin.texts === origin.texts) return;
    const fresh = emptyEncoding(origin.texts.length, dimensions);
    if (this.#encoded !== null && this.#origin?.key === origin.key) {
      copyKnown(this.#encoded, this.#origin.texts, fresh, origin.texts);
    }
    this.#encoded = fresh;
    this.#origin = origin;
    this.#count = fresh.done.reduce((sum, done) => sum + done, 0);
  }

  /** An inference that fails leaves its worker unusable: one fresh worker gets a second try, which is told. */
  async #encodeMissing(texts: string[], stages: Stages, signal: AbortSignal): Promise<string[]> {
    try {
      await this.#embedMissing(texts, stages, signal);
      return [];
    } catch (thrown) {
      if (isCancelled(thrown)) throw thrown;
      this.#link.restart();
      await this.#link.load(this.#wish, { signal });
      await this.#embedMissing(texts, stages, signal);
      return [`The encoder failed once and was started again: ${asAnalyzerError(thrown).message}`];
    }
  }

  async #embedMissing(texts: string[], stages: Stages, signal: AbortSignal): Promise<void> {
    const encoded = this.#encoded!;
    const missing = Int32Array.from(texts.keys()).filter((r) => encoded.done[r] === 0);
    if (missing.length === 0) return;
    const before = texts.length - missing.length;
    const request = Array.from(missing, (r) => texts[r]);
    await this.#link.embed(request, {
      signal,
      onProgress: (progress) => {
        const part = progress.partial as EncodedTexts | undefined;
        if (part !== undefined) {
          placeEncoded(encoded, part, missing);
          this.#count = before + progress.done;
        }
        stages.update('encode', progress, part === undefined ? 0 : before);
      },
    });
  }
}

function copyKnown(
  old: EncodedCorpus,
  oldTexts: string[],
  fresh: EncodedCorpus,
  texts: string[],
): void {
  const known = new Map<string, number>();
  oldTexts.forEach((text, r) => {
    if (old.done[r] === 1) known.set(text, r);
  });
  texts.forEach((text, r) => {
    const from = known.get(text);
    if (from === undefined) return;
    fresh.vectors.data.set(row(old.vectors, from), r * fresh.vectors.columns);
    fresh.tokens[r] = old.tokens[from];
    fresh.unknown[r] = old.unknown[from];
    fresh.truncated[r] = old.truncated[from];
    fresh.done[r] = 1;
  });
}

function assertRoom(renderings: number, dimensions: number): void {
  // One copy on the page, one in the analysis worker, one while it crosses.
  const bytes = renderings * dimensions * 4 * 3;
  if (bytes <= MEMORY_BUDGET) return;
  const megabytes = (value: number): string => Math.round(value / 1e6).toLocaleString('en');
  throw new AnalyzerError(
    'memory/exceeded',
    `${renderings.toLocaleString('en')} texts of ${dimensions} numbers need ${megabytes(bytes)} MB; the budget is ${megabytes(MEMORY_BUDGET)} MB.`,
    { hint: 'Choose fewer languages or facts, or use the shell command.' },
  );
}
