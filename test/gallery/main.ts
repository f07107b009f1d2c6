import { mount } from 'svelte';
import '../../src/plots/theme.css';
import Gallery from './Gallery.svelte';

mount(Gallery, { target: document.body });
