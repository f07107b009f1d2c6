import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const lengths = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  'max-depth': ['error', 4],
};

export default ts.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'test-results',
      'src/*/wasm/assembly',
      'src/*/wasm/*-bytes.ts',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser },
    },
    rules: {
      // The compiler finds undefined names; this rule does not know types and browser globals.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      // svelte-check knows which of its warnings an ignore silences; this rule guesses.
      'svelte/no-unused-svelte-ignore': 'off',
      // Local maps that never change after they are made need no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='$effect']",
          message: 'Derive state; touch the outside with {@attach}.',
        },
      ],
    },
  },
  { files: ['src/**/*.ts', 'workers/**/*.ts'], rules: lengths },
  { files: ['src/**/*.svelte'], rules: { 'max-lines': lengths['max-lines'] } },
  { files: ['workers/**/*.ts'], rules: { 'max-lines': ['error', 40] } },
  { files: ['test/**/*'], rules: { 'no-console': 'off' } },
);
