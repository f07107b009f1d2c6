import type { Issue } from '../../core/errors.ts';

/** Issues of one kind that are listed one by one; the rest are counted. */
export const LISTED = 20;

export interface IssueLog {
  add(issue: Issue): void;
  /** The issues in the order of their kinds' first appearance, each kind closed by a count of what is not listed. */
  all(): Issue[];
}

interface Group {
  listed: Issue[];
  rest: number;
  /** The first one that is not listed. */
  next: Issue | null;
}

/** Collects issues and lists at most 20 of each kind; `kindOf` says which belong together. */
export function issueLog(kindOf: (issue: Issue) => string): IssueLog {
  const groups = new Map<string, Group>();
  return {
    add(issue) {
      const kind = kindOf(issue);
      const group = groups.get(kind) ?? { listed: [], rest: 0, next: null };
      groups.set(kind, group);
      if (group.listed.length < LISTED) {
        group.listed.push(issue);
      } else {
        group.rest++;
        group.next ??= issue;
      }
    },
    all: () => [...groups.values()].flatMap(summary),
  };
}

export function byFile({ file, code, severity }: Issue): string {
  return JSON.stringify([file, code, severity]);
}

export function byLanguage({ language, code, severity }: Issue): string {
  return JSON.stringify([language, code, severity]);
}

function summary({ listed, rest, next }: Group): Issue[] {
  if (next === null) return listed;
  const first =
    next.line === 0
      ? ''
      : `, the next one in line ${next.line.toLocaleString('en')} of ${next.file}`;
  const message = `${rest.toLocaleString('en')} more of this kind (${next.code})${first}.`;
  return [...listed, { ...next, count: rest, message }];
}
