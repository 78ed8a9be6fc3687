export * from '../../bench/lab/proxy.js';
