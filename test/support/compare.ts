export * from '../../bench/lab/compare.js';
