import { sentences } from '../plots/sentences.ts';
import type { ReportCell, ReportDocument, ReportFigure, ReportTable } from './document.ts';
import { figureTable } from './figure-table.ts';

/** The report without its pictures, as CommonMark with tables of GitHub. */
export function toMarkdown({
  question,
  answer,
  notices,
  sections,
  manifest,
}: ReportDocument): string {
  const blocks = [
    `# ${escaped(question)}`,
    escaped(answer),
    ...(notices.length === 0 ? [] : [notices.map((notice) => `- ${escaped(notice)}`).join('\n')]),
    ...sections.flatMap(({ title, paragraphs, figures, tables }) => [
      `## ${escaped(title)}`,
      ...paragraphs.map(escaped),
      ...figures.flatMap(figureBlocks),
      ...tables.flatMap((table) => [`### ${escaped(table.caption)}`, tableBlock(table)]),
    ]),
    '## Manifest',
    fenced(manifest),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function figureBlocks(figure: ReportFigure): string[] {
  const { title, subtitle = '', note = '' } = figure.props;
  const table = figureTable(figure);
  const caption = figure.plot === 'scatter' ? (figure.props.caption ?? '') : '';
  return [
    `### ${escaped(title)}`,
    escaped(sentences(subtitle, caption)),
    ...(table === null ? [] : [tableBlock(table)]),
    escaped(note),
  ];
}

/** A table of Markdown, its numbers to the right. */
export function tableBlock({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ label }) => escaped(label))),
    line(columns.map(({ numeric }) => (numeric === true ? '---:' : '---'))),
    ...rows.map((row) => line(row.map((cell) => escaped(textOf(cell))))),
  ].join('\n');
}

function textOf(cell: ReportCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/**
 * A text that Markdown shows as it is, on one line: what would be a sign of its own has a backslash before it, and `<` and
 * `&` are written as entities, so that no tag begins.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]|~]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(>|#+ |[-+] |[-=]+$)/, '\\$1')
    .replace(/^(\d+)([.)] )/, '$1\\$2');
}

/** A block whose fence is longer than every row of backticks inside. */
export function fenced(text: string, language = 'json'): string {
  const longest = (text.match(/`+/g) ?? []).reduce(
    (most, ticks) => Math.max(most, ticks.length),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
