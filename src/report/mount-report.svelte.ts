import { flushSync, mount, unmount } from 'svelte';
import { documentOf, type DocumentInput, type ReportDocument } from './document.ts';
import { htmlPage } from './html-page.ts';
import ReportPage from './ReportPage.svelte';
import { toMarkdown } from './to-markdown.ts';

/** The same reports, made inside a page: drawn aside, figure by figure, so that the page goes on; with that page's styles. */
export async function mountReports(input: DocumentInput): Promise<Map<string, string>> {
  const document = documentOf(input);
  const target = globalThis.document.createElement('div');
  let shown = $state.raw<ReportDocument>({ ...document, sections: [] });
  const props = {
    get document() {
      return shown;
    },
  };
  const page = mount(ReportPage, { target, props });
  for (const part of growing(document)) {
    shown = part;
    flushSync();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const html = htmlPage(document.question, `<style>${ownStyles()}</style>`, target.innerHTML);
  await unmount(page);
  return new Map([
    ['report.html', html],
    ['report.md', toMarkdown(document)],
  ]);
}

/** The document with one more figure or table each time, the whole of it last. */
function* growing(document: ReportDocument): Generator<ReportDocument> {
  for (const [s, section] of document.sections.entries()) {
    const before = document.sections.slice(0, s);
    const { figures, tables } = section;
    for (let parts = 0; parts <= figures.length + tables.length; parts++) {
      const own = {
        ...section,
        figures: figures.slice(0, parts),
        tables: tables.slice(0, Math.max(0, parts - figures.length)),
      };
      yield { ...document, sections: [...before, own] };
    }
  }
}

function ownStyles(): string {
  return [...globalThis.document.styleSheets]
    .flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText))
    .join('\n');
}
