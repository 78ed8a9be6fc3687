export * from '../../bench/lab/corpus.js';
export { fill } from '../../bench/lab/fill.js';
