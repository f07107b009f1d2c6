#!/usr/bin/env node
import { ensureBuilt } from './prepare.mjs';

await ensureBuilt('cli');
// By its address: what a build made is no part of what is checked.
const { main } = await import(new URL('../../dist/cli/main.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
