import { mount } from 'svelte';
import App from './App.svelte';
import { Session } from './session.svelte.ts';
import '../plots/theme.css';

const session = new Session();
session.selection.read(location.hash);
void session.start();

mount(App, { target: document.getElementById('app')!, props: { session } });
