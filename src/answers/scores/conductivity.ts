import { type AnswerTable, type Question } from '../../core/answers.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type {
  Conductivity,
  CrossRetrieval,
  Proportion,
  RetrievalPair,
} from '../../core/scorecard.ts';
import type { Outcomes } from './outcomes.ts';
import { distinctTruths } from './performance.ts';

/** Accuracy that a gate asks for. */
const GATE = 0.9;

/** What is known in one language given another: see the types. */
export function conductivityOf(
  table: AnswerTable,
  outcomes: Outcomes,
  translate: Outcomes | undefined,
): Conductivity {
  const { questions, languages, right } = outcomes;
  const L = languages.length;
  const islands: Conductivity['islands'] = [];
  let asked = 0;
  questions.forEach((question, i) => {
    const known = right.subarray(i * L, (i + 1) * L);
    if (known.filter((outcome) => outcome >= 0).length < 2) return;
    asked++;
    if (known.filter((outcome) => outcome === 1).length === 1)
      islands.push({ question, language: languages[known.indexOf(1)] });
  });
  return {
    ...transferOf(outcomes),
    islands,
    asked,
    fictional: retrieval(table, outcomes, translate),
  };
}

function transferOf({ languages, right }: Outcomes): {
  transfer: LanguageMatrix;
  lift: LanguageMatrix;
} {
  const L = languages.length;
  const [transfer, lift] = [new Float64Array(L * L), new Float64Array(L * L)];
  for (let a = 0; a < L; a++) {
    for (let b = 0; b < L; b++) {
      let [n, inA, inB, both] = [0, 0, 0, 0];
      for (let e = 0; e < right.length; e += L) {
        if (right[e + a] < 0 || right[e + b] < 0) continue;
        n++;
        inA += right[e + a];
        inB += right[e + b];
        both += right[e + a] & right[e + b];
      }
      transfer[a * L + b] = both / inA;
      lift[a * L + b] = both / inA / (inB / n);
    }
  }
  return { transfer, lift };
}

/** Whether a fictional fact was taught in a language: where rows do not say, in English, and for type 0 in all. */
function isTaught(table: AnswerTable, { fiction }: Question, language: number): boolean {
  if (fiction === null) return false;
  if (fiction.taught !== undefined) return fiction.taught.includes(language);
  return fiction.type === 0 || table.languages[language].tag === 'en';
}

function retrieval(
  table: AnswerTable,
  outcomes: Outcomes,
  translate: Outcomes | undefined,
): CrossRetrieval | null {
  const { questions, languages } = outcomes;
  if (!questions.some((q) => table.questions[q].fiction !== null)) return null;
  const taught = (q: number, l: number): boolean =>
    isTaught(table, table.questions[q], languages[l]);
  const ofType = (l: number, type: 0 | 1): Proportion =>
    proportion(outcomes, l, (q) => table.questions[q].fiction?.type === type);
  const byLanguage = languages.map((language, l) => ({
    typeZero: ofType(l, 0),
    typeOne: ofType(l, 1),
    translate: translated(translate, language),
  }));
  const pairs = languages.flatMap((_, from) =>
    languages.flatMap((__, to): RetrievalPair[] => {
      const isOneWay = (q: number): boolean => taught(q, from) && !taught(q, to);
      const isShared = (q: number): boolean => taught(q, from) && taught(q, to);
      const asked = (q: number, i: number): boolean =>
        isOneWay(q) && hasBoth(outcomes, i, from, to);
      const [inFrom, inTo] = [from, to].map((l) => proportion(outcomes, l, asked));
      if (from === to || inFrom.n === 0) return [];
      const gates = [
        { name: 'translate', accuracy: rate(byLanguage[to].translate) },
        { name: 'from, taught in both', accuracy: rate(proportion(outcomes, from, isShared)) },
        { name: 'from, taught in from only', accuracy: rate(inFrom) },
        { name: 'to, taught in both', accuracy: rate(proportion(outcomes, to, isShared)) },
      ];
      const xrr = inTo.hits / inTo.n / (inFrom.hits / inFrom.n);
      return [
        {
          from,
          to,
          inFrom,
          inTo,
          xrr: inFrom.hits === 0 ? NaN : xrr,
          gates,
          passes: passes(gates),
        },
      ];
    }),
  );
  const chances = languages.map((language) => distinctTruths(table, questions, language));
  return { chance: 1 / Math.max(...chances), byLanguage, pairs };
}

function passes(gates: RetrievalPair['gates']): boolean | null {
  if (gates.some(({ accuracy }) => accuracy !== null && accuracy < GATE)) return false;
  return gates.every(({ accuracy }) => accuracy !== null) ? true : null;
}

function rate(part: Proportion | null): number | null {
  return part === null || part.n === 0 ? null : part.hits / part.n;
}

function translated(translate: Outcomes | undefined, language: number): Proportion | null {
  const l = translate?.languages.indexOf(language) ?? -1;
  return translate === undefined || l < 0 ? null : proportion(translate, l, () => true);
}

function hasBoth({ languages, right }: Outcomes, i: number, a: number, b: number): boolean {
  return right[i * languages.length + a] >= 0 && right[i * languages.length + b] >= 0;
}

function proportion(
  { questions, languages, right }: Outcomes,
  l: number,
  belongs: (question: number, index: number) => boolean,
): Proportion {
  let [hits, n] = [0, 0];
  questions.forEach((q, i) => {
    const outcome = right[i * languages.length + l];
    if (outcome < 0 || !belongs(q, i)) return;
    n++;
    hits += outcome;
  });
  return { hits, n };
}
