/** What `isogloss COMMAND --help` prints. */
export interface CommandHelp {
  /** The question that the command answers. */
  about: string;
  /** Ways to call it, without `npx isogloss`. */
  usage: string[];
  details: string;
}

export function helpOf({ about, usage, details }: CommandHelp): string {
  const first = about.charAt(0).toUpperCase() + about.slice(1);
  return `${first}\n\nUsage\n${lines(usage)}\n\n${details}\n`;
}

/** What `isogloss --help` prints. */
export function overview(commands: CommandHelp[]): string {
  const parts = commands.map(({ about, usage }) => `${lines(usage)}\n      ${about}`);
  return `Isogloss: how far apart are languages on the same facts?

Usage
${parts.join('\n')}

  npx isogloss COMMAND --help   options and results of a command
  npx isogloss --version

Files may be folders, .zip and .gz; formats are recognized by content. Nothing leaves this machine, unless --model names a
model of a hub.
`;
}

function lines(usage: string[]): string {
  return usage.map((way) => `  npx isogloss ${way}`).join('\n');
}
