import type { AdapterProvenance } from '../core/adapter.ts';
import type { ParallelCorpus } from '../core/corpus.ts';
import type { DeviceInfo, EmbeddingInfo, EncodedTexts } from '../core/encoder.ts';
import {
  emptyEncoding,
  keptNotices,
  placeEncoded,
  tokensByLanguage,
  truncationNotices,
  type EncodedCorpus,
  type RenderingTokens,
} from '../core/embeddings.ts';
import { AnalyzerError, asAnalyzerError, isCancelled } from '../core/errors.ts';
import { layerNames, type FittedVectors, type VectorLayers } from '../core/layers.ts';
import { row, type Matrix } from '../core/matrix.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import type { ModelProvenance, TokenCounts } from '../core/report.ts';
import { trustNotices, type EncoderTrust } from '../core/trust.ts';
import type { CallOptions } from '../protocol/client.ts';
import type { Progress } from '../protocol/messages.ts';
import { EncoderLink, type EncoderWish, type LoadedEncoder } from './encoder-link.ts';
import type { Stages } from './stages.svelte.ts';

/** Vectors and pairs may take this many bytes; above it the page would die without a word. */
const MEMORY_BUDGET = 3_000_000_000;

/** Vectors of a corpus, row r for rendering r, and what made them. */
export interface Encoded {
  model: ModelProvenance;
  vectors: Matrix;
  /** null where the vectors were given, not made. */
  tokens: RenderingTokens | null;
  /** How well it reads each language; null where nothing was measured. */
  trust: EncoderTrust | null;
  /** What mapped them after the encoder, where a file of vectors says so. */
  adapter: AdapterProvenance | null;
  /** What departed from the wish. */
  notices: string[];
}

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
  #keptBytes = $state(0);
  #vectorsFile = $state<string | null>(null);
  /** What the last run took from a file; null where it encoded. */
  #given = $state.raw<{ texts: string[]; fitted: FittedVectors } | null>(null);
  #link = new EncoderLink();
  #origin: Origin | null = null;
  #offered: string[] = [];

  get devices(): DeviceInfo[] {
    return this.#devices;
  }
  get wish(): EncoderWish {
    return this.#wish;
  }
  /** The dropped file whose vectors take the place of encoding, or null. */
  get vectorsFile(): string | null {
    return this.#vectorsFile;
  }
  /** What is fixed since the encoder is ready; null before. */
  get info(): EmbeddingInfo | null {
    return this.#info;
  }
  /** Bytes of vectors that this browser keeps for later visits. */
  get keptBytes(): number {
    return this.#keptBytes;
  }
  /** How many of these texts have a vector of the encoder that is ready. */
  countOf(texts: string[]): number {
    const isTheirs = this.#origin?.texts === texts && this.#info !== null;
    return isTheirs && this.#origin?.key === JSON.stringify(this.#info?.provenance)
      ? this.#count
      : 0;
  }

  /** Token counts by language; null until every text is encoded, and where vectors were given. */
  tokens(corpus: ParallelCorpus): TokenCounts[] | null {
    if (this.#isGivenFor(corpus) || !this.#isComplete(corpus)) return null;
    return tokensByLanguage(corpus, this.#encoded!);
  }

  #isGivenFor(corpus: ParallelCorpus): boolean {
    return this.#given?.texts === corpus.renderings.text;
  }

  #isComplete({ renderings }: ParallelCorpus): boolean {
    return (
      this.#encoded !== null &&
      this.#origin?.texts === renderings.text &&
      this.#count >= renderings.text.length
    );
  }

  /** Vectors of the last run by layer; null until every text has its own, and where the last layer's are all there is. */
  layers(corpus: ParallelCorpus): VectorLayers | null {
    if (this.#isGivenFor(corpus)) return this.#given!.fitted.layers;
    if (!this.#isComplete(corpus) || this.#encoded!.layers.length === 0) return null;
    const vectors = this.#encoded!.layers;
    return { names: layerNames(vectors.length), vectors };
  }

  async probe(): Promise<void> {
    this.#devices = await this.#link.probe();
    await this.#countKept();
  }

  choose(wish: EncoderWish): void {
    this.#wish = wish;
    this.#info = null;
    this.#vectorsFile = null;
  }

  /** Learns which files of vectors there are: one that was just dropped is meant to be used, one that is gone cannot be. */
  offerVectors(files: string[]): void {
    const fresh = files.find((file) => !this.#offered.includes(file));
    this.#offered = files;
    if (fresh !== undefined) this.#vectorsFile = fresh;
    else if (!files.includes(this.#vectorsFile ?? '')) this.#vectorsFile = null;
  }

  /** Takes the vectors of a dropped file instead of encoding, or (null) encodes. */
  chooseVectors(file: string | null): void {
    this.#vectorsFile = file;
  }

  /** Starts an encoder that needs no download before it is asked for. What fails now is told when it is needed. */
  async prepare(): Promise<void> {
    const wish = this.#wish;
    if (this.#vectorsFile !== null) return;
    if (wish.folder === undefined && wish.model.includes('/')) return;
    const loaded = await this.#link.load(wish, {}).catch(() => null);
    if (loaded !== null && this.#wish === wish) this.#info = loaded.info;
  }

  /** Forgets the vectors that this browser keeps for later visits; those of this one stay. */
  async clearKept(): Promise<void> {
    this.#keptBytes = await this.#link.clearKept();
  }

  async #countKept(): Promise<void> {
    this.#keptBytes = await this.#link.keptBytes();
  }

  /**
   * Gives every text its vector; those that have one from the same model and device are not encoded again. An inference
   * that fails leaves its worker unusable: one fresh worker gets a second try, which is told.
   */
  async encode(corpus: ParallelCorpus, stages: Stages, signal: AbortSignal): Promise<Encoded> {
    const wish = this.#wish;
    const failures: string[] = [];
    this.#given = null;
    for (;;) {
      const { info, notices } = await this.#load(wish, stages, signal);
      const encoded = this.#adopt(corpus, info);
      try {
        stages.begin('encode');
        const texts = corpus.renderings.text;
        const faults = await this.#embedMissing(encoded, texts, stages, signal);
        stages.finish('encode', encodedWords(encoded));
        const model = info.provenance;
        const { vectors, tokens, unknown, truncated } = encoded;
        const cut = truncationNotices(corpus, tokensByLanguage(corpus, encoded), model.maxTokens);
        const warnings = [
          ...keptNotices(encoded),
          ...layersNotices(encoded, info),
          ...cut,
          ...trustNotices(corpus, info.trust),
        ];
        return {
          model,
          vectors,
          tokens: { tokens, unknown, truncated },
          trust: info.trust,
          adapter: null,
          notices: [...notices, ...info.notices, ...failures, ...faults, ...warnings],
        };
      } catch (thrown) {
        if (isCancelled(thrown) || failures.length > 0) throw thrown;
        failures.push(
          `The encoder failed once and was started again: ${asAnalyzerError(thrown).message}`,
        );
        this.#link.restart();
      }
    }
  }

  /** Unit rows of texts that belong to no corpus, by the encoder that is wished. [texts, d] */
  async encodeTexts(
    texts: string[],
    options: CallOptions,
  ): Promise<{ vectors: Matrix; model: ModelProvenance }> {
    const wish = this.#wish;
    const { info } = await this.#link.load(wish, options);
    if (this.#wish === wish) this.#info = info;
    const encoded = emptyEncoding(texts.length, info.provenance.dimensions);
    placeEncoded(encoded, await this.#link.embed(texts, options));
    await this.#countKept();
    return { vectors: encoded.vectors, model: info.provenance };
  }

  /** Takes vectors that were made elsewhere, where `encode` would make them. */
  async take(
    corpus: ParallelCorpus,
    file: string,
    { stages, fit }: { stages: Stages; fit: () => Promise<FittedVectors> },
  ): Promise<Encoded> {
    stages.finish('model', 'not needed');
    stages.begin('encode');
    const fitted = await fit();
    assertRoom(corpus, fitted.vectors.columns);
    this.#given = { texts: corpus.renderings.text, fitted };
    stages.finish('encode', `vectors of ${file}`);
    const { model, vectors, adapter, notices } = fitted;
    return { model, vectors, tokens: null, trust: null, adapter, notices };
  }

  async #load(wish: EncoderWish, stages: Stages, signal: AbortSignal): Promise<LoadedEncoder> {
    stages.begin('model');
    const onProgress = (progress: Progress): void => stages.update('model', progress);
    const loaded = await this.#link.load(wish, { signal, onProgress });
    if (this.#wish === wish) this.#info = loaded.info;
    stages.finish('model', loaded.info.provenance.device);
    return loaded;
  }

  /** Makes room for the texts, and keeps the vectors of texts that the same model on the same device encoded before. */
  #adopt(corpus: ParallelCorpus, { provenance, layers }: EmbeddingInfo): EncodedCorpus {
    const texts = corpus.renderings.text;
    const key = JSON.stringify(provenance);
    if (this.#encoded !== null && this.#origin?.key === key && this.#origin.texts === texts) {
      return this.#encoded;
    }
    assertRoom(corpus, provenance.dimensions);
    // Layers are an extra: where only they are too many, the run goes on without.
    const kept = memoryOf(corpus, provenance.dimensions, layers.length) <= MEMORY_BUDGET;
    const fresh = emptyEncoding(texts.length, provenance.dimensions, kept ? layers.length : 0);
    const old = this.#encoded;
    if (old !== null && this.#origin?.key === key && old.layers.length >= fresh.layers.length) {
      copyKnown(old, this.#origin.texts, fresh, texts);
    }
    this.#encoded = fresh;
    this.#origin = { texts, key };
    this.#count = fresh.done.reduce((sum, done) => sum + done, 0);
    return fresh;
  }

  async #embedMissing(
    encoded: EncodedCorpus,
    texts: string[],
    stages: Stages,
    signal: AbortSignal,
  ): Promise<string[]> {
    const missing = Int32Array.from(texts.keys()).filter((r) => encoded.done[r] === 0);
    if (missing.length === 0) return [];
    const request = Array.from(missing, (r) => texts[r]);
    const { notices } = await this.#link.embed(request, {
      signal,
      onProgress: (progress) => {
        const part = progress.partial as EncodedTexts | undefined;
        if (part !== undefined) {
          placeEncoded(encoded, part, missing);
          this.#count += part.index.length;
        }
        stages.update('encode', progress, part === undefined ? 0 : texts.length - progress.total);
      },
    });
    await this.#countKept();
    return notices;
  }
}

function encodedWords({ kept }: EncodedCorpus): string {
  const known = kept.reduce((sum, one) => sum + one, 0);
  const texts = `${kept.length.toLocaleString('en')} texts`;
  return known === 0 ? texts : `${texts}, ${known.toLocaleString('en')} of them kept from before`;
}

function layersNotices({ layers }: EncodedCorpus, info: EmbeddingInfo): string[] {
  return layers.length === info.layers.length
    ? []
    : [
        `The vectors of the ${info.layers.length} layers do not fit the budget of ${megabytes(MEMORY_BUDGET)} MB; only the last are kept.`,
      ];
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
    fresh.layers.forEach((layer, k) => layer.data.set(row(old.layers[k], from), r * layer.columns));
    fresh.tokens[r] = old.tokens[from];
    fresh.unknown[r] = old.unknown[from];
    fresh.truncated[r] = old.truncated[from];
    fresh.done[r] = 1;
    fresh.kept[r] = old.kept[from];
  });
}

/** Bytes that vectors of this many layers and the pairs of languages take, at their most. */
function memoryOf(
  { renderings, languages }: ParallelCorpus,
  dimensions: number,
  layers: number,
): number {
  const texts = renderings.text.length;
  // One copy of the vectors on the page, one in the analysis worker, one while it crosses.
  const vectors = texts * dimensions * (1 + layers) * 4 * 3;
  // Each pair keeps six numbers of each fact that it shares, in the worker and on the page.
  const pairs = (texts * (languages.length - 1) * 24 * 2) / 2;
  return vectors + pairs;
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en');
}

function assertRoom(corpus: ParallelCorpus, dimensions: number): void {
  const bytes = memoryOf(corpus, dimensions, 0);
  if (bytes <= MEMORY_BUDGET) return;
  throw new AnalyzerError(
    'memory/exceeded',
    `${corpus.renderings.text.length.toLocaleString('en')} texts in ${corpus.languages.length} languages, of ${dimensions} numbers each, need ${megabytes(bytes)} MB; the budget is ${megabytes(MEMORY_BUDGET)} MB.`,
    { hint: 'Choose fewer languages or facts, or use the shell command.' },
  );
}
