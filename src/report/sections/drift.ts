import { cellRows } from '../../core/corpus.ts';
import { factDrift, sortFacts } from '../../plots/fact-order.ts';
import type {
  ReportCell,
  ReportFigure,
  ReportSection,
  ReportTable,
  SectionInput,
} from '../document.ts';
import { ridgelineFigure } from '../figures/drift-figure.ts';

const REFERENCE = 'the mean of the other languages';
const DRIFTING_FACTS = 20;
/** Hubs of each language. */
const HUBS = 3;

/** How far single texts lie from the others, which ones attract others, and where all of them lie. */
export function driftSections(input: SectionInput): ReportSection[] {
  return [driftSection(input), factsSection(input), hubsSection(input), mapSection(input)];
}

function driftSection({ figures, drift }: SectionInput): ReportSection {
  const order = drift.summaries
    .map(({ mean, n }, l) => ({ l, mean, n }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.mean - a.mean)
    .map(({ l }) => l);
  const figure = ridgelineFigure(figures, { ...drift, referenceLabel: REFERENCE, order });
  return {
    title: 'Drift',
    paragraphs: [],
    figures: [{ plot: 'ridges', props: figure }],
    tables: [],
  };
}

function factsSection(input: SectionInput): ReportSection {
  const { facts, languages } = input.report;
  const { values } = input.drift;
  const summary = factDrift(values, facts.length, languages.length);
  const order = sortFacts(
    { facts, languages, drift: values, summary, language: null },
    { key: 'drift', descending: true },
  );
  const first = Array.from(order.subarray(0, DRIFTING_FACTS)).filter(
    (fact) => !Number.isNaN(summary.mean[fact]),
  );
  return {
    title: 'The facts that drift most',
    paragraphs: [`Drift of each text from ${REFERENCE}: 1 − cosine, 0 to 2, largest first.`],
    figures: [],
    tables: first.map((fact) => renderingsTable(input, fact, summary.mean[fact])),
  };
}

function renderingsTable(input: SectionInput, fact: number, mean: number): ReportTable {
  const { corpus, figures, drift } = input;
  const L = corpus.languages.length;
  const cells = cellRows(corpus).subarray(fact * L, (fact + 1) * L);
  const rows = Array.from(cells.keys())
    .filter((l) => cells[l] >= 0)
    .map((l) => ({ l, own: drift.values[fact * L + l] }))
    .sort((a, b) => (Number.isNaN(b.own) ? -1 : b.own) - (Number.isNaN(a.own) ? -1 : a.own));
  return {
    caption: `Fact ${corpus.facts[fact].id}, mean drift ${mean.toFixed(3)}`,
    columns: [
      { label: 'Language', heading: true },
      { label: 'Drift', numeric: true },
      { label: 'Text' },
    ],
    rows: rows.map(({ l, own }) => [
      figures.languages[l].name,
      Number.isNaN(own) ? 'not defined' : own.toFixed(3),
      { text: corpus.renderings.text[cells[l]], language: corpus.languages[l] },
    ]),
  };
}

function hubsSection({ corpus, report, figures }: SectionInput): ReportSection {
  const L = report.languages.length;
  const cells = cellRows(corpus);
  const rows = report.byLanguage.flatMap(({ hubness }, l) =>
    Array.from(hubness.hubs.subarray(0, HUBS), (fact): ReportCell[] => [
      figures.languages[l].name,
      corpus.facts[fact].id,
      hubness.kOccurrence[fact].toLocaleString('en'),
      { text: corpus.renderings.text[cells[fact * L + l]], language: corpus.languages[l] },
    ]),
  );
  const columns = [
    { label: 'Language', heading: true },
    { label: 'Fact' },
    { label: 'Times', numeric: true },
    { label: 'Text' },
  ];
  return {
    title: 'Hubs',
    paragraphs: [
      rows.length === 0
        ? 'No text is among the 10 nearest of twice as many texts in other languages as the mean of its language.'
        : 'Texts that are among the 10 nearest of at least twice as many texts in other languages as the mean of their language.',
    ],
    figures: [],
    tables:
      rows.length === 0 ? [] : [{ caption: `Up to ${HUBS} hubs of each language`, columns, rows }],
  };
}

function mapSection({ corpus, figures, picture, provenance }: SectionInput): ReportSection {
  const { projection } = provenance;
  const how =
    projection === null
      ? 'Two principal components'
      : `UMAP of ${projection.neighbors} neighbours by cosine`;
  const { languages, colors, note } = figures;
  const map = (positions: Float32Array): ReportFigure => ({
    plot: 'map',
    props: {
      name: 'map',
      title: 'Where every text lies: one colour per language',
      subtitle: `${how}; n = ${corpus.renderings.text.length.toLocaleString('en')} texts. Near points are near by cosine; sizes of gaps between far groups mean little. No number is computed from the picture.`,
      note,
      positions,
      language: corpus.renderings.language,
      languages,
      colors,
    },
  });
  return {
    title: 'Map',
    paragraphs: [
      picture === null ? 'There is no picture of this run.' : 'projection.csv has the coordinates.',
    ],
    figures: picture === null ? [] : [map(picture.data)],
    tables: [],
  };
}
