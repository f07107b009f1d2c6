import { wordingOf, type AnswerTable, type Wording } from '../../core/answers.ts';
import type { LintExample } from '../../core/lint.ts';
import type { Findings } from './findings.ts';
import { truncatedPrompts } from './truncated-prompts.ts';

/** Right answers and options of every question, and whether its prompts are whole. */
export function checkQuestions(table: AnswerTable, findings: Findings): void {
  table.questions.forEach((question, q) => {
    const wordings = wordingsOf(table, q);
    if (question.options > 0 && question.gold >= 0) {
      findings.checked('gold-outside-options');
      if (question.gold >= question.options)
        findings.found('gold-outside-options', exampleOf(table, q));
    }
    checkOptionCounts(table, q, { wordings, findings });
    for (const { language, wording } of wordings)
      checkCandidates(wording, exampleOf(table, q, language), findings);
  });
  checkPrompts(table, findings);
}

type Worded = { language: number; wording: Wording };

function wordingsOf(table: AnswerTable, question: number): Worded[] {
  return table.languages.flatMap((_, language) => {
    const wording = wordingOf(table, question, language);
    return wording === null ? [] : [{ language, wording }];
  });
}

function exampleOf(
  { questions, tasks, languages }: AnswerTable,
  question: number,
  language = -1,
): LintExample {
  const { task, id, gold, options } = questions[question];
  return {
    file: '',
    line: 0,
    question: `${tasks[task].name}/${id}`,
    language: language < 0 ? '' : languages[language].label,
    text: language < 0 ? `right answer ${gold + 1} of ${options} options` : '',
  };
}

function checkOptionCounts(
  table: AnswerTable,
  question: number,
  { wordings, findings }: { wordings: Worded[]; findings: Findings },
): void {
  const listed = wordings.filter(({ wording }) => wording.options.length > 0);
  if (listed.length < 2) return;
  findings.checked('unequal-options');
  if (new Set(listed.map(({ wording }) => wording.options.length)).size < 2) return;
  const counts = listed.map(
    ({ language, wording }) => `${table.languages[language].label} ${wording.options.length}`,
  );
  findings.found('unequal-options', { ...exampleOf(table, question), text: counts.join(', ') });
}

/** Candidates and right answers as texts, as BMLAMA has them. */
function checkCandidates(
  { options, truths, prompt, question }: Wording,
  example: LintExample,
  findings: Findings,
): void {
  if (options.length === 0 || truths.length === 0) return;
  findings.checked('gold-outside-candidates');
  const candidates = new Set(options.map(plain));
  if (truths.some((truth) => candidates.has(plain(truth)))) return;
  const text = `${question === '' ? prompt : question}\n${truths.join(' | ')} ∉ ${options.join(' | ')}`;
  findings.found('gold-outside-candidates', { ...example, text });
}

function plain(text: string): string {
  return text.normalize('NFC').trim();
}

/** Prompts task by task and language by language, since what is usual differs between them. */
function checkPrompts(table: AnswerTable, findings: Findings): void {
  table.tasks.forEach((_, task) => {
    const questions = [...table.questions.keys()].filter((q) => table.questions[q].task === task);
    for (const language of table.languages.keys())
      checkGroup(table, { questions, language }, findings);
  });
}

function checkGroup(
  table: AnswerTable,
  { questions, language }: { questions: number[]; language: number },
  findings: Findings,
): void {
  const worded = questions.flatMap((q) => {
    const prompt = wordingOf(table, q, language)?.prompt ?? '';
    return prompt === '' ? [] : [{ q, prompt }];
  });
  findings.checked('truncated-prompt', worded.length);
  for (const i of truncatedPrompts(worded.map(({ prompt }) => prompt))) {
    const { q, prompt } = worded[i];
    findings.found('truncated-prompt', { ...exampleOf(table, q, language), text: prompt });
  }
}
