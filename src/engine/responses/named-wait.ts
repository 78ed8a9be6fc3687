/** The longest wait that is obeyed, in seconds. After 24 h the operator is asked. */
export const LONGEST_WAIT_SECONDS = 24 * 60 * 60;

/** Words about waiting. Without them a duration is no wait: "idle for 30 minutes" asks for none. */
const SPEAKS_OF_WAITING =
  /back.?off|again|retry|retries|\bwait\b|try (?:it )?after|later|back in|available in|ready in|blocked for|locked for|locked out|suspended for|disabled for|for the next|within|expires? in|erneut|warten|sp\u00e4ter|spaeter|r\u00e9essay|patient|dans \d|int[e\u00e9]nt|espere|aguarde|tente|novamente|\u043f\u043e\u0432\u0442\u043e\u0440|\u0447\u0435\u0440\u0435\u0437|\u043f\u043e\u043f\u0440\u043e\u0431|\u540e|\u5f8c|\u5f85/i;

const AMOUNT =
  /(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.\d{1,6})?[\s-]{0,3}(milliseconds?|millisecs?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|sekunden?|minuten|stunden?|tagen?|tage|secondes?|heures?|jours?|segundos?|minutos?|horas?|d[i\u00ed]as?|\u0441\u0435\u043a\u0443\u043d\u0434\p{L}{0,2}|\u0441\u0435\u043a|\u043c\u0438\u043d\u0443\u0442\p{L}{0,2}|\u043c\u0438\u043d|\u0447\u0430\u0441\p{L}{0,2}|\u6beb\u79d2|\u79d2|\u5206\u949f|\u5206\u9418|\u5206|\u5c0f\u65f6|\u5c0f\u6642|\u6642\u9593|\u5929|\u65e5)(?![\p{L}\d])/giu;
const CJK_AMOUNT = /(\d{1,12})\s?(\u6beb\u79d2|\u79d2|\u5206|\u5c0f\u65f6|\u5c0f\u6642|\u6642\u9593|\u5929|\u65e5)/gu;
const BARE_SECONDS = /retry[- ]after[:= ]{1,3}(\d{1,9})(?![\d.])/i;
/** Dovecot's timing of the command itself. */
const TIMING = /\((?:took )?[\d.n+\s]{1,40}(?:secs?|ms)\)/gi;
/** A quick look for an amount, because most lines name none. */
const MAYBE =
  /\d[\s-]{0,3}[a-z\u0400-\u9fff]|retry[- ]after|\b(?:an|one|a|einer?|une|una|uma) [hmdstj]|\u0447\u0435\u0440\u0435\u0437 [\u0447\u043c]/i;
/** A wait of one unit: `in an hour`. */
const ONE =
  /\b(?:an?|one|eine[rm]?|une?|una?|uma?) (?=(?:second|minute|hour|day|stunde|tag|heure|jour|hora|minut)[a-z]{0,2}\b)|(?<=\u0447\u0435\u0440\u0435\u0437 )(?=\u0447\u0430\u0441|\u043c\u0438\u043d\u0443\u0442)/giu;
const UNSPACED = /[\u3040-\u9fff]/;
const LONGEST_LOOK = 500;

/**
 * The wait that a text names: `Suggested Backoff Time: 89117 milliseconds`, `try again in 5 minutes`.
 * Amounts side by side are added (`1 hour 30 minutes`).
 *
 * @returns whole seconds, rounded up, at most 24 h; 0 where the text names none
 */
export function namedWait(text: string): number {
  const start = text.length > LONGEST_LOOK ? text.slice(0, LONGEST_LOOK) : text;
  if (!MAYBE.test(start)) return 0;
  const look = start.replace(TIMING, ' ').replace(ONE, '1 ');
  const seconds = firstRun(UNSPACED.test(look) ? CJK_AMOUNT : AMOUNT, look) || bareSeconds(look);
  if (seconds === 0 || !SPEAKS_OF_WAITING.test(look)) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, Math.ceil(seconds));
}

function bareSeconds(text: string): number {
  return Number(BARE_SECONDS.exec(text)?.[1] ?? 0);
}

/** The first amount, and the amounts that follow it closely. */
function firstRun(pattern: RegExp, text: string): number {
  let total = 0;
  let end = -1;
  for (const found of text.matchAll(pattern)) {
    if (end >= 0 && found.index - end > 5) break;
    total += Number.parseFloat(found[0].replaceAll(',', '')) * secondsIn(found[2]!.toLowerCase());
    end = found.index + found[0].length;
  }
  return total;
}

function secondsIn(unit: string): number {
  if (/^(?:ms|msec|milli|\u6beb\u79d2)/.test(unit)) return 0.001;
  if (/^(?:d|t|j|\u5929|\u65e5)/.test(unit)) return 86_400;
  if (/^(?:h|st|\u0447|\u5c0f|\u6642)/.test(unit)) return 3600;
  if (/^(?:m|\u043c|\u5206)/.test(unit)) return 60;
  return 1;
}
