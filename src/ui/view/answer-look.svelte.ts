import { getContext, setContext } from 'svelte';
import { NO_SUMMARY, type AnswersSummary } from '../../core/answers.ts';
import { runLanguages } from '../../core/coverage.ts';
import { ALIGNMENTS, type QuestionAlignment } from '../../core/scorecard.ts';
import { languageColors } from '../../plots/color.ts';
import type { CoverageRequest } from '../../protocol/api.ts';
import type { Session } from '../session.svelte.ts';
import { hasFacts } from '../side.ts';

/** What the views of the answers derive from a session, in one place: names to indices, colours. */
export class AnswerLook {
  readonly #session: Session;

  readonly colors = $derived.by(() => languageColors(this.languages));
  /** Index of the task that is looked at: the chosen one, else the first. */
  readonly task = $derived.by(() => {
    const { task } = this.#session.selection;
    return Math.max(
      0,
      this.summary.tasks.findIndex(({ name }) => name === task),
    );
  });
  /** Index of the model that is looked at: the chosen one, else the first. */
  readonly model = $derived.by(() => {
    const { model } = this.#session.selection;
    return Math.max(
      0,
      this.summary.models.findIndex((name) => name === model),
    );
  });

  /** Name of the model that the chosen one is compared with. */
  #other = $state<string | null>(null);
  /** Its index; null for no comparison. */
  readonly other = $derived.by(() => {
    const found = this.summary.models.findIndex((name) => name === this.#other);
    return found < 0 || found === this.model ? null : found;
  });

  /** How alike the facts side finds its facts in every two languages of the answers; empty without a run. */
  readonly alignments = $derived.by((): QuestionAlignment[] => {
    const { report } = this.#session.comparison;
    if (report === null) return [];
    const places = this.languages.map(({ tag }) =>
      report.languages.findIndex((language) => language.tag === tag),
    );
    return ALIGNMENTS.map((name) => ({
      name,
      values: Float64Array.from({ length: places.length ** 2 }, (_, i) => {
        const [a, b] = [places[Math.floor(i / places.length)], places[i % places.length]];
        return a < 0 || b < 0 ? NaN : report.matrices[name][a * report.languages.length + b];
      }),
    }));
  });

  /** What the facts side holds, of which coverage is counted. Texts stay where they are. */
  readonly coverage = $derived.by((): CoverageRequest => {
    const { corpus, comparison, encoding, answering } = this.#session;
    return {
      corpus:
        corpus !== null && hasFacts(this.#session)
          ? { languages: corpus.languages, renderings: { language: corpus.renderings.language } }
          : null,
      run: comparison.report && runLanguages(comparison.report),
      trust: encoding.info?.trust ?? null,
      taxonomy: answering.taxonomy,
      seed: answering.settings.seed,
    };
  });

  constructor(session: Session) {
    this.#session = session;
  }

  get summary(): AnswersSummary {
    return this.#session.answering.summary ?? NO_SUMMARY;
  }
  get languages(): AnswersSummary['languages'] {
    return this.summary.languages;
  }
  get taskName(): string {
    return this.summary.tasks[this.task]?.name ?? '';
  }
  get modelName(): string {
    return this.summary.models[this.model] ?? '';
  }

  /** Another task has other questions. */
  chooseTask = (task: number): void => {
    this.#session.selection.task = this.summary.tasks[task].name;
    this.#session.selection.question = null;
  };

  /** null for none. */
  compareWith = (model: number | null): void => {
    this.#other = model === null ? null : this.summary.models[model];
  };

  chooseModel = (model: number): void => {
    this.#session.selection.model = this.summary.models[model];
  };
}

const KEY = Symbol('answer look');

export function provideAnswerLook(look: AnswerLook): void {
  setContext(KEY, look);
}

export function useAnswerLook(): AnswerLook {
  return getContext<AnswerLook>(KEY);
}
