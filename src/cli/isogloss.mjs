#!/usr/bin/env node
import { ensureBuilt } from './prepare.mjs';

await ensureBuilt('cli');
const { main } = await import('../../dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
