const HUB = 'https://huggingface.co https://*.huggingface.co https://*.hf.co';

const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/**
 * Response headers for the built page, or for one of its files. Only the encoder worker may reach the model hub, and it
 * does so only when the user chooses a hub model; a worker obeys the policy of its own response.
 *
 * @param {'page' | 'encoder-worker' | 'development'} part
 * @returns {Record<string, string>}
 */
export function securityHeaders(part) {
  const isolation = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
  if (part === 'development') return isolation;
  const policy = part === 'encoder-worker' ? { ...POLICY, 'connect-src': `'self' ${HUB}` } : POLICY;
  return {
    ...isolation,
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
  };
}
