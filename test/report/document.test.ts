import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { compareLayers } from '../../src/analysis/layers.ts';
import { createReference } from '../../src/compute/reference.ts';
import { NO_CHOICES, type EmbeddedCorpus } from '../../src/core/corpus.ts';
import { matrix } from '../../src/core/matrix.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { provenanceOf } from '../../src/core/provenance.ts';
import { documentOf, type DocumentInput } from '../../src/report/document.ts';
import { figureTable } from '../../src/report/figure-table.ts';
import { renderReports } from '../../src/report/render-report.ts';
import { escaped, fenced, tableBlock, toMarkdown } from '../../src/report/to-markdown.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, inputOf, randomCube } from '../helpers/corpora.ts';
import { exampleReport } from '../io/example-report.ts';

const kernels = createReference();

const model = exampleReport().provenance.model;

async function inputFor(embedded: EmbeddedCorpus, withLayers = false): Promise<DocumentInput> {
  const { corpus, vectors } = embedded;
  const { report } = await analyze(inputOf(embedded), kernels, unwatched);
  const provenance = provenanceOf(corpus, {
    isogloss: '0.0.0',
    model,
    trust: null,
    adapter: null,
    kernels: { backend: 'reference', device: 'CPU', tolerance: 0 },
    projection: null,
    seed: 1,
    choices: NO_CHOICES,
    pivot: 0,
    issues: [],
    notices: [],
  });
  const layers = { names: ['table', 'layer 1'], vectors: [vectors, vectors] };
  const picture = matrix(vectors.rows, 2, vectors.data.slice(0, 2 * vectors.rows));
  const layerReports = withLayers
    ? await compareLayers({ corpus, layers, seed: 1 }, kernels, unwatched)
    : null;
  return { corpus, report, provenance, picture, layers: layerReports };
}

function cube(languages: number, facts: number) {
  return randomCube({ languages, facts, dimensions: 16 }, 7);
}

const complete = await inputFor(corpusOf(cube(4, 24)), true);

/** Text between tags, entities read back. */
function textOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

describe('documentOf', () => {
  const document = documentOf(complete);

  it('has every metric of every pair as the report has it', () => {
    const cells = document.sections
      .flatMap(({ tables }) => tables)
      .flatMap(({ columns, rows }) =>
        rows.flatMap((row) =>
          row.map((cell, c) => `${String(row[0])} ${columns[c].label} ${String(cell)}`),
        ),
      );
    for (const { a, b, scores } of complete.report.pairs) {
      const [from, to] = [a, b].map((l) => complete.report.languages[l].name);
      for (const { id, name } of METRICS) {
        const { value } = scores[id].forth;
        const text = Number.isNaN(value) ? 'not defined' : value.toFixed(3).replace('-', '−');
        const found = cells.filter((cell) =>
          [`${from} → ${to} ${name} ${text}`, `${from} and ${to} ${name} ${text}`].some((start) =>
            cell.startsWith(start),
          ),
        );
        expect(found, `${from} ${to} ${id}`).toHaveLength(1);
      }
    }
  });

  it('defines every metric that it shows, with its source', () => {
    const { rows } = document.sections.find(({ title }) => title === 'Definitions')!.tables[0];
    expect(rows.map(([name, definition, , source]) => [name, definition, source])).toEqual(
      METRICS.map(({ name, definition, source }) => [name, definition, source]),
    );
  });

  it('shows the facts with the largest mean drift first, each with all its texts', () => {
    const { tables } = document.sections.find(({ title }) => title.startsWith('The facts'))!;
    const L = complete.report.languages.length;
    const means = complete.report.facts.map((_, f) => {
      const own = complete.report.centroidDistance.subarray(f * L, (f + 1) * L);
      return own.reduce((sum, value) => sum + value, 0) / L;
    });
    const order = [...means.keys()].sort((a, b) => means[b] - means[a]).slice(0, 20);
    expect(tables.map(({ caption }) => caption)).toEqual(
      order.map((f) => `Fact f${f}, mean drift ${means[f].toFixed(3)}`),
    );
    expect(tables.every(({ rows }) => rows.length === L)).toBe(true);
  });
});

describe.each([
  ['four languages and layers', () => Promise.resolve(complete)],
  ['two languages', () => inputFor(corpusOf(cube(2, 12)))],
  ['one fact', () => inputFor(corpusOf(cube(3, 1)))],
  [
    'holes, so that no fact has all languages',
    () => inputFor(corpusOf(cube(3, 9), (language, fact) => fact % 3 !== language)),
  ],
])('the reports of a run with %s', (_, make) => {
  it('have every section, and no number that is none', async () => {
    const input = await make();
    const document = documentOf(input);
    const reports = renderReports(input);
    const html = reports.get('report.html')!;
    const markdown = reports.get('report.md')!;
    for (const { title } of document.sections) {
      expect(html).toContain(`>${title}</h2>`);
      expect(markdown).toContain(`\n## ${title}\n`);
    }
    const none = /.{0,80}(NaN|undefined|Infinity|\[object).{0,20}/g;
    expect(html.replace(/<pre[\s\S]*<\/pre>/, '').match(none)).toBeNull();
    expect(markdown.split('## Manifest')[0].match(none)).toBeNull();
  });

  it('have the same numbers in pictures’ tables and in Markdown', async () => {
    const input = await make();
    const html = textOf(renderReports(input).get('report.html')!);
    for (const figure of documentOf(input).sections.flatMap(({ figures }) => figures)) {
      for (const cell of figureTable(figure)?.rows.flat() ?? []) expect(html).toContain(cell);
    }
  });
});

describe('what files say', () => {
  const { corpus } = complete;
  const texts = corpus.renderings.text.with(0, '<script>alert("1")</script> | `x`');
  const hostile: DocumentInput = {
    ...complete,
    corpus: {
      ...corpus,
      facts: corpus.facts.map((fact, f) => ({ ...fact, id: f === 0 ? '<img src=x>' : fact.id })),
      languages: corpus.languages.with(1, {
        ...corpus.languages[1],
        name: 'A <b> "c"',
        direction: 'rtl',
      }),
      renderings: { ...corpus.renderings, text: texts },
    },
  };
  // All facts are shown, so that the hostile one is.
  const few = documentOf(hostile).sections.flatMap(({ tables }) => tables);
  const html = renderReports(hostile).get('report.html')!;

  it('stays text: no element comes of it', () => {
    expect(html.match(/<(script|img|b|link|iframe)\b.{0,40}/g)).toBeNull();
    expect(html.match(/ on[a-z]+=/g)).toBeNull();
    expect(few.length).toBeGreaterThan(20);
  });

  it('keeps its language and direction', () => {
    expect(html).toMatch(/<span [^>]*lang="de" dir="rtl"/);
  });

  it('loads nothing: the page forbids it', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html.match(/url\([^#].{0,20}|@import/g)).toBeNull();
  });
});

describe('toMarkdown', () => {
  it('keeps a cell a cell, and a sign a sign', () => {
    expect(escaped('a|b\n c\\d <i> &amp; *x* `y`')).toBe(
      'a\\|b c\\\\d &lt;i> &amp;amp; \\*x\\* \\`y\\`',
    );
    expect(['# a', '- b', '12. c', '> d', '-0.5', '0.125'].map(escaped)).toEqual([
      '\\# a',
      '\\- b',
      '12\\. c',
      '\\> d',
      '-0.5',
      '0.125',
    ]);
  });

  it('writes a table whose lines have one cell for each column', () => {
    expect(
      tableBlock({
        columns: [{ label: 'Language' }, { label: 'n', numeric: true }],
        rows: [['a|b', '3']],
      }),
    ).toBe('| Language | n |\n| --- | ---: |\n| a\\|b | 3 |');
  });

  it('fences with more backticks than any row of them inside', () => {
    expect(fenced('{"a": "````"}')).toBe('`````json\n{"a": "````"}\n`````');
  });

  it('ends with the manifest, which reads back', () => {
    const [, json] = /```json\n([\s\S]*)\n```\n$/.exec(toMarkdown(documentOf(complete)))!;
    expect(JSON.parse(json)).toMatchObject({
      seed: 1,
      facts: 24,
      languages: ['en', 'de', 'ru', 'hi'],
    });
  });
});
