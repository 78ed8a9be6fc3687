import { UidRanges } from './uid-ranges.js';

/** Adds a range at the end, joined to the last one where they touch or overlap. Starts must ascend. */
function append(ranges: UidRanges, lo: number, hi: number): void {
  const last = ranges.count - 1;
  if (last >= 0 && lo <= ranges.hi(last) + 1) ranges.put(last, ranges.lo(last), Math.max(hi, ranges.hi(last)));
  else ranges.push(lo, hi);
}

/** UIDs in either set. Linear in both. */
export function union(a: UidRanges, b: UidRanges): UidRanges {
  const out = new UidRanges(a.count + b.count);
  for (let i = 0, j = 0; i < a.count || j < b.count; ) {
    if (j === b.count || (i < a.count && a.lo(i) <= b.lo(j))) append(out, a.lo(i), a.hi(i++));
    else append(out, b.lo(j), b.hi(j++));
  }
  return out;
}

/** UIDs in both sets. Costs the smaller one, and a search in the other for each of its ranges. */
export function intersect(a: UidRanges, b: UidRanges): UidRanges {
  const out = new UidRanges();
  for (let i = 0, j = 0; i < a.count && j < b.count; ) {
    if (a.hi(i) < b.lo(j)) i = a.seek(b.lo(j), i);
    else if (b.hi(j) < a.lo(i)) j = b.seek(a.lo(i), j);
    else {
      out.push(Math.max(a.lo(i), b.lo(j)), Math.min(a.hi(i), b.hi(j)));
      if (a.hi(i) < b.hi(j)) i++;
      else j++;
    }
  }
  return out;
}

/** UIDs in `a` and not in `b`. Costs `a`, and a search in `b` for each of its ranges. */
export function minus(a: UidRanges, b: UidRanges): UidRanges {
  const out = new UidRanges(a.count);
  let j = 0;
  for (let i = 0; i < a.count; i++) {
    let lo = a.lo(i);
    const hi = a.hi(i);
    j = b.seek(lo, j);
    for (let k = j; k < b.count && b.lo(k) <= hi && lo <= hi; k++) {
      if (b.lo(k) > lo) out.push(lo, b.lo(k) - 1);
      lo = b.hi(k) + 1;
    }
    if (lo <= hi) out.push(lo, hi);
  }
  return out;
}
