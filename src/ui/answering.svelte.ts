import type { AnswersSummary } from '../core/answers.ts';
import type { ParallelCorpus } from '../core/corpus.ts';
import type { CoverageReport, OffTarget, Taxonomy } from '../core/coverage.ts';
import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';
import type { LintResult, NegativesResult } from '../core/lint.ts';
import { MARKER_PROFILES } from '../core/marker-profiles.ts';
import type { Matrix } from '../core/matrix.ts';
import type { ChoiceGrid, QuestionAnswers } from '../core/question-answers.ts';
import type { ModelProvenance } from '../core/report.ts';
import {
  type AlignmentJoin,
  type ModelDifference,
  type QuestionAlignment,
  type Scorecard,
  type ScoreSettings,
  type TaskScores,
} from '../core/scorecard.ts';
import type { OpenAnswers, VoteSettings, VoteSummary } from '../core/votes.ts';
import type { PairPage, PairQuery, PairWishes, PlanWishes } from '../core/preference-pairs.ts';
import type { AnswersApi, AnswersOf, CoverageRequest, NamedFile } from '../protocol/api.ts';
import type { CallOptions } from '../protocol/client.ts';
import type { Progress } from '../protocol/messages.ts';
import { inTurn } from '../protocol/server.ts';
import { scorecardMarkdown } from '../report/scorecard-markdown.ts';
import { PairEdits } from './pair-edits.svelte.ts';
import { PAIRING, type Pairing } from './pairing.ts';
import { SCORE_WISHES, settingsOf, type ScoreWishes } from './score-wishes.ts';
import { VOTING, votersOf, type Voting } from './voting.ts';
import { startAnswers } from './workers.ts';

declare const __ISOGLOSS_VERSION__: string;

/** What a view asks about: one model on one task. */
type Of = Pick<AnswersOf, 'task' | 'model'>;

/** What models answered: the files and what is made of them. The table itself stays with the worker. */
export class Answering {
  /** Tiers of languages from a file; null for tiers that are measured. */
  taxonomy = $state.raw<Taxonomy | null>(null);
  /** Name of the file that marker profiles were taken from; null for none. */
  profilesFrom = $state.raw<string | null>(null);
  #worker = startAnswers();
  /** What a fresh worker has to read again. */
  #dropped: NamedFile[] = [];
  #summary = $state.raw<AnswersSummary | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<AnalyzerError | null>(null);
  #reading: AbortController | null = null;
  #queue = inTurn();
  #voting = $state.raw(VOTING);
  #pairing = $state.raw(PAIRING);
  /** Of the pairs of each setting: who goes back to one finds them again. */
  #edits = new Map<string, PairEdits>();
  #wishes = $state.raw(SCORE_WISHES);
  /** What everything is computed with. */
  readonly settings: ScoreSettings = $derived(settingsOf(this.#wishes, this.#summary));

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

  /** Indices of the languages as they are pooled, and of those that vote. */
  readonly voters: VoteSettings = $derived(votersOf(this.#voting, this.#summary));

  get voting(): Voting {
    return this.#voting;
  }

  chooseVoting(change: Partial<Voting>): void {
    this.#voting = { ...this.#voting, ...change };
  }

  votes(of: Of, options: CallOptions): Promise<VoteSummary | null> {
    const { settings, voters } = this;
    return this.#worker.votes({ ...of, ...voters, settings, mode: this.#voting.mode }, options);
  }

  openTexts(model: number, options: CallOptions): Promise<string[]> {
    return this.#worker.openTexts({ model }, options);
  }

  takeOpenVectors(
    request: Parameters<AnswersApi['takeOpenVectors']>[0],
    options: CallOptions,
  ): Promise<void> {
    return this.#worker.takeOpenVectors(request, options);
  }

  openAnswers(of: Of, options: CallOptions): Promise<OpenAnswers> {
    const { settings, voters } = this;
    return this.#worker.openAnswers({ ...of, ...voters, settings }, options);
  }

  /** Votes of all models on all tasks, zipped. */
  packVotes(): Promise<Uint8Array> {
    const { settings, voters } = this;
    const { mode } = this.#voting;
    return this.#worker.packVotes({ ...voters, settings, mode, isogloss: __ISOGLOSS_VERSION__ });
  }

  get pairing(): Pairing {
    return this.#pairing;
  }

  choosePairing(change: Partial<Pairing>): void {
    this.#pairing = { ...this.#pairing, ...change };
  }

  /** Which pairs are made of the votes. */
  pairWishes(of: Of, examples: boolean): PairWishes {
    const { filters, target, checkLanguage } = this.#pairing;
    const { mode, threshold: share } = this.#voting;
    const own = { target, checkLanguage, filters: { ...filters, share }, plan: this.#plan() };
    return { ...of, ...this.voters, ...own, mode, examples };
  }

  #plan(): PlanWishes | null {
    const { plan, pivot: wished, cap, same, wishes } = this.#pairing;
    if (plan === null) return null;
    const hasPivot = plan === 'to-pivot' || plan === 'from-pivot';
    const found = this.#summary?.languages.findIndex(({ tag }) => tag === wished) ?? -1;
    const pivot = found < 0 ? this.settings.pivot : found;
    return { plan, pivot: hasPivot ? pivot : null, cap, same, wishes };
  }

  /** What was changed by hand among the pairs of these wishes. */
  editsOf(wishes: PairWishes): PairEdits {
    const key = JSON.stringify([wishes, this.settings]);
    const edits = this.#edits.get(key) ?? new PairEdits();
    this.#edits.set(key, edits);
    return edits;
  }

  pairs(wishes: PairWishes, query: PairQuery, options: CallOptions): Promise<PairPage> {
    return this.#worker.pairs({ settings: this.settings, wishes, query }, options);
  }

  packPairs(
    request: Omit<Parameters<AnswersApi['packPairs']>[0], 'settings' | 'isogloss'>,
  ): Promise<Uint8Array> {
    const { settings } = this;
    return this.#worker.packPairs({ ...request, settings, isogloss: __ISOGLOSS_VERSION__ });
  }

  /** Those of tasks that are not loaded too: a file may come back. */
  get references(): ScoreSettings['references'] {
    return this.#wishes.references;
  }

  choose(change: Partial<ScoreWishes>): void {
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

  joins(of: Of, alignments: QuestionAlignment[], options: CallOptions): Promise<AlignmentJoin[]> {
    return this.#worker.joins({ ...of, alignments, settings: this.settings }, options);
  }

  /** The questions as a file of facts. */
  async questionFacts(): Promise<NamedFile> {
    const { csv } = await this.#worker.questionFacts({});
    return { name: 'questions.csv', content: new Blob([csv]) };
  }

  /** All files of the scorecard, zipped, with the difference of two models and the joins with the facts side. */
  async packScores(
    card: Scorecard,
    {
      similarity,
      ...beside
    }: Omit<Parameters<AnswersApi['comparisons']>[0], 'settings'> & { similarity: boolean },
  ): Promise<Uint8Array> {
    const { settings } = card;
    const compared = await this.#worker.comparisons({ ...beside, settings });
    const document = scorecardMarkdown(card, compared);
    const isogloss = __ISOGLOSS_VERSION__;
    return this.#worker.packScores({ settings, similarity, isogloss, document, ...compared });
  }

  /** Archives as folders of one, with what they were made with. */
  bundle(folders: Record<string, Uint8Array>, about: Record<string, unknown>): Promise<Uint8Array> {
    const tags = this.#summary?.languages.map(({ tag }) => tag) ?? [];
    const { settings, voting, voters } = this;
    const manifest = {
      isogloss: __ISOGLOSS_VERSION__,
      settings: { ...settings, pivot: settings.pivot < 0 ? null : tags[settings.pivot] },
      votes: {
        mode: voting.mode,
        order: voters.order.map((l) => tags[l]),
        voters: voters.voters.map((l) => tags[l]),
      },
      ...about,
    };
    return this.#worker.bundle({ manifest, folders });
  }

  grid(of: Of, options: CallOptions): Promise<ChoiceGrid> {
    return this.#worker.grid({ ...of, settings: this.settings }, options);
  }

  question(question: number, model: number, options: CallOptions): Promise<QuestionAnswers> {
    return this.#worker.question({ question, model, settings: this.settings }, options);
  }

  lint(options: CallOptions): Promise<LintResult> {
    return this.#worker.lint({ seed: this.settings.seed }, options);
  }

  trainingPrompts(options: CallOptions): Promise<string[]> {
    return this.#worker.trainingPrompts({}, options);
  }

  comparePrompts(vectors: Matrix, options: CallOptions): Promise<void> {
    return this.#worker.comparePrompts({ vectors }, options);
  }

  /** What lint found, zipped; where asked to, with the files of training mended. */
  packLint(mend: boolean): Promise<{ zip: Uint8Array; archived: string[] }> {
    const { seed } = this.settings;
    const files = mend ? this.#dropped : null;
    return this.#worker.packLint({ isogloss: __ISOGLOSS_VERSION__, seed, files });
  }

  makeNegatives(
    request: { corpus: ParallelCorpus; language: number; seed: number },
    options: CallOptions,
  ): Promise<string[]> {
    return this.#worker.makeNegatives(request, options);
  }

  judgeNegatives(vectors: Matrix, options: CallOptions): Promise<NegativesResult> {
    return this.#worker.judgeNegatives({ vectors }, options);
  }

  packNegatives(model: ModelProvenance): Promise<Uint8Array> {
    return this.#worker.packNegatives({ isogloss: __ISOGLOSS_VERSION__, model });
  }

  /** @throws AnalyzerError `format/damaged` */
  async takeTaxonomy({ name, content }: NamedFile): Promise<void> {
    this.taxonomy = await this.#worker.taxonomy({ name, text: await content.text() });
  }

  async #takeProfiles({ name, content }: NamedFile): Promise<void> {
    const given = await this.#worker.profiles({ name, text: await content.text() });
    this.choose({ profiles: { ...this.#wishes.profiles, ...given } });
    this.profilesFrom = name;
  }

  coverage(
    request: CoverageRequest,
    options: CallOptions,
  ): Promise<Omit<CoverageReport, 'offTarget'>> {
    return this.#worker.coverage(request, options);
  }

  offTarget(options: CallOptions): Promise<OffTarget[]> {
    return this.#worker.offTarget({}, options);
  }

  packCoverage(request: CoverageRequest, notices: string[]): Promise<Uint8Array> {
    return this.#worker.packCoverage({ ...request, isogloss: __ISOGLOSS_VERSION__, notices });
  }

  /**
   * Takes the answers among the files, and settings of theirs; a drop waits for the one before.
   *
   * @returns the files that hold something else; null where reading was stopped, or failed
   */
  open<Dropped extends NamedFile>(files: Dropped[]): Promise<Dropped[] | null> {
    return this.#queue(async () => {
      const rest = await this.#takeSettings(files);
      return rest.length === 0 ? [] : this.#read(rest);
    });
  }

  async remove(file: string): Promise<void> {
    this.#dropped = this.#dropped.filter(({ name }) => name !== file);
    this.#take(await this.#worker.remove({ file }));
  }

  async clear(): Promise<void> {
    this.stop();
    this.#dropped = [];
    this.#problem = null;
    this.taxonomy = null;
    if (this.profilesFrom !== null) this.choose({ profiles: MARKER_PROFILES });
    this.profilesFrom = null;
    // Other files need not have open questions.
    if (this.#voting.mode === 'open') this.chooseVoting({ mode: 'own' });
    this.#take(await this.#worker.clear({}));
  }

  /** Files that were read by then stay. */
  stop(): void {
    this.#reading?.abort();
  }

  /** Takes tiers of languages and marker profiles; the last one of each holds. */
  async #takeSettings<Dropped extends NamedFile>(files: Dropped[]): Promise<Dropped[]> {
    this.#problem = null;
    const { taxonomies, profiles } = await this.#worker.settingsAmong({ files });
    const rest: Dropped[] = [];
    for (const file of files) {
      try {
        if (taxonomies.includes(file.name)) await this.takeTaxonomy(file);
        else if (profiles.includes(file.name)) await this.#takeProfiles(file);
        else rest.push(file);
      } catch (thrown) {
        this.#problem = asAnalyzerError(thrown);
      }
    }
    return rest;
  }

  async #read<Dropped extends NamedFile>(files: Dropped[]): Promise<Dropped[] | null> {
    const { signal } = (this.#reading = new AbortController());
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.#progress = progress;
    };
    this.#progress = { stage: 'Looking for answers', done: 0, total: files.length };
    try {
      const { left, summary } = await this.#worker.add({ files }, { signal, onProgress });
      const others = new Set(left);
      // Those without answers too: an archive may hold both, and a fresh worker leaves them again.
      this.#dropped = [...this.#dropped, ...files];
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
    this.#edits.clear();
    this.#summary = summary.files.length + summary.issues.length === 0 ? null : summary;
  }
}
