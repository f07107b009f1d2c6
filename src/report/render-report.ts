import { render } from 'svelte/server';
import theme from '../plots/theme.css?inline';
import { documentOf, type DocumentInput } from './document.ts';
import { htmlPage } from './html-page.ts';
import ReportPage from './ReportPage.svelte';
import { toMarkdown } from './to-markdown.ts';

/** The reports of a run by path, made where there is no browser. */
export function renderReports(input: DocumentInput): Map<string, string> {
  const document = documentOf(input);
  const { head, body } = render(ReportPage, { props: { document } });
  const html = htmlPage(document.question, `<style>${theme}</style>\n${head}`, body);
  return new Map([
    ['report.html', html],
    ['report.md', toMarkdown(document)],
  ]);
}
