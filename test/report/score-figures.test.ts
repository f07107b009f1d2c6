import { beforeAll, describe, expect, it } from 'vitest';
import { modelDifferences } from '../../src/answers/scores/model-difference.ts';
import { scoreAnswers, type Scored } from '../../src/answers/scores/scorecard.ts';
import { MARKER_PROFILES } from '../../src/core/marker-profiles.ts';
import type { AlignmentJoin } from '../../src/core/scorecard.ts';
import {
  differenceFigure,
  joinFigure,
  questionsText,
  scoreFigure,
  scoreMatrixFigure,
  scoreRows,
  type ScoreInput,
} from '../../src/report/figures/score-figures.ts';
import { definedColumns } from '../../src/report/score-columns.ts';
import { countOf } from '../../src/report/words/answer-words.ts';
import { scoreFinding } from '../../src/report/words/score-words.ts';
import { answerTable } from '../helpers/answer-tables.ts';
import { unwatched } from '../helpers/contexts.ts';

const QUESTIONS = 40;
const LANGUAGES = ['en', 'de', 'ar'];

/** Each model has the first questions right, as many as said for each language; other answers are B. */
function score(right: Record<string, number[]>): Promise<Scored> {
  const models = Object.keys(right);
  const wording = { prompt: 'Which?', options: ['a', 'b', 'c', 'd'] };
  const table = answerTable({
    languages: LANGUAGES,
    models,
    questions: Array.from({ length: QUESTIONS }, (_, q) => ({ id: `q${q}`, gold: 0 })),
    wordings: Object.fromEntries(LANGUAGES.map((l) => [l, Array(QUESTIONS).fill(wording)])),
    answers: models.flatMap((model) =>
      LANGUAGES.flatMap((language, l) =>
        Array.from({ length: QUESTIONS }, (_, question) => ({
          ...{ model, language, question },
          text: question < right[model][l] ? 'A' : 'B',
        })),
      ),
    ),
  });
  const settings = { profiles: MARKER_PROFILES, references: {}, pivot: 0, seed: 1 };
  return scoreAnswers(table, { ...settings, parser: 'robust' }, unwatched);
}

describe('figures of scores', () => {
  let scored: Scored;
  let input: ScoreInput;
  const colors = ['#000001', '#000002', '#000003'];
  beforeAll(async () => {
    scored = await score({ one: [36, 20, 4], two: [36, 36, 4] });
    const { scorecard } = scored;
    input = { card: scorecard, scores: scorecard.scores[0], colors };
  });

  it('have in a row what the table of the scorecard has there, best first', () => {
    const [accuracy] = definedColumns('performance', scoreRows(input));
    const { rows, title, reference } = scoreFigure(input, accuracy);
    expect(rows.map(({ label, value, n, color }) => [label, value, n, color])).toEqual([
      ['en', 0.9, 40, colors[0]],
      ['de', 0.5, 40, colors[1]],
      ['ar', 0.1, 40, colors[2]],
    ]);
    const { performance } = input.scores;
    expect(rows.map(({ interval }) => interval)).toEqual(
      performance.map((own) => own.accuracy.interval),
    );
    expect(title).toBe('Accuracy of one on task: English is highest, Arabic is lowest');
    expect(reference).toEqual({ value: 0.25, name: 'guessing' });
  });

  it('of pairs hold CO as worked out by hand', () => {
    const figure = scoreMatrixFigure(input, 'co');
    // Right in both over right in either: 20 / 36, 4 / 36, 4 / 20.
    expect(Array.from(figure.values)).toEqual(
      [1, 20 / 36, 4 / 36, 20 / 36, 1, 4 / 20, 4 / 36, 4 / 20, 1].map((value) =>
        expect.closeTo(value, 12),
      ),
    );
    expect(figure.subtitle).toContain('n = 40 questions');
  });

  it('count as different only what the adjusted tests tell apart', () => {
    const [difference] = modelDifferences(scored.outcomes, [0, 1], 1);
    const { title, rows } = differenceFigure({ card: scored.scorecard, colors }, difference);
    expect(title).toBe('two is right more often than one in 1 of 3 languages and less often in 0');
    expect(rows.map(({ value }) => value)).toEqual([0, expect.closeTo(0.4, 12), 0]);
    const [same] = modelDifferences(scored.outcomes, [0, 0], 1);
    expect(differenceFigure({ card: scored.scorecard, colors }, same).title).toMatch(
      /in 0 of 3 languages and less often in 0$/,
    );
  });

  const join: AlignmentJoin = {
    task: 0,
    model: 0,
    alignment: 'mexa',
    consistency: 'co',
    points: [
      { language: 'de', alignment: 0.9, consistency: 0.5 },
      { language: 'ar', alignment: 0.2, consistency: 0.1 },
    ],
    correlation: { rho: 1, p: 0.01, n: 2 },
  };
  const joined = (rho: number, p: number) =>
    joinFigure(
      { card: { ...input.card, languages: labelled() }, colors },
      { ...join, correlation: { rho, p, n: 2 } },
      'MEXA',
    );
  /** As CLiKA's folders call them. */
  const labelled = () =>
    input.card.languages.map((own, l) => (l === 0 ? own : { ...own, label: `${own.label}_trans` }));

  it('of a join name and colour each language, whatever the files call it', () => {
    expect(joined(1, 0.01).points.map(({ name, color }) => [name, color])).toEqual([
      ['German', colors[1]],
      ['Arabic', colors[2]],
    ]);
  });

  it('of a join claim a direction only where the permutation test tells it from chance', () => {
    expect(joined(0.8, 0.01).title).toMatch(/more aligned are answered more consistently$/);
    expect(joined(-0.8, 0.01).title).toMatch(/less aligned are answered more consistently$/);
    expect(joined(0.8, 0.06).title).toMatch(/not told apart from chance$/);
    expect(joined(-0.8, 0.06).caption).toBe(
      'Spearman’s ρ = −0.80, permutation test p = 0.060, n = 2 languages',
    );
    expect(joined(0.8, 0.0004).caption).toContain('p < 0.001');
    expect(joined(NaN, NaN).caption).toBe('Spearman’s ρ not defined, n = 2 languages');
  });
});

describe('what stands on top of a scorecard', () => {
  const findingOf = async (right: number[]): Promise<string> => {
    const { scorecard } = await score({ one: right });
    return scoreFinding(scorecard, scorecard.scores[0]);
  };

  it('calls a language best and another worst only where their intervals lie apart', async () => {
    expect(await findingOf([36, 20, 4])).toMatch(
      /English is best, Arabic is worst: 0\.100 \(Arabic\) to 0\.900 \(English\)/,
    );
    const close = await findingOf([21, 20, 19]);
    expect(close).not.toMatch(/best|worst/);
    expect(close).toContain('runs from 0.475 (Arabic) to 0.525 (English)');
  });

  it('says one number where all languages have it', async () => {
    expect(await findingOf([20, 20, 20])).toContain('is 0.500 in each of 3 languages');
  });
});

describe('numbers in words', () => {
  it('are singular for one alone', () => {
    expect([0, 1, 2, 866_800].map((n) => countOf(n, 'answer'))).toEqual([
      '0 answers',
      '1 answer',
      '2 answers',
      '866,800 answers',
    ]);
    expect(questionsText([1, 1])).toBe('n = 1 question');
    expect(questionsText([0, 0])).toBe('n = 0 questions');
    expect(questionsText([5, 0, 1000])).toMatch(/^n = 5 (to|–) ?1,000 questions$/);
  });
});
