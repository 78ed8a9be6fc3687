export * from '../../bench/lab/raw-imap.js';
export * from '../../bench/lab/raw-list.js';
