import type { AdapterProvenance } from '../../core/adapter.ts';
import { countByLanguage } from '../../core/corpus.ts';
import type { ProjectionProvenance } from '../../core/report.ts';
import type { ReportSection, ReportTable, SectionInput } from '../document.ts';
import { pictureWords } from '../words/picture-words.ts';
import { trustCell } from '../words/trust-words.ts';

/** What was compared, and with what. */
export function runSection(input: SectionInput): ReportSection {
  const { provenance } = input;
  const count = (n: number): string => n.toLocaleString('en');
  return {
    title: 'What was compared',
    paragraphs: [
      `Facts: ${count(provenance.facts)}, of which ${count(provenance.completeFacts)} in all ${provenance.languages.length} languages. Texts: ${count(provenance.renderings)}.`,
      ...(provenance.trustMeasure === ''
        ? []
        : [`How well the encoder reads each language: ${provenance.trustMeasure}.`]),
    ],
    figures: [],
    tables: [filesTable(input), languagesTable(input), settingsTable(input)],
  };
}

function filesTable({ provenance }: SectionInput): ReportTable {
  return {
    caption: 'Files',
    columns: [
      { label: 'File', heading: true },
      { label: 'Bytes', numeric: true },
      { label: 'SHA-256' },
    ],
    rows: provenance.files.map(({ name, bytes, sha256 }) => [
      name,
      bytes.toLocaleString('en'),
      sha256,
    ]),
  };
}

function languagesTable({ corpus, provenance, figures }: SectionInput): ReportTable {
  const counts = countByLanguage(corpus);
  const facts = corpus.facts.length;
  return {
    caption: 'Languages',
    columns: [
      { label: 'Language', heading: true },
      { label: 'In the files' },
      { label: 'Read as' },
      { label: 'Script' },
      { label: 'Texts', numeric: true },
      { label: 'Missing', numeric: true },
      ...(provenance.trust === null ? [] : [{ label: 'The encoder finds' }]),
    ],
    rows: figures.languages.map(({ name, tag, script }, l) => [
      name,
      corpus.languages[l].label,
      tag,
      script === '' ? 'unknown' : script,
      counts[l].toLocaleString('en'),
      (facts - counts[l]).toLocaleString('en'),
      ...(provenance.trust === null ? [] : [trustCell(provenance.trust[l])]),
    ]),
  };
}

function settingsTable({ provenance }: SectionInput): ReportTable {
  const { model, adapter, kernels, projection, seed, pivot, isogloss } = provenance;
  const rows: [string, string][] = [
    ['Isogloss', isogloss],
    ['Encoder', model.id],
    ['Revision', model.revision],
    ['Licence', model.licence],
    ['Precision', model.dtype],
    ['Pooling', model.pooling],
    ['Prefix', model.prefix],
    ['Dimensions', model.dimensions.toLocaleString('en')],
    [
      'Longest text in tokens',
      Number.isFinite(model.maxTokens) ? model.maxTokens.toLocaleString('en') : '',
    ],
    ['Encoded on', `${model.device} (${model.backend})`],
    [
      'Largest 1 − cosine to reference vectors',
      model.parity === null
        ? 'not checked: the model has none'
        : `${model.parity.toExponential(1)}, against ${model.parityAgainst}`,
    ],
    [
      'Compared on',
      `${kernels.device} (${kernels.backend}), checked to ${kernels.tolerance.toExponential(0)}`,
    ],
    ['Adapter', adapterText(adapter)],
    ['Projection', projectionText(projection, provenance.renderings)],
    ['Pivot', pivot],
    ['Seed', String(seed)],
  ];
  return {
    caption: 'How the numbers were made',
    columns: [{ label: 'What', heading: true }, { label: 'Value' }],
    rows: rows.map(([what, value]) => [what, value === '' ? 'none' : value]),
  };
}

function adapterText(adapter: AdapterProvenance | null): string {
  if (adapter === null) return '';
  const { file, method, sha256, meansFromTexts } = adapter;
  const means =
    meansFromTexts.length === 0 ? '' : `; mean of these texts for ${meansFromTexts.join(', ')}`;
  return `${file === '' ? 'of the lab' : file}, ${method}, SHA-256 ${sha256}${means}`;
}

function projectionText(projection: ProjectionProvenance | null, texts: number): string {
  if (projection === null) return 'principal components';
  const { engine, neighbors, epochs } = projection;
  return `${engine}, ${neighbors} neighbours, ${epochs} epochs; ${pictureWords(projection, texts)}`;
}
