import type { DocumentInput } from '../report/document.ts';

/** Files of an export that hold the reports, or name them. */
const NEED = ['report.html', 'report.md', 'manifest.json'];

/** The reports by path; none where the file of the export that is wanted has no use for them. */
export async function documentsFor(
  path: string | null,
  input: DocumentInput,
): Promise<ReadonlyMap<string, string>> {
  if (path !== null && !NEED.includes(path)) return new Map();
  const { mountReports } = await import('../report/mount-report.svelte.ts');
  return mountReports(input);
}
