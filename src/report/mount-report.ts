import { flushSync, mount, unmount } from 'svelte';
import { documentOf, type DocumentInput } from './document.ts';
import { htmlPage } from './html-page.ts';
import ReportPage from './ReportPage.svelte';
import { toMarkdown } from './to-markdown.ts';

/** The same reports, made inside a page: drawn aside, with the styles of that page. */
export async function mountReports(input: DocumentInput): Promise<Map<string, string>> {
  const document = documentOf(input);
  const target = globalThis.document.createElement('div');
  const page = mount(ReportPage, { target, props: { document } });
  flushSync();
  const html = htmlPage(document.question, `<style>${ownStyles()}</style>`, target.innerHTML);
  await unmount(page);
  return new Map([
    ['report.html', html],
    ['report.md', toMarkdown(document)],
  ]);
}

function ownStyles(): string {
  return [...globalThis.document.styleSheets]
    .flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText))
    .join('\n');
}
