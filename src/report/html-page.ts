/** A page of its own: styles inside, nothing to load and nothing that runs. `title` is text, the rest is markup. */
export function htmlPage(title: string, styles: string, body: string): string {
  const text = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text}</title>
${styles}
</head>
<body>
${body}
</body>
</html>
`;
}
