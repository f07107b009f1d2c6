import type { AnswersSummary } from '../core/answers.ts';
import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';
import { MARKER_PROFILES } from '../core/marker-profiles.ts';
import type { ChoiceGrid, QuestionAnswers } from '../core/question-answers.ts';
import {
  CLIKA_REFERENCES,
  type ModelDifference,
  type Scorecard,
  type ScoreSettings,
  type TaskScores,
} from '../core/scorecard.ts';
import type { AnswersOf, NamedFile } from '../protocol/api.ts';
import type { CallOptions } from '../protocol/client.ts';
import type { Progress } from '../protocol/messages.ts';
import { inTurn } from '../protocol/server.ts';
import { startAnswers } from './workers.ts';

/** Settings that outlive the files: the pivot by tag, null for English or the first language. */
type Wishes = Omit<ScoreSettings, 'pivot'> & { pivot: string | null };

const DEFAULTS: Wishes = {
  parser: 'robust',
  profiles: MARKER_PROFILES,
  references: CLIKA_REFERENCES,
  pivot: null,
  seed: 1,
};

/** What a view asks about: one model on one task. */
type Of = Pick<AnswersOf, 'task' | 'model'>;

/** What models answered: the files and what is made of them. The table itself stays with the worker. */
export class Answering {
  #worker = startAnswers();
  /** What a fresh worker has to read again. */
  #dropped: NamedFile[] = [];
  #summary = $state.raw<AnswersSummary | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<AnalyzerError | null>(null);
  #reading: AbortController | null = null;
  #queue = inTurn();
  #wishes = $state.raw(DEFAULTS);
  /** What everything is computed with. */
  readonly settings: ScoreSettings = $derived.by(() => {
    const tags = this.#summary?.languages.map(({ tag }) => tag) ?? [];
    const wished = tags.indexOf(this.#wishes.pivot ?? 'en');
    const tasks = this.#summary?.tasks.map(({ name }) => name) ?? [];
    const references = Object.fromEntries(
      Object.entries(this.#wishes.references).filter(([task]) => tasks.includes(task)),
    );
    const pivot = wished < 0 && tags.length > 0 ? 0 : wished;
    return { ...this.#wishes, references, pivot };
  });

  /** What the files were understood to hold; null while none of answers was read. */
  get summary(): AnswersSummary | null {
    return this.#summary;
  }
  /** How far reading has come; null while nothing is read. */
  get progress(): Progress | null {
    return this.#progress;
  }
  /** Why the last reading failed. */
  get problem(): AnalyzerError | null {
    return this.#problem;
  }

  /** Those of tasks that are not loaded too: a file may come back. */
  get references(): ScoreSettings['references'] {
    return this.#wishes.references;
  }

  choose(change: Partial<Wishes>): void {
    this.#wishes = { ...this.#wishes, ...change };
  }

  scorecard(options: CallOptions): Promise<Scorecard> {
    return this.#worker.scorecard({ settings: this.settings }, options);
  }

  scores(of: Of, options: CallOptions): Promise<TaskScores | null> {
    return this.#worker.scores({ ...of, settings: this.settings }, options);
  }

  difference(
    task: number,
    models: [first: number, second: number],
    options: CallOptions,
  ): Promise<ModelDifference | null> {
    return this.#worker.difference({ task, models, settings: this.settings }, options);
  }

  grid(of: Of, options: CallOptions): Promise<ChoiceGrid> {
    return this.#worker.grid({ ...of, settings: this.settings }, options);
  }

  question(question: number, model: number, options: CallOptions): Promise<QuestionAnswers> {
    return this.#worker.question({ question, model, settings: this.settings }, options);
  }

  /**
   * Takes the answers among the files; a drop waits for the one before.
   *
   * @returns the files that hold something else; null where reading was stopped, or failed
   */
  open<Dropped extends NamedFile>(files: Dropped[]): Promise<Dropped[] | null> {
    return this.#queue(() => this.#read(files));
  }

  async remove(file: string): Promise<void> {
    this.#dropped = this.#dropped.filter(({ name }) => name !== file);
    this.#take(await this.#worker.remove({ file }));
  }

  async clear(): Promise<void> {
    this.stop();
    this.#dropped = [];
    this.#problem = null;
    this.#take(await this.#worker.clear({}));
  }

  /** Files that were read by then stay. */
  stop(): void {
    this.#reading?.abort();
  }

  async #read<Dropped extends NamedFile>(files: Dropped[]): Promise<Dropped[] | null> {
    const { signal } = (this.#reading = new AbortController());
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.#progress = progress;
    };
    this.#progress = { stage: 'Looking for answers', done: 0, total: files.length };
    this.#problem = null;
    try {
      const { left, summary } = await this.#worker.add({ files }, { signal, onProgress });
      const others = new Set(left);
      this.#dropped = [...this.#dropped, ...files.filter(({ name }) => !others.has(name))];
      this.#take(summary);
      return files.filter(({ name }) => others.has(name));
    } catch (thrown) {
      await this.#recover(thrown);
      return null;
    } finally {
      this.#progress = null;
    }
  }

  async #recover(thrown: unknown): Promise<void> {
    if (isCancelled(thrown)) return this.#take(await this.#worker.summary({}));
    this.#problem = asAnalyzerError(thrown);
    if (this.#problem.code !== 'worker/crashed') return;
    this.#worker = startAnswers();
    this.#take((await this.#worker.add({ files: this.#dropped })).summary);
  }

  #take(summary: AnswersSummary): void {
    this.#summary = summary.files.length + summary.issues.length === 0 ? null : summary;
  }
}
