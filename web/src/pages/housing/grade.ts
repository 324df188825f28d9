import type { Schemas } from '@/api/client'
import { hundredths } from '@/lib/area'

export type Grade = Schemas['Grade']
type Item = Schemas['ProjectView']['checklist'][number]
type Answered = { code?: string; met?: boolean }

const worse: Grade[] = ['pass', 'minor', 'fail']

/** worst is the worst of several grades; of none it is a pass. */
export function worst(grades: Grade[]): Grade {
  return worse[Math.max(0, ...grades.map((g) => worse.indexOf(g)))]!
}

/** seen is what the survey answers by itself: above ground, not too high, enough on the ground floor. */
export function seen(p: Schemas['HousingProject']): Record<string, boolean> {
  const excluded = p.standard?.excluded ?? []
  const counted = (p.measured ?? []).filter((r) => !excluded.includes(r.use))
  const sum = (rooms: typeof counted) => rooms.reduce((n, r) => n + hundredths(r.area), 0)
  const some = counted.length > 0
  const ratio = Math.round(Number(p.standard?.ground_ratio ?? 0) * 10_000) // at most four places
  return {
    above_ground: some && counted.every((r) => r.storey > 0),
    low_storey: some && counted.every((r) => r.storey <= (p.conditions?.highest_storey ?? 99)),
    ground_share: some && sum(counted.filter((r) => r.storey === 1)) * 10_000 >= sum(counted) * ratio,
  }
}

/** graded is what the checklist and the areas come to, as the record will compute it; open items are counted. */
export function graded(items: Item[], answers: Answered[], survey: Record<string, boolean>, areas: Grade[]): { grade: Grade; open: number } {
  const grades: Grade[] = [...areas]
  let open = 0
  for (const i of items) {
    const given = answers.find((a) => a.code === i.code)?.met
    const met = i.measured ? survey[i.code] && given !== false : given
    if (met === undefined) open++
    else if (!met) grades.push(i.essential ? 'fail' : 'minor')
  }
  return { grade: worst(grades), open }
}
