import type { Schemas } from '@/api/client'

type Indicator = Schemas['IndicatorLine']
type Dimensions = Schemas['DimensionLines'][]
/** What an assessor says about one indicator; without a score and not set aside it is still open. */
export interface Marked { score?: number; na: boolean; evidence: string; note: string }
export type Marks = Record<string, Marked>

export const indicatorsOf = (dimensions: Dimensions): Indicator[] => dimensions.flatMap((d) => d.indicators ?? [])
export const open = (m: Marked | undefined) => !m || (!m.na && m.score === undefined)

/** marksOf gives every indicator of the standard its place; a mark without a figure is a zero that was given. */
export function marksOf(dimensions: Dimensions, marks: Schemas['SheetMark'][] | null | undefined): Marks {
  const given = new Map((marks ?? []).map((m) => [m.indicator, m]))
  return Object.fromEntries(indicatorsOf(dimensions).map((i) => {
    const m = given.get(i.key)
    const score = m && !m.not_applicable ? (m.score ?? 0) : undefined
    return [i.key, { ...(score === undefined ? {} : { score }), na: m?.not_applicable ?? false, evidence: m?.evidence ?? '', note: m?.note ?? '' }]
  }))
}

/** bodyOf is what is saved: what is still open is not sent, for it is no zero. */
export function bodyOf(marks: Marks): { marks: Schemas['SheetMark'][] } {
  return { marks: Object.entries(marks).filter(([, m]) => !open(m)).map(([indicator, m]) => ({ indicator, ...(m.na ? { not_applicable: true } : { score: m.score ?? 0 }),
    ...(m.evidence.trim() ? { evidence: m.evidence.trim() } : {}), ...(m.note.trim() ? { note: m.note.trim() } : {}) })) }
}

export interface Running { sum: number; of: number; hundred?: number; marked: number; missing: Indicator[]; unproven: Indicator[] }

/**
 * running is how a sheet stands: what was given, of the points of what is marked and applicable, and the same of a hundred.
 * What does not apply is in neither of them. `proof` asks for evidence where the standard does.
 */
export function running(dimensions: Dimensions, marks: Marks, proof = false): Running {
  const out: Running = { sum: 0, of: 0, marked: 0, missing: [], unproven: [] }
  for (const i of indicatorsOf(dimensions)) {
    const m = marks[i.key]
    if (!m || open(m)) {
      out.missing.push(i)
      continue
    }
    out.marked++
    if (m.na) continue
    out.sum += m.score ?? 0
    out.of += i.most
    if (proof && i.evidence && m.score && !m.evidence.trim()) out.unproven.push(i)
  }
  if (out.of > 0) out.hundred = Math.floor((out.sum * 10_000 * 2 + out.of) / (out.of * 2)) // half up
  return out
}

/** tierPoints is what a tier is worth of an indicator, rounded half up. */
export const tierPoints = (most: number, percent: number): number => Math.floor((most * percent + 50) / 100)

/** sumOf is what a standard's indicators add up to; it must be a hundred points. */
export const sumOf = (dimensions: Dimensions): number => indicatorsOf(dimensions).reduce((n, i) => n + i.most, 0)
