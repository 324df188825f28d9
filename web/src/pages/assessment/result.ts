import type { Schemas } from '@/api/client'

export interface Score { key: string; rows: number; base: number; bonus: number; penalty: number; total: number }
export interface Place { key: string; rank: number; total: number; outcome: string; score?: Score }

/** placesOf are the districts of a sheet in their places, each with the sum that it is made of. */
export function placesOf(sheet: Schemas['AssessmentSheet']): Place[] {
  const scores = new Map((sheet.scores as unknown as Score[]).map((s) => [s.key, s]))
  return (sheet.places as unknown as Place[]).map((p) => ({ key: p.key, rank: p.rank, total: p.total, outcome: p.outcome, ...(scores.has(p.key) ? { score: scores.get(p.key)! } : {}) }))
}
