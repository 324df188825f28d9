import type { Schemas } from '@/api/client'

export type Line = Required<Omit<Schemas['IndicatorLine'], 'ways'>> & { ways: string[] }
export type Dimension = { key: string; zh: string; en: string; indicators: Line[] }
export type Rule = Required<Schemas['EligibleRule']>
export interface Body { title: string; proposed: boolean; source: string; dimensions: Dimension[]; eligibility: Rule[] }

/** fill gives every field a value, so that inputs can be bound to it. */
export function fill(s: Schemas['StandardBodyShown']): Body {
  return { title: s.title, proposed: s.proposed ?? false, source: s.source ?? '', eligibility: (s.eligibility ?? []).map((r) => ({ key: r.key, zh: r.zh, en: r.en ?? '', source: r.source ?? '', years: r.years ?? 0 })),
    dimensions: s.dimensions.map((d) => ({ key: d.key, zh: d.zh, en: d.en ?? '', indicators: (d.indicators ?? []).map(lineOf) })) }
}

export function lineOf(i: Schemas['IndicatorLine']): Line {
  return { key: i.key, zh: i.zh, en: i.en ?? '', most: i.most, method: { ...i.method }, ways: i.ways ?? [], evidence: i.evidence ?? false, source: i.source ?? '', city: i.city ?? '' }
}

/** sendable leaves out what a method does not use and what is empty. */
export function sendable(b: Body): Schemas['StandardBody'] {
  return { title: b.title, ...(b.proposed ? { proposed: true } : {}), ...(b.source ? { source: b.source } : {}), ...(b.eligibility.length ? { eligibility: b.eligibility.map(full) } : {}),
    dimensions: b.dimensions.map((d) => ({ ...full({ key: d.key, zh: d.zh, en: d.en }), indicators: d.indicators.map((i) => full({ ...i, method: methodOf(i.method) })) })) }
}

function methodOf(m: Schemas['ScoringMethod']): Schemas['ScoringMethod'] {
  if (m.kind === 'tier' || m.kind === 'survey') return { kind: m.kind, tiers: m.tiers ?? [], ...(m.kind === 'survey' && m.least ? { least: m.least } : {}) }
  if (m.kind === 'ratio') return { kind: m.kind, ...(m.target ? { target: m.target } : {}) }
  return { kind: m.kind, ...(m.each ? { each: m.each } : {}) }
}

/** full leaves out what says nothing; a name and a figure always stay. */
function full<T extends { key: string; zh: string }>(x: T): T {
  const empty = (k: string, v: unknown) => !['key', 'zh', 'most'].includes(k) && (v === '' || v === false || v === 0 || (Array.isArray(v) && !v.length))
  return Object.fromEntries(Object.entries(x).filter(([k, v]) => !empty(k, v))) as T
}

/** The grades of a new indicator that is judged by its state. */
export const usualTiers = () => [{ name: 'A', percent: 100 }, { name: 'B', percent: 66 }, { name: 'C', percent: 33 }, { name: 'D', percent: 0 }]

/** freshKey is the next key with this beginning that is not taken. */
export function freshKey(prefix: string, taken: string[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`${prefix}${n}`)) return `${prefix}${n}`
}
