// Counts tests in vitest's JSON reports and prints the line that is read by machines. A test that several reports
// know counts once, as failed where it failed anywhere; skipped ones do not count. A report that is missing, and
// a file that could not be loaded, count as one failure.
import { readFileSync } from 'node:fs';

const outcomes = new Map();

function enter(name, passed) {
  outcomes.set(name, passed && outcomes.get(name) !== false);
}

for (const path of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    for (const file of report.testResults) {
      for (const { fullName, status } of file.assertionResults) {
        if (status === 'passed' || status === 'failed') enter(`${file.name} ${fullName}`, status === 'passed');
      }
      const reported = file.assertionResults.some(({ status }) => status === 'failed');
      if (file.status === 'failed' && !reported) enter(`${file.name} as a whole`, false);
    }
    if (!report.success && ![...outcomes.values()].includes(false)) enter(`${path} as a whole`, false);
  } catch (error) {
    console.log(`no report ${path}: ${error.message}`);
    enter(path, false);
  }
}

const failed = [...outcomes.values()].filter((passed) => !passed).length;
console.log(`tests: ${outcomes.size - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && outcomes.size > 0 ? 0 : 1;
