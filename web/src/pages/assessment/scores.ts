import type { Schemas } from '@/api/client'

export interface Line { points?: number; none: boolean; reason: string }
/** By row and unit. */
export type Lines = Record<string, Line>

export const keyOf = (row: string, unit: string) => `${row}|${unit}`

/** linesOf gives every row and unit its line; no score is no zero. */
export function linesOf(rows: string[], units: string[], given: Schemas['RowScore'][] | null | undefined): Lines {
  const at = new Map((given ?? []).map((s) => [keyOf(s.row, s.unit), s]))
  return Object.fromEntries(rows.flatMap((row) => units.map((unit) => {
    const s = at.get(keyOf(row, unit))
    return [keyOf(row, unit), { ...(s && !s.no_data ? { points: s.points } : {}), none: s?.no_data ?? false, reason: s?.reason ?? '' }]
  })))
}

/** reasonLacks tells that a line says less than all points, or nothing, without saying why. */
export const reasonLacks = (l: Line, most: number) => !l.reason.trim() && (l.none || (l.points !== undefined && l.points < most))

const whole = (l: Line, most: number) => (l.none || l.points !== undefined) && !reasonLacks(l, most)

/** bodyOf are the lines that can be sent: with a score, or without data, and with the reason that they need. */
export function bodyOf(lines: Lines, most: Map<string, number>): Schemas['ScoreLine'][] {
  return Object.entries(lines).flatMap(([key, l]) => {
    const [row, unit] = key.split('|') as [string, string]
    if (!whole(l, most.get(row) ?? 0)) return []
    return [{ row, unit, ...(l.none ? { no_data: true } : { points: l.points ?? 0 }), ...(l.reason.trim() ? { reason: l.reason.trim() } : {}) }]
  })
}

/** unfinished tells that something was begun which cannot be sent yet. */
export function unfinished(lines: Lines, most: Map<string, number>): boolean {
  return Object.entries(lines).some(([key, l]) => (l.none || l.points !== undefined || l.reason !== '') && !whole(l, most.get(key.split('|')[0]!) ?? 0))
}
